"""What the chains are made of: a constant number of questions, each for what the reader may see."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from ..access import acting, visible_to
from ..commitments.models import Commitment, CommitmentLink, Discharge
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..errors import NotFound
from ..indicators.schemas import INDICATOR
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..listing import filters
from ..plan.schemas import MILESTONE
from ..projection import project
from ..record import Record, State
from ..sources.models import Citation, Document
from ..sources.schemas import DOCUMENT, EVENT

Item = dict[str, Any]
OF_COMMITMENT = (
    "reference", "text", "text_en", "strength", "made_at", "due", "moves", "initiative",
    "discharges", "links", "sources",
)  # fmt: skip
BRIEFLY = ("reference", "text", "text_en", "strength", "made_at", "links", "discharges", "sources")
OF_OPEN = ("reference", "text", "text_en", "strength", "due", "expected_in")
OPEN = ("open", "running", "partly_met")
"""The statuses of what may still be settled."""
OF_DOCUMENT = ("reference", "title", "identification", "official_date", "url")
OF_INITIATIVE = ("reference", "title", "title_en", "results", "sources")
REPORTED = (INITIATIVE, MILESTONE, INDICATOR)
"""The kinds of which a letter says how they stand."""


def one(kind: Kind, names: Sequence[str], reference: str) -> Item:
    """The record with this reference. Raises NotFound."""
    found = _found(kind, names, Record.reference == reference)
    if not found:
        raise NotFound
    return found[0]


def commitment(reference: str) -> Item:
    """One commitment with all that its chain tells. Raises NotFound."""
    return one(COMMITMENT, OF_COMMITMENT, reference)


def document(reference: str) -> Item:
    """One document. Raises NotFound."""
    return one(DOCUMENT, OF_DOCUMENT, reference)


def named(kind: Kind, names: Sequence[str], references: Iterable[str]) -> dict[str, Item]:
    """The records with these references, as far as they may be seen."""
    wanted = sorted(set(references))
    if not wanted:
        return {}
    found = _found(kind, names, Record.reference.in_(wanted))
    return {item["reference"]: item for item in found}


def documents(references: Iterable[str]) -> dict[str, Item]:
    """Documents by their reference."""
    return named(DOCUMENT, OF_DOCUMENT, references)


def events(references: Iterable[str]) -> dict[str, Item]:
    """Events by their reference."""
    return named(EVENT, ("reference", "name", "name_en", "when"), references)


def linked(item: Item) -> list[Item]:
    """The commitments that this one names, and those that name it."""
    own = Record.reference.in_([row["commitment"]["reference"] for row in item["links"]])
    target = select(Record.id).where(Record.reference == item["reference"]).scalar_subquery()
    naming = select(CommitmentLink.parent_id).where(CommitmentLink.commitment_id == target)
    return _found(COMMITMENT, BRIEFLY, own | Commitment.id.in_(naming))


def settled_by(reference: str) -> list[Item]:
    """The commitments that a document settles, in full or in part."""
    rows = select(Discharge.parent_id).where(Discharge.document_id == _id(reference))
    return _found(COMMITMENT, BRIEFLY, Commitment.id.in_(rows))


def made_in(reference: str) -> list[Item]:
    """The commitments made in a document."""
    return _found(COMMITMENT, BRIEFLY, Commitment.made_at_document_id == _id(reference))


def reported_in(reference: str) -> dict[Kind, list[Item]]:
    """The records of which a document says how they stand, with their sources."""
    cited = select(Citation.parent_id).where(Citation.document_id == _id(reference))
    found: dict[Kind, list[Item]] = {}
    for kind in REPORTED:
        names = ("reference", kind.title_field, f"{kind.title_field}_en", "sources")
        found[kind] = _found(kind, names, kind.model.id.in_(cited))
    return found


def any_of(record_id: int) -> bool:
    """Whether a document is part of any chain that the reader may see."""
    rows = select(Discharge.parent_id).where(Discharge.document_id == record_id)
    made = Commitment.made_at_document_id == record_id
    query = select(Record.id).join(Commitment, Commitment.id == Record.id)
    query = query.where(visible_to(acting()), made | Commitment.id.in_(rows)).limit(1)
    return session().scalar(query) is not None


def _id(reference: str) -> Any:
    query = select(Document.id).join(Record, Record.id == Document.id)
    return query.where(Record.reference == reference).scalar_subquery()


def _found(kind: Kind, names: Sequence[str], where: ColumnElement[bool]) -> list[Item]:
    known = kind.dictionary.fields
    schema = kind.schema(only=tuple(name for name in names if name in known))
    query = project(schema, acting(), session().get_bind().dialect.name)
    rows = session().scalars(query.where(where).order_by(Record.reference)).all()
    return [json.loads(row) if isinstance(row, str) else row for row in rows]


def still_open(page: int, per_page: int) -> tuple[list[Item], int]:
    """The commitments that are open on the reference date, the first term first: some of them, and
    how many there are."""
    status = filters(COMMITMENT)["status"].pairs(Commitment).subquery()
    within = select(status.c[0]).where(status.c[1].in_(OPEN))
    schema = COMMITMENT.schema(only=OF_OPEN)
    query = project(schema, acting(), session().get_bind().dialect.name)
    query = query.where(Commitment.id.in_(within), Record.state == State.PUBLISHED)
    total = session().scalar(select(func.count()).select_from(query.subquery())) or 0
    columns: Any = Commitment  # the columns of a policy date are those of its composite
    latest = columns.due_latest
    query = query.order_by(latest.is_(None), latest, Record.id)
    rows = session().scalars(query.limit(per_page).offset((page - 1) * per_page))
    return [json.loads(row) if isinstance(row, str) else row for row in rows], total
