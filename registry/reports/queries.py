"""Annexes, what was said of their lines, and who owns those."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, false, select, union_all
from sqlalchemy.orm import joinedload

from .. import editing
from ..access import Actor, Permission, View, can, visible_to
from ..commitments.models import CommitmentBy
from ..db import session
from ..errors import Conflict, Forbidden, NotFound, NotSignedIn
from ..initiatives.models import Participation
from ..kind import kind_named
from ..ledger import Change
from ..record import Record, State
from ..words import Words
from .models import Annex, AnnexFreeze, AnnexLine
from .schemas import ANNEX
from .scope import LINED, of

LINE, FREEZE = "annex_line", "frozen"
"""What the book calls a line of an annex, and an annex that was frozen."""
OWNING = ("lead", "coordinator", "initiator", "executor")
"""The roles in an initiative of who owns its line, where no organisation keeps it."""
FROZEN = Words(
    "Deze bijlage is vastgesteld en blijft zoals zij is. Maak er een nieuwe van om verder te gaan.",
    "This annex was frozen and stays as it is. Make a new one of it to go on.",
)


def require_core(actor: Actor) -> None:
    """What is said of lines is for the core group. Raises for others."""
    if actor.view < View.CORE_GROUP:
        raise Forbidden if actor.signed_in else NotSignedIn


def annex(actor: Actor, reference: str) -> Annex:
    """The annex with all its lists. Raises NotFound."""
    found: Annex = editing.one(ANNEX, actor, reference)
    return found


def freeze(annex_id: int) -> AnnexFreeze | None:
    """The annex as it was frozen, if it was."""
    return session().scalar(select(AnnexFreeze).where(AnnexFreeze.annex_id == annex_id))


def require_unfrozen(annex: Annex) -> None:
    """Raise Conflict for an annex that was frozen."""
    if session().scalar(select(AnnexFreeze.id).where(AnnexFreeze.annex_id == annex.id)) is not None:
        raise Conflict(FROZEN)


# --- lines --------------------------------------------------------------------------------


def said(annex_id: int) -> dict[int, AnnexLine]:
    """What was said of the lines of an annex, by record; by one query."""
    query = select(AnnexLine).where(AnnexLine.annex_id == annex_id)
    query = query.options(joinedload(AnnexLine.organisation))
    return {line.record_id: line for line in session().scalars(query)}


def said_of(annex: Annex, record: Record) -> AnnexLine | None:
    """What was said of one line."""
    query = select(AnnexLine).where(AnnexLine.annex_id == annex.id)
    query = query.options(joinedload(AnnexLine.organisation))
    return session().scalar(query.where(AnnexLine.record_id == record.id))


def records(actor: Actor, annex: Annex) -> Sequence[Record]:
    """The records that the annex has a line for, as far as `actor` sees them."""
    limits = of(annex)
    found: list[Record] = []
    for kind in LINED:
        query = select(Record).join(kind.model, kind.model.id == Record.id)
        query = query.where(visible_to(actor), *limits.of(kind)).order_by(Record.id)
        found += session().scalars(query)
    return found


def line(actor: Actor, annex: Annex, reference: str) -> Record:
    """The record with this reference, if the annex has a line for it. Raises NotFound."""
    if "\0" in reference:  # PostgreSQL cannot even look for it
        raise NotFound
    query = select(Record).where(Record.reference == reference, visible_to(actor))
    record = session().scalar(query)
    kind = next((k for k in LINED if record is not None and k.name == record.kind), None)
    if record is None or kind is None:
        raise NotFound
    there = select(kind.model.id).join(Record, Record.id == kind.model.id)
    if session().scalar(there.where(Record.id == record.id, *of(annex).of(kind))) is None:
        raise NotFound
    return record


def owners(records: Collection[Record]) -> Mapping[int, frozenset[int]]:
    """By record, the organisations that own its line: who keeps it, or else who made the
    commitment or carries the initiative. By one query."""
    found: dict[int, set[int]] = {record.id: set() for record in records}
    loose = {record.id for record in records if record.keeper_id is None}
    for number, organisation in session().execute(_carrying()) if loose else ():
        if number in loose:
            found[number].add(organisation)
    kept = {record.id: {record.keeper_id} for record in records if record.keeper_id is not None}
    return {number: frozenset(own) for number, own in {**found, **kept}.items()}


def _carrying() -> Select[Any]:
    made = select(CommitmentBy.parent_id, CommitmentBy.partner_id)
    made = made.where(CommitmentBy.partner_id.is_not(None))
    carried = select(Participation.parent_id, Participation.partner_id)
    both = union_all(made, carried.where(Participation.role.in_(OWNING))).subquery()
    return select(both)


def may_answer(actor: Actor, annex: Annex, record: Record) -> bool:
    """Whether `actor` may agree to the line of a record: members of who owns it, of an annex that
    the core group sees. The secretariat notes what it was told."""
    if actor.editorial:
        return can(actor, Permission.RECORD_PUBLISH, record)
    if actor.view < View.CORE_GROUP or annex.record.state != State.PUBLISHED:
        return False
    return bool(actor.organisations & owners([record])[record.id])


def answered_for(actor: Actor, record: Record) -> int | None:
    """On behalf of which of their organisations somebody answers; None: the secretariat."""
    own = sorted(actor.organisations & owners([record])[record.id])
    if actor.editorial or not own:
        return None
    return actor.home_id if actor.home_id in own else own[0]


# --- the book -----------------------------------------------------------------------------


def told_of_lines(actor: Actor) -> ColumnElement[bool]:
    """Which statements about lines somebody reads: the core group, of what it sees of both."""
    if actor.view < View.CORE_GROUP:
        return false()
    seen = select(Record.reference).where(visible_to(actor)).correlate(None)
    return told_of_freezes(actor) & Change.subject_key.in_(seen)


def told_of_freezes(actor: Actor) -> ColumnElement[bool]:
    """Which statements about frozen annexes somebody reads: who sees the annex."""
    return Change.record_id.in_(select(Record.id).where(visible_to(actor)).correlate(None))


def title_of(record: Record, lang: str) -> str:
    """How a line is called."""
    english = record.title_en if lang == "en" else None
    return f"{kind_named(record.kind).words.in_(lang)}: {english or record.title}"
