"""Writing the book: last before commit, under one lock, in commit order."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .. import clock
from ..access import Actor
from ..record import Record
from .book import Entry, Statement, effective, said, touched
from .models import Change, LedgerHead, Outbox
from .naming import Names, named, names_of
from .reach import kept_before, shown_before

AT_ONCE = 1000
writing: list[Callable[[Actor], None]] = []
"""What must hold of who writes, once nobody else does. Raises RegistryError where it does not."""


def write(session: Session, actor: Actor) -> list[int]:
    """Take the lock, number the entries, write change and outbox rows. Returns the numbers."""
    entries, statements = touched(session), said(session)
    count = len(entries) + len(statements)
    if not count:
        return []
    _hold(session, sorted(record.id for _, record in entries))
    first, at = _numbered(session, count), clock.now()
    for allow in writing:
        allow(actor)
    values = [v for item, _ in entries for pair in item.paths.values() for v in pair]
    names = names_of(session, [*values, *_values(statements)])
    for seq, (item, record) in enumerate(entries, first):
        record.version += item.action != "create"
        record.updated_at, record.last_seq = at, seq
        session.add(_change(seq, at, actor, item, record, names))
    for seq, statement in enumerate(statements, first + len(entries)):
        session.add(_said(seq, at, actor, statement, names))
    session.flush()
    for seq, topics in enumerate([e.topics for e, _ in entries] + [s.topics for s in statements]):
        session.add_all(
            Outbox(seq=first + seq, topic=topic, payload=payload, created_at=at, due_at=at)
            for topic, payload in topics
        )
    session.flush()
    return list(range(first, first + count))


def _hold(session: Session, numbers: list[int]) -> None:
    """Wait for the records before the book, and in one order: who waits for a record that somebody
    changes at length would otherwise keep everybody from writing."""
    for start in range(0, len(numbers), AT_ONCE):
        some = Record.id.in_(numbers[start : start + AT_ONCE])
        query = select(Record.id).where(some).order_by(Record.id)
        session.execute(query.with_for_update(key_share=True))


def _values(statements: list[Statement]) -> list[Any]:
    return [value for each in statements for pair in each.pairs.values() for value in pair]


def _numbered(session: Session, count: int) -> int:
    """The first of so many numbers. It takes the lock."""
    last = session.scalar(
        update(LedgerHead).values(seq=LedgerHead.seq + count).returning(LedgerHead.seq),
        execution_options={"synchronize_session": False},
    )
    return (last or 0) - count + 1


def lock(session: Session) -> None:
    """Let nobody else write in the book until this command ends."""
    session.execute(update(LedgerHead).values(seq=LedgerHead.seq))


def post(session: Session, topic: str, payload: dict[str, Any]) -> Outbox:
    """Ask for something outside that belongs to an account and not to a change of a record."""
    at = clock.now()
    asked = Outbox(topic=topic, payload=payload, created_at=at, due_at=at)
    session.add(asked)
    return asked


def _change(
    seq: int, at: datetime, actor: Actor, item: Entry, record: Record, names: Names
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
        restored_version=item.restored_version,
        changes=[
            {"path": path, "old": named(old, names), "new": named(new, names)}
            for path, (old, new) in sorted(effective(item).items())
        ],
        shown_before=shown_before(item, record, at),
        keeper_before_id=kept_before(item),
        elsewhere=item.elsewhere and item.action != "create",
    )


def _said(seq: int, at: datetime, actor: Actor, statement: Statement, names: Names) -> Change:
    about = statement.record
    return Change(
        seq=seq,
        record_id=about.id if about else None,
        reference=about.reference if about else statement.key,
        version=about.version if about else 0,
        subject=statement.subject,
        subject_key=statement.key,
        at=at,
        actor_id=actor.account_id,
        actor_name=actor.name,
        door=actor.door,
        action=statement.action,
        changes=[
            {"path": path, "old": named(old, names), "new": named(new, names)}
            for path, (old, new) in statement.pairs.items()
        ],
    )
