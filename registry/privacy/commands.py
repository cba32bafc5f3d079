"""Erasing a person: one command, in one transaction, that the book itself records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, inspect, select, update
from sqlalchemy.orm import joinedload

from .. import clock, editing, ledger, schema
from ..access import Actor, Permission, require
from ..accounts.models import Account
from ..attachments.models import UpdateFile
from ..command import command
from ..copies import keeping as copies
from ..db import session
from ..jobs.models import ALIVE, Job
from ..kind import kind_named
from ..ledger import Change
from ..record import Nested, Record
from ..reports.models import AnnexLine
from ..rounds.commands import CLOSE
from ..rounds.models import Reminder, Round, Snapshot
from ..rounds.queries import sealed
from ..updates.models import Evidence, Update
from . import accounts, queries
from .models import Erasure
from .personal import ERASED, Person, book

Seals = dict[str | None, dict[str, str]]
erasing: list[Callable[[int], None]] = []
"""How higher rooms let go of what they keep of an account beside the database."""


@dataclass
class Report:
    """What an erasure took away."""

    account: bool
    contacts: int
    records: int
    changes: int


@command
def erase(actor: Actor, email: str) -> Report:
    """Take away the account and the contact rows of a person, and their values in the book; that
    something was changed, when and where, stays. What readers see of it is recorded as `erase`.
    """
    require(actor, Permission.PEOPLE_MANAGE)
    _hold(email)
    who = queries.person(email)
    who.find(book())
    rows = queries.contacts(who)
    who.records |= {record.id for record, _ in rows}
    changed = [_changed(actor, who, record_id) for record_id in sorted(who.records)]
    erasure = Erasure(opened_at=clock.now(), actor_name=actor.name)
    session().add(erasure)
    session().flush()
    accounts.forget(who, erasure)
    seals = _frozen(who)  # as long as their reports are known
    _reports(who)
    _rounds(who)
    _lines(who)
    erasure.changes = sum(_overwrite(who, change, erasure, seals) for change in book())
    _made()
    erasure.closed_at = clock.now()
    account = session().get(Account, who.account_id) if who.account_id is not None else None
    if account is not None:
        for forget in erasing:
            forget(account.id)
        session().delete(account)
    session().flush()
    return Report(account is not None, len(rows), sum(changed), erasure.changes)


def _hold(email: str) -> None:
    """Wait for what this person is at, and let nobody write meanwhile: it would be overlooked."""
    held = select(Account.id).where(Account.email == email.strip().casefold())
    session().execute(held.with_for_update())
    ledger.lock(session())


def _changed(actor: Actor, who: Person, record_id: int) -> bool:
    """Take the person out of what a record says now; whether it said anything."""
    record = session().get_one(Record, record_id)
    kind = kind_named(record.kind)
    query = select(kind.model).where(kind.model.id == record_id)
    entity = session().scalars(query.options(*schema.loading(kind.schema(), kind.model))).one()
    there = getattr(entity, "contacts", [])
    gone = [row for row in there if who.holds((record_id, row.key))]
    if gone:
        entity.contacts = [row for row in there if row not in gone]
    texts = [_reworded(who, obj) for obj in (entity, *_rows(entity))]
    if not (gone or any(texts)):
        return False
    editing.store(actor, kind, entity, "erase")
    _hush(who, record)
    return True


def _rows(entity: Any) -> Iterator[Any]:
    for relation in inspect(type(entity)).relationships:
        if issubclass(relation.mapper.class_, Nested):
            yield from getattr(entity, relation.key)
    yield from entity.sources


def _reworded(who: Person, obj: Any) -> bool:
    found = False
    for column in inspect(type(obj)).column_attrs:
        value = getattr(obj, column.key)
        if who.text(value) != value:
            setattr(obj, column.key, who.text(value))
            found = True
    return found


def _hush(who: Person, record: Record) -> None:
    """The entry of this very command does not repeat what it erases."""
    for path, pair in ledger.entry(session(), record).paths.items():
        pair[:] = [who.value(record.id, path, record.last_seq, pair[0]), who.text(pair[1])]


def _overwrite(who: Person, change: Change, erasure: Erasure, seals: Seals) -> bool:
    """Erase the person from one row of the book; whether they were in it."""
    by = who.account_id is not None and change.actor_id == who.account_id
    changes = [who.pair(change, pair) for pair in change.changes]
    if anew := seals.get(change.subject_key) if change.action == CLOSE else None:
        changes = [{**pair, "new": anew.get(pair["path"], pair["new"])} for pair in changes]
    reason = who.text(change.reason)
    if not by and reason == change.reason and changes == change.changes:
        return False
    values: dict[str, Any] = {"changes": changes, "reason": reason}
    if by:  # a number of its own: accounts may get this one again
        values |= {"actor_name": ERASED, "actor_id": -erasure.id}
    table: Any = Change.__table__
    session().execute(update(table).where(table.c.seq == change.seq).values(**values))
    return True


def _made() -> None:
    """What workers made of the records and keep for a while may hold the person: it can be asked
    for anew."""
    ended = Job.result.is_not(None) & Job.state.not_in(ALIVE)
    session().execute(delete(Job).where(ended))
    copies.clear()


def _reports(who: Person) -> None:
    """What they reported stays; who it was does not."""
    if who.account_id is not None:
        _unnamed(Update.__table__, "actor", who.account_id)
        session().execute(delete(Reminder).where(Reminder.account_id == who.account_id))
    for model in (Update, Evidence, UpdateFile):
        for row in session().scalars(select(model)):
            _reworded(who, row)
    session().flush()


def _rounds(who: Person) -> None:
    """Who opened and closed a round, and what it was called."""
    if who.account_id is not None:
        for column in ("opened_actor", "closed_actor"):
            _unnamed(Round.__table__, column, who.account_id)
    for found in session().scalars(select(Round)):
        _reworded(who, found)
    session().flush()


def _lines(who: Person) -> None:
    """Who agreed to lines of annexes or asked for that, and what they wrote there."""
    if who.account_id is not None:
        _unnamed(AnnexLine.__table__, "actor", who.account_id)
    for line in session().scalars(select(AnnexLine)):
        _reworded(who, line)
    session().flush()


def _unnamed(table: Any, column: str, account_id: int) -> None:
    nobody = {f"{column}_id": None, f"{column}_name": ERASED}
    session().execute(update(table).where(table.c[f"{column}_id"] == account_id).values(**nobody))


def _frozen(who: Person) -> Seals:
    """Take the person out of what was frozen; by what the book knows it again from now on."""
    seals: Seals = {}
    own = set(session().scalars(select(Update.key).where(Update.actor_id == who.account_id)))
    query = select(Snapshot, Round.key).join(Round, Round.id == Snapshot.round_id)
    for snapshot, key in session().execute(query.options(joinedload(Snapshot.record))):
        content = who.anywhere(snapshot.content)
        for report in content["updates"]:
            if who.account_id is not None and report["key"] in own and "by" in report:
                report["by"] = ERASED
        if content != snapshot.content:
            snapshot.content = content
            seals.setdefault(key, {}).update(sealed([snapshot]))
    session().flush()
    return seals
