"""Merging: one record stays, the other leads to it, and what pointed at it points at the one."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from .. import clock, editing, ledger, pointing, schema, search
from ..access import ANYBODY, LEVEL, Actor, Permission, could_see, require
from ..command import command
from ..db import session
from ..errors import Invalid, Message
from ..kind import Kind, kind_named
from ..record import ALSO, ExternalKey, Nested, Record
from ..sources.models import Citation, Document, Passage
from ..sources.passages import passage_of
from ..updates.models import Evidence
from . import rights
from .pointers import Pointer, identity, owner_of, pointers

ITSELF = Message("Choose another record.", "Kies een ander gegeven.", "itself")
FEWER = Message(
    "Fewer readers see this record than the one that goes. Publish it for the same ones first.",
    "Minder lezers zien dit gegeven dan het gegeven dat verdwijnt. Publiceer het eerst voor "
    "dezelfde lezers.",
    "hidden",
)
WHY = Message("Say why these are the same.", "Zeg waarom dit hetzelfde is.", "required")


@dataclass
class Merger:
    """One merging under way."""

    kind: Kind
    gone: Any
    into: Any
    reason: str
    touched: set[int] = field(default_factory=set)


@command
def merge(
    actor: Actor, kind: Kind, entity: Any, into: Any, reason: str, *, version: int | None = None
) -> Any:
    """Merge `entity` into another record of its kind. It cannot be undone.

    Raises Invalid where they are one, where fewer readers see the one that stays, without a
    reason, or where pointers would make a circle.
    """
    for record in (entity.record, into.record):
        require(actor, Permission.RECORD_MERGE, record)
    editing.expect(entity, version)
    if entity is into or entity.record.kind != into.record.kind:
        raise Invalid({"into": [ITSELF]})
    if _hides(into.record, entity.record):
        raise Invalid({"into": [FEWER]})
    if not reason.strip():
        raise Invalid({"reason": [WHY]})
    work = Merger(kind, entity, into, reason.strip())
    for pointer in pointers(kind):
        for row in pointer.rows(entity.id):
            if owner_of(row) != entity.id:
                _repoint(work, pointer, row)
    _passages(work)
    _kept(work)
    _external(work)
    _moved(actor, entity.record, into.record)
    _told(work)
    return into


def _moved(actor: Actor, gone: Record, into: Record) -> None:
    gone.merged_into_id = into.id
    session().flush()  # from now on the database lets its reports move
    rights.move(actor, gone, into)
    gone.deleted_at = clock.now()


def _hides(into: Record, gone: Record) -> bool:
    """Whether readers of what goes may not see what stays: histories would tell them of it, and
    rows that point at it would be gone for them."""
    if gone.state not in editing.SHOWN:
        return False
    from_ = max(clock.now(), gone.embargo_until or clock.now())
    waits = into.embargo_until is not None and into.embargo_until > from_
    return into.state not in editing.SHOWN or waits or LEVEL[into.audience] > LEVEL[gone.audience]


def _repoint(work: Merger, pointer: Pointer, row: Any) -> None:
    work.touched.add(owner_of(row))
    if owner_of(row) == work.into.id and not pointer.itself:
        _let_go(pointer, row)
        return
    setattr(row, pointer.attribute, work.into.id)
    session().flush()
    if pointer.schema is not None and (twin := _twin(pointer, row)) is not None:
        _drop(row, twin)


def _let_go(pointer: Pointer, row: Any) -> None:
    """What would point at itself: a row goes, a field becomes empty."""
    if isinstance(row, Nested):
        _drop(row, None)
    else:
        setattr(row, pointer.attribute, None)
        session().flush()


def _twin(pointer: Pointer, row: Any) -> Any:
    """Another row of the same list that says the same by its dictionary."""
    assert pointer.schema is not None
    own = identity(pointer.schema, row)
    if own is None:
        return None
    query = select(pointer.model).where(pointer.model.parent_id == row.parent_id)
    others = session().scalars(query.where(pointer.model.id != row.id).order_by(pointer.model.id))
    return next((other for other in others if identity(pointer.schema, other) == own), None)


def _drop(row: Any, twin: Any) -> None:
    """Take a row out of its list; the sources of what it says go to its twin."""
    place = f"{row.__list__}[{row.key}]"
    cited = select(Citation).where(Citation.parent_id == row.parent_id)
    for citation in session().scalars(
        cited.where(Citation.field.startswith(place, autoescape=True))
    ):
        if twin is None:
            session().delete(citation)
        else:
            _cites(citation, f"{row.__list__}[{twin.key}]{citation.field.removeprefix(place)}")
    session().delete(row)
    session().flush()


def _cites(citation: Citation, path: str) -> None:
    """A source of another field; it goes where that field has the same one already."""
    citation.field = path
    same = select(Citation).where(
        Citation.parent_id == citation.parent_id,
        Citation.id != citation.id,
        Citation.field == path,
        Citation.basis == citation.basis,
        Citation.document_id.is_not_distinct_from(citation.document_id),
        Citation.passage_id.is_not_distinct_from(citation.passage_id),
    )
    with session().no_autoflush:
        if session().scalars(same).first() is not None:
            session().delete(citation)


def _passages(work: Merger) -> None:
    """Words of a merged document are cited as words of the other, in reports too."""
    if not isinstance(work.gone, Document):
        return
    models: tuple[Any, ...] = (Citation, Evidence)
    for model in models:
        query = select(model).join(Passage, Passage.id == model.passage_id)
        for row in session().scalars(query.where(Passage.parent_id == work.gone.id)).all():
            old = session().get_one(Passage, row.passage_id)
            if isinstance(row, Citation):
                if row.parent_id == work.gone.id:
                    continue
                work.touched.add(row.parent_id)
            row.passage = _same_words(work, old)
            session().flush()


def _same_words(work: Merger, old: Passage) -> Passage:
    words = passage_of(work.into, old.quote)
    if words.id is None:
        words.section, words.lines = old.section, old.lines
        session().add(words)
    work.touched.add(work.into.id)
    return words


def _kept(work: Merger) -> None:
    """The records that a merged organisation kept."""
    for record in session().scalars(select(Record).where(Record.keeper_id == work.gone.id)):
        record.keeper_id = work.into.id
        work.touched.add(record.id)


def _external(work: Merger) -> None:
    """Whoever asks for it by its name elsewhere finds what stayed."""
    theirs = select(ExternalKey).where(ExternalKey.record_id == work.gone.id)
    taken = select(ExternalKey.system).where(ExternalKey.record_id == work.into.id)
    systems = set(session().scalars(taken))
    names = [(key.system, key.key) for key in session().scalars(theirs).all()]
    for key in session().scalars(theirs).all():
        session().delete(key)
    session().flush()  # a name is of one record at a time
    for system, name in names:
        free = _free(system, systems)
        systems.add(free)
        session().add(ExternalKey(record_id=work.into.id, system=free, key=name))


def _free(system: str, taken: set[str]) -> str:
    """A record has one name per system: its second one stands beside it."""
    beside = [system, ALSO if ALSO.startswith(system) else f"{system}-also"]
    beside += [f"{beside[1]}-{number}" for number in range(2, len(taken) + 3)]
    return next(name for name in beside if name not in taken)


def _told(work: Merger) -> None:
    """Write down what was done to each record, and index it anew."""
    pair = None
    if could_see(ANYBODY, work.gone.record):  # others' histories do not tell of what was hidden
        pair = f"{work.gone.reference} → {work.into.reference}: {work.reason}"
    editing.noted(work.gone, "merge", work.reason)
    session().flush()
    session().expire_all()
    editing.noted(work.into, "absorb", pair)
    for number in sorted(work.touched - {work.gone.id, work.into.id}):
        record = session().get_one(Record, number)
        entry = ledger.entry(session(), record)
        entry.action, entry.reason = "repoint", pair
    for number in sorted(work.touched | {work.into.id}):
        _indexed(kind_named(session().get_one(Record, number).kind), number)


def _indexed(kind: Kind, number: int) -> None:
    query = select(kind.model).where(kind.model.id == number)
    query = query.options(*schema.loading(kind.schema(), kind.model))
    found = session().scalars(query).one()
    pointing.refuse_cycles(kind, found)
    search.index(session(), kind.schema(), found)
