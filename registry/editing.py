"""The verbs that every kind of record shares: create, revise, publish, archive, remove, restore."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from . import clock, ledger, nesting, schema, search
from .access import LEVEL, Actor, Permission, can, require, visible_to
from .command import command
from .db import session
from .errors import Conflict, Invalid, Message, NotFound, Stale
from .fields import Ref, Rows
from .kind import Kind
from .reasons import require_reason
from .record import Audience, ExternalKey, Record, ReferenceCounter, State
from .words import Words

SHOWN = (State.PUBLISHED, State.ARCHIVED)
MOVES = {State.ARCHIVED: "archive", State.DRAFT: "withdraw"}
completing: list[Callable[[Actor, Kind, Any], None]] = []
"""What rooms add to a changed entity before it is stored; each may refuse by raising Invalid."""


def one(kind: Kind, actor: Actor, reference: str) -> Any:
    """The entity with all its lists, if `actor` may see it. Raises NotFound."""
    if "\0" in reference:  # PostgreSQL cannot even look for it
        raise NotFound
    query = select(kind.model).join(Record, Record.id == kind.model.id)
    query = query.where(Record.reference == reference, visible_to(actor))
    found = session().scalar(query.options(*schema.loading(kind.schema(), kind.model)))
    if found is None:
        raise NotFound
    return found


@command
def create(
    actor: Actor,
    kind: Kind,
    payload: Mapping[str, Any],
    *,
    keeper_id: int | None = None,
    external: tuple[str, str] | None = None,
) -> Any:
    """Register a new record as a draft of its maker. `external`: (system, key) elsewhere."""
    require(actor, kind.create)
    values = schema.load_onto(kind.schema(), None, payload)
    entity = kind.model(record=_identity(actor, kind, keeper_id or actor.home_id))
    nesting.apply(kind.schema(), entity, values)
    store(actor, kind, entity, "create")
    if external is not None:
        session().add(ExternalKey(record_id=entity.id, system=external[0], key=external[1]))
    return entity


@command
def revise(
    actor: Actor,
    kind: Kind,
    entity: Any,
    payload: Mapping[str, Any],
    *,
    version: int | None = None,
    reason: str | None = None,
) -> Any:
    """Change a record. `version`: the one that the change starts from; Stale when it moved on."""
    require(actor, kind.edit, entity.record)
    if version is not None and version != entity.record.version:
        raise Stale
    values = schema.load_onto(kind.schema(), entity, payload)
    nesting.apply(kind.schema(), entity, values)
    store(actor, kind, entity, "revise", reason)
    return entity


@command
def publish(
    actor: Actor,
    kind: Kind,
    entity: Any,
    *,
    audience: str | None = None,
    embargo_until: datetime | None = None,
    version: int | None = None,
) -> Any:
    """Show a record to its audience; what these readers see of its history begins now."""
    require(actor, Permission.RECORD_PUBLISH, entity.record)
    _expect(entity, version)
    record: Record = entity.record
    wanted = (State.PUBLISHED, audience or record.audience, embargo_until)
    if audience is not None and audience not in tuple(Audience):
        text = Message("Choose one of: {allowed}.", "Kies een van: {allowed}.", "not_allowed")
        raise Invalid({"audience": [text.format(allowed=", ".join(Audience))]})
    if (record.state, record.audience, record.embargo_until) == wanted:
        raise _done()
    if record.state not in SHOWN or LEVEL[wanted[1]] < LEVEL[record.audience]:
        record.published_at = clock.now()
    record.state, record.audience, record.embargo_until = wanted
    return _noted(entity, "publish")


@command
def archive(actor: Actor, kind: Kind, entity: Any, *, version: int | None = None) -> Any:
    """Take a record out of the current lists; it can still be found."""
    return _move(actor, entity, State.ARCHIVED, version)


@command
def withdraw(
    actor: Actor, kind: Kind, entity: Any, *, version: int | None = None, reason: str | None = None
) -> Any:
    """Make a published record a draft again, seen by its maker, keeper and the secretariat.

    Raises Invalid without a reason, as `remove` does of what was published."""
    return _move(actor, entity, State.DRAFT, version, reason)


@command
def remove(
    actor: Actor, kind: Kind, entity: Any, *, version: int | None = None, reason: str | None = None
) -> Any:
    """Delete a record; its reference and history stay as a tombstone."""
    require(actor, kind.delete, entity.record)
    _expect(entity, version)
    require_reason(entity.record, reason)
    entity.record.deleted_at = clock.now()
    noted = ledger.entry(session(), entity.record)
    noted.action, noted.reason = "remove", reason
    return entity


@command
def restore(actor: Actor, kind: Kind, reference: str) -> Any:
    """Undo a removal."""
    entity = removed(kind, actor, reference)
    entity.record.deleted_at = None
    ledger.entry(session(), entity.record).action = "restore"
    return entity


def removed(kind: Kind, actor: Actor, reference: str) -> Any:
    """The removed entity, for who could remove it. Raises NotFound."""
    query = select(kind.model).join(Record, Record.id == kind.model.id)
    query = query.where(Record.reference == reference, Record.deleted_at.is_not(None))
    entity = session().scalar(query)
    if entity is None or not can(actor, kind.delete, entity.record):
        raise NotFound
    return entity


def _move(
    actor: Actor, entity: Any, state: State, version: int | None, reason: str | None = None
) -> Any:
    require(actor, Permission.RECORD_PUBLISH, entity.record)
    _expect(entity, version)
    if entity.record.state == state:
        raise _done()
    if state is State.DRAFT:
        require_reason(entity.record, reason)
    entity.record.state = state
    return _noted(entity, MOVES[state], reason)


def _noted(entity: Any, action: str, reason: str | None = None) -> Any:
    noted = ledger.entry(session(), entity.record)
    if noted.action != "create":
        noted.action = action
    noted.reason = reason or noted.reason
    return entity


def _done() -> Conflict:
    return Conflict(Words("Dat is al gebeurd.", "That has been done already."))


def _expect(entity: Any, version: int | None) -> None:
    if version is not None and version != entity.record.version:
        raise Stale


def _identity(actor: Actor, kind: Kind, keeper_id: int | None) -> Record:
    at = clock.now()
    return Record(
        kind=kind.name,
        reference=f"{kind.prefix}-{_next_number(kind):04d}",
        title="",
        sort_title="",
        version=1,
        owner_id=actor.account_id,
        keeper_id=keeper_id,
        state=State.DRAFT,
        audience=Audience.PUBLIC,
        created_at=at,
        updated_at=at,
    )


def _name(entity: Any) -> None:
    title, english = entity.titles()
    if (entity.record.title, entity.record.title_en) != (title, english):
        entity.record.title, entity.record.title_en = title, english
        entity.record.sort_title = search.fold(title)


def _next_number(kind: Kind) -> int:
    dialect = session().get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    row = insert(ReferenceCounter).values(kind=kind.name, last=1)
    row = row.on_conflict_do_update(
        index_elements=["kind"], set_={"last": ReferenceCounter.last + 1}
    )
    number = session().scalar(row.returning(ReferenceCounter.last))
    return int(number or 1)


def store(actor: Actor, kind: Kind, entity: Any, action: str, reason: str | None = None) -> None:
    """Write a changed entity along with all that follows from it, noted as `action`."""
    if settle := getattr(entity, "settle", None):
        settle()
    for complete in completing:
        complete(actor, kind, entity)
    _name(entity)
    session().add(entity)
    _refuse_itself(kind, entity)
    session().flush()
    _refuse_cycles(kind, entity)
    _noted(entity, action, reason)
    search.index(session(), kind.schema(), entity)


def _refuse_itself(kind: Kind, entity: Any) -> None:
    """A row that points at itself cannot even be written."""
    for name, field in kind.schema().load_fields.items():
        if isinstance(field, Ref) and field.acyclic and getattr(entity, name) is entity:
            raise Invalid({field.data_key or name: [_circle()]})


def _refuse_cycles(kind: Kind, entity: Any) -> None:
    for name, field in kind.schema().load_fields.items():
        inner = field.schema.load_fields.items() if isinstance(field, Rows) else [(name, field)]
        model = field.schema.model if isinstance(field, Rows) else kind.model
        for attribute, target in inner:
            if isinstance(target, Ref) and target.acyclic:
                start = model.parent_id if isinstance(field, Rows) else model.id
                _walk(entity.id, start, getattr(model, f"{attribute}_id"), field.data_key or name)


def _walk(origin: int, start: Any, end: Any, name: str) -> None:
    seen: set[int] = set()
    frontier = {origin}
    while frontier:
        query = select(end).where(start.in_(frontier), end.is_not(None))
        frontier = set(session().scalars(query)) - seen
        if origin in frontier:
            raise Invalid({name: [_circle()]})
        seen |= frontier


def _circle() -> Message:
    return Message(
        "This makes a circle: the record would come before itself.",
        "Dit maakt een kring: het zou aan zichzelf voorafgaan.",
        "cycle",
    )
