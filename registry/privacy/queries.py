"""All that is held about a person, for the person."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select

from ..accounts.models import Account, AccountEvent
from ..accounts.queries import by_email
from ..db import Base, rfc3339, session
from ..ledger import Change
from ..partners.models import Contact
from ..record import Record
from ..reports.models import AnnexLine
from ..rounds.models import Reminder
from ..updates.models import Update
from ..workflow.models import Revision
from .personal import Person, book

Told = dict[str, Any]
ACCOUNT: Any = Account.__table__
SECRET = ("password", "secret", "digest", "hash", "session_key", "code")
"""What opens something is no knowledge about a person, and is not written out."""


def person(email: str) -> Person:
    """Who has this address, as far as the registry knows them."""
    account = by_email(email)
    found = Person(email.strip().casefold(), account.id if account else None)
    if account is not None:
        found.names |= {account.name, *_names(account.id)}
    return found.read(book())


def _names(account_id: int) -> Iterator[str]:
    """Under which names somebody proposed changes, or did something to an account."""
    for name, number in (
        (Revision.author_name, Revision.author_id),
        (AccountEvent.actor_name, AccountEvent.actor_id),
    ):
        yield from session().scalars(select(name).where(number == account_id).distinct())


def held(email: str) -> Told:
    """Everything: account, grants and all that hangs on it, contact rows, reports, lines of
    annexes, reminders, entries, mentions."""
    who = person(email)
    return {
        "email": who.email,
        "account": _account(who),
        "contacts": [_contact(who, record, row) for record, row in contacts(who)],
        "reports": _of_account(who, Update.__table__, "actor_id"),
        "lines": _of_account(who, AnnexLine.__table__, "actor_id"),
        "reminders": _of_account(who, Reminder.__table__, "account_id"),
        "entries": [_entry(change) for change in book() if _by(who, change)],
        "mentions": list(_mentions(who)),
    }


def contacts(who: Person) -> list[tuple[Record, Contact]]:
    """The contact rows that are about this person now."""
    ids = {record_id for record_id, _ in who.contacts}
    query = select(Record, Contact).join(Contact, Contact.parent_id == Record.id)
    rows = session().execute(query.where(Record.id.in_(ids)).order_by(Record.id, Contact.id))
    return [(record, row) for record, row in rows if who.holds((record.id, row.key))]


def _account(who: Person) -> Told | None:
    account = session().get(Account, who.account_id) if who.account_id is not None else None
    if account is None:
        return None
    own = {table.name: rows for table, rows in _hanging(account.id) if rows}
    made = select(Record.reference).where(Record.owner_id == account.id).order_by(Record.id)
    return {
        **_row(session().execute(select(ACCOUNT).where(ACCOUNT.c.id == account.id)).one()),
        **own,
        "acted": [_row(row) for row in session().execute(_acted(account.id))],
        "judged": [_row(row) for row in session().execute(_judged(account.id))],
        "made": list(session().scalars(made)),
    }


def _of_account(who: Person, table: Any, column: str) -> list[Told]:
    """The rows of a table that keeps the number of an account without pointing at it."""
    if who.account_id is None:
        return []
    query = select(table).where(table.c[column] == who.account_id).order_by(table.c.id)
    return [_row(row) for row in session().execute(query)]


def _hanging(account_id: int) -> Iterator[tuple[Table, list[Told]]]:
    """The rows of every table that points at an account; whoever adds one need not come here."""
    for table in Base.metadata.sorted_tables:
        links = [key.parent for key in table.foreign_keys if key.column.table.name == "account"]
        if table.name == Record.__tablename__:
            continue
        for link in links:
            if link.name == "reviewer_id":  # what somebody else proposed
                continue
            rows = session().execute(select(table).where(link == account_id))
            yield table, [_row(row) for row in rows]


def _acted(account_id: int) -> Any:
    """What they did to accounts, without saying to whose."""
    log = AccountEvent
    query = select(log.at, log.what, log.door, log.address).where(log.actor_id == account_id)
    return query.order_by(log.id)


def _judged(account_id: int) -> Any:
    """The proposals of others that they judged, without what these said."""
    query = select(Revision.key, Revision.state, Revision.note, Revision.reviewed_at)
    return query.where(Revision.reviewer_id == account_id).order_by(Revision.id)


def _row(row: Any) -> Told:
    return {
        name: _plain(value)
        for name, value in row._mapping.items()
        if not any(part in name for part in SECRET)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return rfc3339(value)
    return value.isoformat() if isinstance(value, date) else value


def _contact(_who: Person, record: Record, row: Contact) -> Told:
    told = {name: getattr(row, name) for name in ("name", "function", "email", "phone")}
    return {"organisation": record.reference, "title": record.title, **told}


def _by(who: Person, change: Change) -> bool:
    return who.account_id is not None and change.actor_id == who.account_id


def _entry(change: Change) -> Told:
    names = ("seq", "reference", "version", "actor_name", "door", "action", "reason", "changes")
    return {"at": rfc3339(change.at), **{name: getattr(change, name) for name in names}}


def _mentions(who: Person) -> Iterator[Told]:
    """Where the book speaks of them otherwise."""
    for change in book():
        paths = [pair["path"] for pair in change.changes if who.pair(change, pair) != pair]
        if paths and not _by(who, change):
            yield {"seq": change.seq, "reference": change.reference, "paths": paths}
