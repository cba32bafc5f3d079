"""Which reports somebody may see: one clause, for every page, answer and count."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from .. import ledger
from ..access import Actor, Permission, View, acting_as, can, can_see, may_propose, visible_to
from ..db import connection, dialect, session
from ..errors import NotFound
from ..kind import Kind
from ..prepared import Prepared
from ..record import Record, State
from ..schema import only_seen
from ..workflow.queries import near
from .models import Evidence, Update
from .schemas import UpdateSchema

resting: list[Callable[[Sequence[int]], dict[int, list[dict[str, Any]]]]] = []
"""What else reports rest on, kept by higher rooms: by the ids of reports, as JSON."""

REPORT = "report"
"""What the book calls a report, where one is its subject."""
SPOKEN = {
    **{name: name for name in ("day", "state", "text", "reason")},
    "reason_words": "reasonWords",
    "organisation_id": "organisation",
    "replaces_id": "replaces",
    "reported_at": "reportedAt",
    "released_at": "releasedAt",
}
RESTS = {
    **{name: name for name in ("position", "why")},
    "address": "link",
    "document_id": "document",
    "passage_id": "passage",
}


def visible(actor: Actor) -> ColumnElement[bool]:
    """The clause on `Update`, joined with the record that it is of: the core group sees all, others
    what was released, and what their own organisations reported."""
    return and_(visible_to(actor), _told_to(actor, Update))


def _told_to(actor: Actor, update: type[Update]) -> ColumnElement[bool]:
    """The same on reports of a record that `actor` sees."""
    if actor.view >= View.CORE_GROUP:
        return true()
    own = update.organisation_id.in_(sorted(actor.organisations))
    return or_(update.released_at.is_not(None), own)


def unreleased(actor: Actor) -> Select[Update]:
    """The reports that only the core group reads so far, the longest waiting first; one that was
    corrected no longer waits."""
    later = aliased(Update)
    corrected = exists().where(later.replaces_id == Update.id)
    waiting = (Update.released_at.is_(None), ~corrected, Record.state == State.PUBLISHED)
    return seen(actor).where(*waiting).order_by(None).order_by(Update.reported_at, Update.id)


def seen(actor: Actor) -> Select[Update]:
    """The reports that `actor` may see, the last one first."""
    words = selectinload(Update.evidence)
    query = select(Update).join(Update.record).where(visible(actor))
    query = query.options(
        contains_eager(Update.record),
        joinedload(Update.organisation),
        joinedload(Update.replaces),
        words.joinedload(Evidence.document),
        words.joinedload(Evidence.passage),
    )
    return query.order_by(Update.day.desc(), Update.id.desc())


def series(actor: Actor, record_id: int) -> Sequence[Update]:
    """What was reported of one record."""
    return session().scalars(seen(actor).where(Update.record_id == record_id)).all()


def part(actor: Actor, record_id: int, page: int, per_page: int) -> Sequence[Update]:
    """One page of it."""
    query = seen(actor).where(Update.record_id == record_id)
    return session().scalars(query.limit(per_page).offset((page - 1) * per_page)).all()


def counted(actor: Actor, record_id: int) -> int:
    """How many there are in it."""
    query = select(func.count()).select_from(Update).join(Update.record)
    return session().scalar(query.where(visible(actor), Update.record_id == record_id)) or 0


def around(actor: Actor, updates: Sequence[Update]) -> Sequence[Update]:
    """These reports with those that they correct, and those that correct them."""
    ids = [update.id for update in updates]
    corrected = [update.replaces_id for update in updates if update.replaces_id is not None]
    query = select(Update).join(Update.record).where(visible(actor), Update.id.not_in(ids))
    query = query.where(or_(Update.id.in_(corrected), Update.replaces_id.in_(ids)))
    others = session().scalars(query.options(joinedload(Update.replaces)))
    return [*updates, *others] if updates else []


def standing(actor: Actor, record_id: int, most: int) -> tuple[Sequence[Update], int]:
    """The last reports of a record that were not corrected, and how many of those there are."""
    if not _reported(dialect()).rows(connection(), {"of": record_id}):
        return [], 0
    later = aliased(Update)
    corrections = select(later.id).where(later.replaces_id == Update.id, _told_to(actor, later))
    query = seen(actor).where(Update.record_id == record_id, ~corrections.exists())
    rows = session().execute(query.add_columns(func.count().over()).limit(most)).all()
    return [row[0] for row in rows], rows[0][1] if rows else 0


@lru_cache(maxsize=8)
def _reported(dialect: Dialect) -> Prepared:
    """Whether anything was: of most records nothing is, and their pages need not ask what."""
    own = Update.record_id == bindparam("of", type_=Integer, required=True)
    query: Any = select(Update.id).where(own).limit(1)
    return Prepared(query, dialect)


def one(actor: Actor, record_id: int, key: str) -> Update:
    """The report with this key. Raises NotFound."""
    query = seen(actor).where(Update.record_id == record_id, Update.key == key)
    found = None if "\0" in key else session().scalar(query)
    if found is None:
        raise NotFound
    return found


def may_report(actor: Actor, kind: Kind, record: Record) -> bool:
    """Whether `actor` may say how things stand: the secretariat, who keeps the record, and the
    members of the organisations that are involved."""
    if not kind.contributed or record.state != State.PUBLISHED:
        return False
    if actor.editorial:
        return can(actor, Permission.RECORD_PUBLISH)
    return may_propose(actor, record, near(actor, kind, record))


def reported_for(actor: Actor, kind: Kind, record: Record) -> int | None:
    """On behalf of which of their organisations somebody reports; None: the secretariat."""
    own = reporters(actor, kind, record)
    return actor.home_id if actor.home_id in own else next(iter(own), None)


def reporters(actor: Actor, kind: Kind, record: Record) -> list[int]:
    """The organisations of `actor` of which they can report; none for the secretariat."""
    if actor.editorial:
        return []
    kept = actor.organisations & {record.keeper_id}
    return sorted(near(actor, kind, record) | kept) or sorted(actor.organisations)


def named(actor: Actor, organisations: Sequence[int]) -> dict[str, str]:
    """Reference → name of these organisations, as far as `actor` sees them."""
    query = select(Record.reference, Record.title).where(Record.id.in_(organisations))
    query = query.where(visible_to(actor)).order_by(Record.sort_title)
    return dict(session().execute(query).all())


def told(actor: Actor, update: Update, among: Sequence[Update]) -> dict[str, Any]:
    """A report as `actor` sees it, as JSON; it names others only as far as they are `among`."""
    corrects = update.replaces.key if update.replaces else None
    schema = UpdateSchema(only=only_seen(UpdateSchema(), actor.view))
    with acting_as(actor):
        found: dict[str, Any] = schema.dump(update)
    known = update.organisation is None or can_see(actor, update.organisation)
    return {
        **found,
        "replaces": corrects if corrects in {other.key for other in among} else None,
        "replaced": update.key in corrected(among),
        "organisation": _pointer(actor, update.organisation),
        **({"by": update.actor_name} if actor.signed_in and known else {}),
    }


def files(updates: Sequence[Update]) -> dict[int, list[dict[str, Any]]]:
    """What higher rooms keep with these reports, by the id of each."""
    ids = [update.id for update in updates]
    found: dict[int, list[dict[str, Any]]] = {number: [] for number in ids}
    for tell in resting:
        for number, rows in tell(ids).items():
            found[number] += rows
    return found


def facts(update: Update) -> dict[str, Any]:
    """What the book tells of a report, by path."""
    found = dict(ledger.spoken(update, SPOKEN))
    for row in update.evidence:
        found |= ledger.spoken(row, RESTS, f"evidence[{row.key}].")
    return found


def corrected(updates: Sequence[Update]) -> set[str]:
    """The keys of the reports that another of these replaces."""
    return {update.replaces.key for update in updates if update.replaces is not None}


def _pointer(actor: Actor, organisation: Record | None) -> dict[str, Any] | None:
    """The organisation that reported, to who may know of it."""
    if organisation is None or not can_see(actor, organisation):
        return None
    return {"reference": organisation.reference, "name": organisation.title}
