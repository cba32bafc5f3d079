"""Writing the book: last before commit, under one lock, in commit order."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .. import clock
from ..access import Actor
from ..record import Record
from .book import Entry, effective, touched
from .collecting import Pointer
from .models import Change, LedgerHead, Outbox

PATH = tuple[int, str]


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
            Outbox(seq=seq, topic=topic, payload=payload, created_at=at, due_at=at)
            for topic, payload in item.topics
        )
    session.flush()
    return list(range(first, first + len(entries)))


def post(session: Session, topic: str, payload: dict[str, Any]) -> None:
    """Ask for something outside that belongs to an account and not to a change of a record."""
    at = clock.now()
    session.add(Outbox(topic=topic, payload=payload, created_at=at, due_at=at))


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
            for path, (old, new) in sorted(effective(item).items())
        ],
    )


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
