"""Writing the book: last before commit, under one lock, in commit order."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

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
    # Nobody else can hold what is made here.
    _hold(session, sorted(record.id for item, record in entries if item.action != "create"))
    values = [v for item, _ in entries for pair in item.paths.values() for v in pair]
    names = names_of(session, [*values, *_values(statements)])
    first, at = _numbered(session, count), clock.now()  # from here on everybody waits
    for allow in writing:
        allow(actor)
    _stamp(session, entries, first, at)
    changes = [_change(n, at, actor, e, r, names) for n, (e, r) in enumerate(entries, first)]
    later = enumerate(statements, first + len(entries))
    changes += [_said(n, at, actor, statement, names) for n, statement in later]
    _put(session, Change, changes)
    told = enumerate([e.topics for e, _ in entries] + [s.topics for s in statements], first)
    asked = [(seq, topic, payload) for seq, topics in told for topic, payload in topics]
    _put(session, Outbox, [_asked(seq, topic, payload, at) for seq, topic, payload in asked])
    return list(range(first, first + count))


# Each statement is written out once; to do so for every write costs as much as to run it.
RECORD: Any = Record.__table__
HEAD: Any = LedgerHead.__table__
STAMP = (
    update(RECORD)
    .where(RECORD.c.id == bindparam("of"), RECORD.c.version == bindparam("still"))
    .values({name: bindparam(name) for name in ("last_seq", "updated_at", "version")})
)
NUMBER = update(HEAD).values(seq=HEAD.c.seq + bindparam("count")).returning(HEAD.c.seq)
TABLES: tuple[Any, ...] = (Change, Outbox)
PUT = {model: insert(model.__table__) for model in TABLES}


def _stamp(session: Session, entries: list[tuple[Entry, Record]], first: int, at: datetime) -> None:
    """Give each record the number of its last change, and of its version. Raises StaleDataError
    where somebody else was first.

    Said to the database at once: a flush would look through all that the command has loaded."""
    for seq, (item, record) in enumerate(entries, first):
        version = record.version + (item.action != "create")
        values = {"last_seq": seq, "updated_at": at, "version": version}
        still = {"of": record.id, "still": record.version}
        if session.connection().execute(STAMP, values | still).rowcount != 1:
            raise StaleDataError(f"{record.reference} was changed by somebody else")
        for name, value in values.items():
            set_committed_value(record, name, value)


def _put(session: Session, model: type[Any], rows: list[dict[str, Any]]) -> None:
    """Write rows that nobody in this command looks at again."""
    if rows:
        session.connection().execute(PUT[model], rows)


def _asked(seq: int, topic: str, payload: dict[str, Any], at: datetime) -> dict[str, Any]:
    return {"seq": seq, "topic": topic, "payload": payload, "created_at": at, "due_at": at}


def _hold(session: Session, numbers: list[int]) -> None:
    """Wait for the records before the book, and in one order: who waits for a record that somebody
    changes at length would otherwise keep everybody from writing."""
    if session.get_bind().dialect.name == "sqlite":
        return  # there one writes at a time
    for start in range(0, len(numbers), AT_ONCE):
        some = Record.id.in_(numbers[start : start + AT_ONCE])
        query = select(Record.id).where(some).order_by(Record.id)
        session.execute(query.with_for_update(key_share=True))


def _values(statements: list[Statement]) -> list[Any]:
    return [value for each in statements for pair in each.pairs.values() for value in pair]


def _numbered(session: Session, count: int) -> int:
    """The first of so many numbers. It takes the lock."""
    last = session.connection().execute(NUMBER, {"count": count}).scalar_one()
    return int(last) - count + 1


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
) -> dict[str, Any]:
    told = {
        "record_id": record.id,
        "reference": record.reference,
        "version": record.version,
        "subject": None,
        "subject_key": None,
        "action": item.action,
        "reason": item.reason,
        "restored_version": item.restored_version,
        "shown_before": shown_before(item, record, at),
        "keeper_before_id": kept_before(item),
        "elsewhere": item.elsewhere and item.action != "create",
    }
    return {
        **told,
        **_by(seq, at, actor),
        "changes": _pairs(sorted(effective(item).items()), names),
    }


def _said(
    seq: int, at: datetime, actor: Actor, statement: Statement, names: Names
) -> dict[str, Any]:
    about = statement.record
    told = {
        "record_id": about.id if about else None,
        "reference": about.reference if about else statement.key,
        "version": about.version if about else 0,
        "subject": statement.subject,
        "subject_key": statement.key,
        "action": statement.action,
        "reason": None,
        "restored_version": None,
        "shown_before": None,
        "keeper_before_id": None,
        "elsewhere": False,
    }
    return {**told, **_by(seq, at, actor), "changes": _pairs(statement.pairs.items(), names)}


def _by(seq: int, at: datetime, actor: Actor) -> dict[str, Any]:
    who = {"actor_id": actor.account_id, "actor_name": actor.name, "door": actor.door}
    return {"seq": seq, "at": at, **who}


def _pairs(pairs: Iterable[tuple[str, Sequence[Any]]], names: Names) -> list[dict[str, Any]]:
    return [
        {"path": path, "old": named(old, names), "new": named(new, names)}
        for path, (old, new) in pairs
    ]
