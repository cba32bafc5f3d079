"""Writing the book: last before commit, under one lock, in commit order."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from .. import clock
from ..access import Actor
from ..record import Record
from .book import Entry, Setting, effective, settings, touched
from .models import Change, LedgerHead, Outbox
from .naming import Names, named, names_of


def write(session: Session, actor: Actor) -> list[int]:
    """Take the lock, number the entries, write change and outbox rows. Returns the numbers."""
    entries, changed = touched(session), settings(session)
    count = len(entries) + len(changed)
    if not count:
        return []
    last = session.scalar(
        update(LedgerHead).values(seq=LedgerHead.seq + count).returning(LedgerHead.seq),
        execution_options={"synchronize_session": False},
    )
    first = (last or 0) - count + 1
    at = clock.now()
    values = [v for item, _ in entries for pair in item.paths.values() for v in pair]
    names = names_of(session, values)
    for seq, (item, record) in enumerate(entries, first):
        record.version += item.action != "create"
        record.updated_at, record.last_seq = at, seq
        session.add(_change(seq, at, actor, item, record, names))
    for seq, setting in enumerate(changed, first + len(entries)):
        session.add(_of_setting(seq, at, actor, setting))
    session.flush()
    for seq, (item, _) in enumerate(entries, first):
        session.add_all(
            Outbox(seq=seq, topic=topic, payload=payload, created_at=at, due_at=at)
            for topic, payload in item.topics
        )
    session.flush()
    return list(range(first, first + count))


def post(session: Session, topic: str, payload: dict[str, Any]) -> None:
    """Ask for something outside that belongs to an account and not to a change of a record."""
    at = clock.now()
    session.add(Outbox(topic=topic, payload=payload, created_at=at, due_at=at))


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
    )


def _of_setting(seq: int, at: datetime, actor: Actor, setting: Setting) -> Change:
    return Change(
        seq=seq,
        record_id=None,
        reference=setting.of,
        version=0,
        at=at,
        actor_id=actor.account_id,
        actor_name=actor.name,
        door=actor.door,
        action=setting.action,
        changes=list(setting.pairs),
    )
