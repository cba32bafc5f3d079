"""The book of changes and the outbox. A listener collects what a flush changes on recorded
models; the command, last before commit, takes one lock and writes the rows in commit order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, event, inspect, select, update
from sqlalchemy.orm import (
    CompositeProperty,
    Mapped,
    Mapper,
    ORMExecuteState,
    Session,
    UOWTransaction,
    mapped_column,
)

from . import clock
from .access import Actor
from .db import Base, Moment, rfc3339
from .errors import RegistryError
from .policydate import PolicyDate
from .record import Entity, ExternalKey, Nested, Record

PATH = tuple[int, str]
SILENT: dict[type, frozenset[str]] = {
    Record: frozenset(
        "id kind reference title title_en sort_title owner_id version last_seq "
        "created_at updated_at published_at".split()
    ),
    Entity: frozenset({"id"}),
    Nested: frozenset("id parent_id key effective_from effective_until".split()),
    ExternalKey: frozenset({"id", "record_id"}),
}
"""What the history does not speak of: identity, copies and what is computed."""


class Change(Base):
    """What one command changed in one record; append-only by database triggers."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_record_seq", "record_id", "seq"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="RESTRICT"))
    reference: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(Text)
    door: Mapped[str] = mapped_column(String(10))
    action: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, comment="[{path, old, new}]")


class Outbox(Base):
    """Work for outside the transaction (mail), written with the change that asks for it."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(ForeignKey("change.seq", ondelete="RESTRICT"))
    topic: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)


class LedgerHead(Base):
    """The last sequence number: the one row that every writing command locks, last of all."""

    __tablename__ = "ledger_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(default=0)


@dataclass
class Entry:
    """What a command has done to one record so far."""

    record_id: int
    record: Record | None = None
    action: str = "revise"
    reason: str | None = None
    paths: dict[str, list[Any]] = field(default_factory=dict)
    topics: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


class Unaudited(RegistryError):
    """A recorded model was changed outside a command: a fault of ours, never of the user."""


def open_book(session: Session) -> None:
    """Start collecting; from now on recorded models may change in this session."""
    session.info["book"] = {}
    session.info["found"] = {}


def close_book(session: Session) -> None:
    """Stop collecting, whatever was collected."""
    session.info.pop("book", None)
    session.info.pop("found", None)


def entry(session: Session, record: Record) -> Entry:
    """The entry of a stored `record` in the open book."""
    found = _entry(session, record.id)
    found.record = record
    return found


def _entry(session: Session, record_id: int) -> Entry:
    book: dict[int, Entry] = session.info["book"]
    return book.setdefault(record_id, Entry(record_id))


def touched(session: Session) -> list[tuple[Entry, Record]]:
    """The entries that hold a change with their records, in the order of the first touch."""
    book: dict[int, Entry] = session.info["book"]
    found = [e for e in book.values() if _effective(e) or e.action == "create"]
    return [(e, e.record or session.get_one(Record, e.record_id)) for e in found]


def write(session: Session, actor: Actor) -> list[int]:
    """Take the lock, number the entries, write change and outbox rows. Returns the numbers."""
    entries = touched(session)
    if not entries:
        return []
    last = session.scalar(
        update(LedgerHead).values(seq=LedgerHead.seq + len(entries)).returning(LedgerHead.seq),
        execution_options={"synchronize_session": False},
    )
    first = (last or 0) - len(entries) + 1
    at = clock.now()
    names = _names(session, [item for item, _ in entries])
    for seq, (item, record) in enumerate(entries, first):
        record.version += item.action != "create"
        record.updated_at, record.last_seq = at, seq
        session.add(_change(seq, at, actor, item, record, names))
    session.flush()
    for seq, (item, _) in enumerate(entries, first):
        session.add_all(
            Outbox(seq=seq, topic=topic, payload=payload, created_at=at)
            for topic, payload in item.topics
        )
    session.flush()
    return list(range(first, first + len(entries)))


def _change(
    seq: int, at: datetime, actor: Actor, item: Entry, record: Record, names: dict[PATH, str]
) -> Change:
    return Change(
        seq=seq,
        record_id=record.id,
        reference=record.reference,
        version=record.version,
        at=at,
        actor_id=actor.account_id,
        actor_name=actor.name,
        door=actor.door,
        action=item.action,
        reason=item.reason,
        changes=[
            {"path": path, "old": _named(old, names), "new": _named(new, names)}
            for path, (old, new) in sorted(_effective(item).items())
        ],
    )


def _effective(item: Entry) -> dict[str, list[Any]]:
    return {path: pair for path, pair in item.paths.items() if pair[0] != pair[1]}


# --- collecting ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Pointer:
    """A foreign key in the book: written out as the name of what it points at."""

    table: str
    id: int


namers: dict[str, Callable[[Sequence[int]], Any]] = {}
"""Per table: a query (id, name) for keys that are no record, such as passages."""


def _names(session: Session, entries: list[Entry]) -> dict[PATH, str]:
    pointers = {
        value
        for item in entries
        for pair in item.paths.values()
        for value in pair
        if isinstance(value, Pointer)
    }
    found: dict[PATH, str] = {}
    for table in {pointer.table for pointer in pointers}:
        ids = sorted(pointer.id for pointer in pointers if pointer.table == table)
        query = namers.get(table, _references)(ids)
        found.update({(id_, table): name for id_, name in session.execute(query)})
    return found


def _references(ids: Sequence[int]) -> Any:
    return select(Record.id, Record.reference).where(Record.id.in_(ids))


def _named(value: Any, names: dict[PATH, str]) -> Any:
    return names.get((value.id, value.table)) if isinstance(value, Pointer) else value


def _json_name(name: str) -> str:
    head, *tail = name.removesuffix("_id").rstrip("_").split("_")
    return head + "".join(part.capitalize() for part in tail)


def _plain(value: Any) -> Any:
    if isinstance(value, PolicyDate):
        return value.as_json()
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def _attributes(mapper: Mapper[Any]) -> Iterator[tuple[str, str, str | None]]:
    """(attribute, JSON name, table that it points at) of everything the history speaks of."""
    silent = next(names for base, names in SILENT.items() if issubclass(mapper.class_, base))
    inside = {c.key for p in _composites(mapper) for c in p.columns}
    for composite in _composites(mapper):
        yield composite.key, _json_name(composite.key), None
    for prop in mapper.column_attrs:
        column = prop.columns[0]
        if prop.key in silent or column.key in inside:
            continue
        if mapper.class_ is Record and prop.key == "state":
            yield "state", "workflow", None
            continue
        target = next((fk.column.table.name for fk in getattr(column, "foreign_keys", ())), None)
        yield prop.key, _json_name(prop.key), target


def _composites(mapper: Mapper[Any]) -> list[CompositeProperty[Any]]:
    return list(mapper.composites)


RECORDED = (Record, Entity, Nested, ExternalKey)


def _collect(session: Session, context: UOWTransaction, *_: Any) -> None:
    """After a flush, while the attributes still know their history: note what changed."""
    for obj in [*session.new, *session.dirty]:
        _note(session, obj, gone=False)


def _collect_gone(session: Session, obj: Any) -> None:
    """A row that its parent let go of is in no list of the flush: only this event tells."""
    _note(session, obj, gone=True)


def _note(session: Session, obj: Any, *, gone: bool) -> None:
    if not isinstance(obj, RECORDED):
        return
    if "book" not in session.info:
        raise Unaudited
    record_id, prefix = _place(obj)
    paths = _entry(session, record_id).paths
    state = inspect(obj)
    for attribute, name, target in _attributes(state.mapper):
        old, new = _before_after(state, attribute, gone=gone)
        if (old is None and new is None) or (name == "position" and None in (old, new)):
            continue  # where a row came or went says nothing; that it moved does
        if target:
            old, new = (Pointer(target, v) if v is not None else None for v in (old, new))
        pair = paths.setdefault(prefix + name, [_plain(old), None])
        pair[1] = _plain(new)


def _before_after(state: Any, attribute: str, *, gone: bool) -> tuple[Any, Any]:
    current = getattr(state.obj(), attribute)
    if gone:
        return current, None
    history = state.attrs[attribute].history
    if state.pending:
        return None, current
    if not history.deleted:
        return (None, current) if history.added else (current, current)
    return history.deleted[0], current


def _place(obj: Any) -> tuple[int, str]:
    """The record that `obj` belongs to, and its path prefix in it."""
    if isinstance(obj, Record | Entity):
        return obj.id, ""
    if isinstance(obj, ExternalKey):
        return obj.record_id, f"externalKeys[{obj.system}]."
    return obj.parent_id, f"{obj.__list__}[{obj.key}]."


def _refuse_bulk(state: ORMExecuteState) -> None:
    changing = state.is_insert or state.is_update or state.is_delete
    if changing and any(issubclass(m.class_, (*RECORDED, Change)) for m in state.all_mappers):
        raise Unaudited


event.listen(Session, "after_flush", _collect)
event.listen(Session, "persistent_to_deleted", _collect_gone)
event.listen(Session, "do_orm_execute", _refuse_bulk)
