"""The verbs that every kind of record shares: create, revise, publish, archive, remove, restore."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from . import clock, identity, ledger, nesting, pointing, schema, search, shown
from .access import (
    Actor,
    Permission,
    acting_as,
    can,
    owns,
    require,
    visible_to,
)
from .command import command
from .db import session
from .errors import Conflict, NotFound, Stale
from .kind import Kind
from .reasons import checked, require_reason
from .record import ExternalKey, Record, State
from .words import Words

SHOWN = shown.SHOWN
MOVES = {State.ARCHIVED: "archive", State.DRAFT: "withdraw"}
UNPUBLISHED = Words(
    "Dit kan alleen met wat gepubliceerd is.", "This is possible only with what is published."
)
completing: list[Callable[[Actor, Kind, Any], None]] = []
"""What rooms add to a changed entity before it is stored; each may refuse by raising Invalid."""
judging: list[Callable[[Actor, int | None], str | None]] = []
"""Whether an actor may release what the account with this id handed in: each may raise Forbidden,
or give the words that mark it in the history."""
following: list[Callable[[Actor, Kind, Any], None]] = []
"""What rooms let follow, in the same command, when fewer people may see a record; going wider is
chosen by a person, record by record."""


def one(kind: Kind, actor: Actor, reference: str) -> Any:
    """The entity with all its lists, if `actor` may see it. Raises NotFound."""
    if "\0" in reference:  # PostgreSQL cannot even look for it
        raise NotFound
    query = select(kind.model).join(Record, Record.id == kind.model.id)
    query = query.where(Record.reference == reference, visible_to(actor))
    found = session().scalar(query.options(*schema.loading(kind.dictionary, kind.model)))
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
    values = schema.load_onto(kind.dictionary, None, payload)
    entity = kind.model(record=identity.of(actor, kind, keeper_id or actor.home_id))
    nesting.apply(kind.dictionary, entity, values)
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
    expect(entity, version)
    return lay(actor, kind, entity, payload, reason)


def lay(
    actor: Actor, kind: Kind, entity: Any, payload: Mapping[str, Any], reason: str | None
) -> Any:
    """Lay a payload over a record on behalf of `actor`, inside a command that asked whether this
    may be done."""
    with acting_as(actor):
        values = checked(kind.dictionary, entity, payload)
        nesting.apply(kind.dictionary, entity, values)
        noted(entity, "revise", reason)
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
    expect(entity, version)
    record: Record = entity.record
    wanted = (State.PUBLISHED, shown.audience(kind, entity, audience), embargo_until)
    if (record.state, record.audience, record.embargo_until) == wanted:
        raise done()
    fewer = shown.to_fewer(record, wanted[1], embargo_until)
    judged = record.state == State.SUBMITTED
    mark = reviewed(actor, record) if judged else None
    record.published_at = shown.since(record, wanted[1], embargo_until)
    record.state, record.audience, record.embargo_until = wanted
    if judged:
        tell(entity, "publish")
    _seen_anew(kind, entity, "publish", mark)
    if fewer:
        _follow(actor, kind, entity)
    return entity


def _follow(actor: Actor, kind: Kind, entity: Any) -> None:
    for follow in following:
        follow(actor, kind, entity)


def tell(entity: Any, topic: str) -> None:
    """Ask for the mail that tells of this step."""
    ledger.entry(session(), entity.record).topics.append((topic, {"record": entity.record.id}))


def reviewed(actor: Actor, record: Record) -> str | None:
    """Note who judged what was submitted, and the words that mark it. Raises Forbidden."""
    marks = [judge(actor, record.submitter_id) for judge in judging]
    record.reviewer_id, record.reviewed_at = actor.account_id, clock.now()
    return next(filter(None, marks), None)


@command
def archive(actor: Actor, kind: Kind, entity: Any, *, version: int | None = None) -> Any:
    """Take a record out of the current lists; it can still be found."""
    return _move(actor, kind, entity, State.ARCHIVED, version)


@command
def withdraw(
    actor: Actor, kind: Kind, entity: Any, *, version: int | None = None, reason: str | None = None
) -> Any:
    """Make a record a draft again, seen by its maker, keeper and the secretariat: the secretariat
    what is published, and whoever may edit it what was submitted.

    Raises Invalid without a reason, as `remove` does of what was published."""
    require_withdrawal(actor, kind, entity.record)
    if entity.record.state != State.SUBMITTED:
        return _move(actor, kind, entity, State.DRAFT, version, reason)
    expect(entity, version)
    entity.record.state = State.DRAFT
    return noted(entity, "withdraw")


def require_withdrawal(actor: Actor, kind: Kind, record: Record) -> None:
    """Raise unless `actor` may make this a draft again, as it stands now."""
    if record.state != State.SUBMITTED or not (owns(actor, record) and can(actor, kind.edit)):
        require(actor, Permission.RECORD_PUBLISH, record)


@command
def remove(
    actor: Actor, kind: Kind, entity: Any, *, version: int | None = None, reason: str | None = None
) -> Any:
    """Delete a record; its reference and history stay as a tombstone."""
    require(actor, kind.delete, entity.record)
    expect(entity, version)
    require_reason(entity.record, reason)
    entity.record.deleted_at = clock.now()
    _seen_anew(kind, entity, "remove", reason)
    _follow(actor, kind, entity)
    return entity


@command
def restore(actor: Actor, kind: Kind, reference: str, *, version: int | None = None) -> Any:
    """Undo a removal."""
    entity = removed(kind, actor, reference)
    expect(entity, version)
    entity.record.deleted_at = None
    return _seen_anew(kind, entity, "restore")


def removed(kind: Kind, actor: Actor, reference: str) -> Any:
    """The removed entity, for who could remove it. Raises NotFound."""
    query = select(kind.model).join(Record, Record.id == kind.model.id)
    gone = (Record.deleted_at.is_not(None), Record.merged_into_id.is_(None))
    query = query.where(Record.reference == reference, *gone)
    entity = session().scalar(query)
    if entity is None or not can(actor, kind.delete, entity.record):
        raise NotFound
    return entity


def _move(
    actor: Actor,
    kind: Kind,
    entity: Any,
    state: State,
    version: int | None,
    reason: str | None = None,
) -> Any:
    require(actor, Permission.RECORD_PUBLISH, entity.record)
    expect(entity, version)
    if entity.record.state == state:
        raise done()
    if entity.record.state not in SHOWN:
        raise Conflict(UNPUBLISHED)
    if state is State.DRAFT:
        require_reason(entity.record, reason)
    entity.record.state = state
    _seen_anew(kind, entity, MOVES[state], reason)
    _follow(actor, kind, entity)
    return entity


def _seen_anew(kind: Kind, entity: Any, action: str, reason: str | None = None) -> Any:
    """Note a step that changes who sees a record, and index anew what shows it in its rows."""
    noted(entity, action, reason)
    session().flush()
    pointing.reindex(kind, entity)
    return entity


def noted(entity: Any, action: str, reason: str | None = None) -> Any:
    """Say in the book what this command does to the record; what it creates stays created."""
    entry = ledger.entry(session(), entity.record)
    if entry.action != "create":
        entry.action = action
    entry.reason = reason or entry.reason
    return entity


def done() -> Conflict:
    """The refusal of a step that has been made already."""
    return Conflict(Words("Dat is al gebeurd.", "That has been done already."))


def expect(entity: Any, version: int | None) -> None:
    """Raise Stale where the record has moved on from `version`."""
    if version is not None and version != entity.record.version:
        raise Stale


def store(actor: Actor, kind: Kind, entity: Any, action: str, reason: str | None = None) -> None:
    """Write a changed entity along with all that follows from it, noted as `action`."""
    if settle := getattr(entity, "settle", None):
        settle()
    for complete in completing:
        complete(actor, kind, entity)
    identity.name(entity)
    pointing.one_at_a_time(kind)
    session().add(entity)
    pointing.refuse_itself(kind, entity)
    session().flush()
    pointing.refuse_cycles(kind, entity)
    noted(entity, action, reason)
    search.index(session(), kind.dictionary, entity)
