"""Which values in the book of changes are about one person."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from sqlalchemy import select

from ..db import session
from ..ledger import Change

BATCH = 500
ERASED = "[gewist]"
CONTACT = re.compile(r"contacts\[(?P<key>[^\]]*)\]\.(?P<field>\w+)")
Row = tuple[int | None, str]  # (id of the organisation, key of the contact)
Pair = dict[str, Any]
NOW = inf


def book(record_id: int | None = None) -> Iterator[Change]:
    """All changes, or those of one record, in their order; a batch at a time."""
    last = 0
    query = select(Change).order_by(Change.seq).limit(BATCH)
    if record_id is not None:
        query = query.where(Change.record_id == record_id)
    while batch := session().scalars(query.where(Change.seq > last)).all():
        yield from batch
        last = batch[-1].seq
        for change in batch:
            session().expunge(change)


@dataclass
class Contact:
    """A contact row in the book. It may have passed from one person to another."""

    addresses: list[tuple[int, str]] = field(default_factory=list)
    written: dict[str, list[int]] = field(default_factory=dict)

    def read(self, seq: int, name: str, value: Any) -> None:
        """Learn that change `seq` wrote `value` in the field `name`."""
        self.written.setdefault(name, []).append(seq)
        if name == "email" and value:
            self.addresses.append((seq, value.strip().casefold()))

    def ever(self, email: str) -> bool:
        """Whether the row was ever about who has this address."""
        return any(address == email for _, address in self.addresses)

    def holder(self, seq: float) -> str:
        """Whom it was about after change `seq`; before it had any address, who had the first."""
        before = [address for number, address in self.addresses if number <= seq]
        return before[-1] if before else self.addresses[0][1]

    def only(self, email: str, name: str, seq: int) -> bool:
        """Whether the value that stood in the field `name` after change `seq` was of nobody else:
        a value that outlived them, such as a function, is also of who came next."""
        changes = self.written.get(name, [])
        begin = max((number for number in changes if number <= seq), default=0)
        end = min((number for number in changes if number > seq), default=NOW)
        later = {address for number, address in self.addresses if begin < number < end}
        return {self.holder(begin), *later} == {email}


@dataclass
class Person:
    """Somebody by their address, with the names under which they acted here."""

    email: str
    account_id: int | None
    names: set[str] = field(default_factory=set)
    contacts: dict[Row, "Contact"] = field(default_factory=dict)
    records: set[int] = field(default_factory=set)  # in which something about them is told

    def __post_init__(self) -> None:
        address = rf"(?<![\w.+%-]){re.escape(self.email)}(?!\w|-\w|\.\w)"
        self.address = re.compile(address, re.IGNORECASE)
        self.statement: re.Pattern[str] | None = None

    def read(self, changes: Iterable[Change]) -> "Person":
        """Learn from the book where this person is spoken of."""
        for change in changes:
            if self.account_id is not None and change.actor_id == self.account_id:
                self.names.add(change.actor_name)
            for pair in change.changes:
                self._contact(change, pair)
        self.contacts = {r: c for r, c in self.contacts.items() if c.ever(self.email)}
        if self.names:
            names = "|".join(map(re.escape, sorted(self.names)))
            self.statement = re.compile(
                rf"(?<=^Opgave van )(?:{names})(?=, )|(?<=^Voorstel van )(?:{names})(?=\.|$)"
            )
        return self

    def find(self, changes: Iterable[Change]) -> "Person":
        """Note the records in whose changes something is about this person."""
        for change in changes:
            about = change.record_id if change.subject is None else None
            if about and any(self.pair(change, pair) != pair for pair in change.changes):
                self.records.add(about)
        return self

    def pair(self, change: Change, pair: Pair) -> Pair:
        """A pair of the book without this person's values."""
        where = (change.record_id, pair["path"])
        old = self.value(*where, change.seq - 1, pair["old"])
        return {**pair, "old": old, "new": self.value(*where, change.seq, pair["new"])}

    def value(self, record_id: int | None, path: str, seq: int, value: Any) -> Any:
        """What stood at `path` after change `seq`, without this person."""
        found = CONTACT.fullmatch(path)
        contact = self.contacts.get((record_id, found["key"])) if found else None
        if not (contact and found and isinstance(value, str)):
            return self.text(value)
        return ERASED if contact.only(self.email, found["field"], seq) else self.text(value)

    def holds(self, row: Row) -> bool:
        """Whether a contact row is about this person now."""
        contact = self.contacts.get(row)
        return contact is not None and contact.holder(NOW) == self.email

    def text(self, value: Any) -> Any:
        """A text without this person's address, and without their name where it makes a source or
        says whose proposal it was."""
        if not isinstance(value, str):
            return value
        without = self.address.sub(ERASED, value)
        return self.statement.sub(ERASED, without) if self.statement else without

    def anywhere(self, value: Any) -> Any:
        """The same in a payload; a contact row that is about them is left out of it."""
        if isinstance(value, Mapping):
            return {name: self.anywhere(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.anywhere(part) for part in value if not self._is_row(part)]
        return self.text(value)

    def _is_row(self, part: Any) -> bool:
        email = part.get("email") if isinstance(part, Mapping) else None
        return isinstance(email, str) and email.strip().casefold() == self.email

    def _contact(self, change: Change, pair: Pair) -> None:
        found = CONTACT.fullmatch(pair["path"])
        if found:
            row = change.record_id, found["key"]
            self.contacts.setdefault(row, Contact()).read(change.seq, found["field"], pair["new"])
