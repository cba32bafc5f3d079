"""The open book of one command: what it has done so far, by record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from ..errors import RegistryError
from ..record import Record

ALWAYS = ("create", "erase", "absorb")
"""What is written down even where no value differs."""


@dataclass
class Entry:
    """What a command has done to one record so far."""

    record_id: int
    record: Record | None = None
    action: str = "revise"
    reason: str | None = None
    restored_version: int | None = None
    paths: dict[str, list[Any]] = field(default_factory=dict)
    elsewhere: bool = False  # whether other records show something of what changed
    topics: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@dataclass
class Statement:
    """What a command says beside the records: of a report about one, of a round, of a term. It
    moves no version, and is read by who may read its subject. Of what is there before and after,
    `before` holds what stood there; then nothing is written where nothing differs."""

    action: str
    subject: str
    key: str
    values: dict[str, Any]
    record: Record | None = None
    topics: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    before: dict[str, Any] | None = None

    @property
    def pairs(self) -> dict[str, tuple[Any, Any]]:
        """By path, what stood there and what stands there now, where these differ."""
        old = self.before or {}
        paths = sorted(old.keys() | self.values.keys())
        found = {path: (old.get(path), self.values.get(path)) for path in paths}
        return {path: pair for path, pair in found.items() if pair[0] != pair[1]}


class Unaudited(RegistryError):
    """A recorded model was changed outside a command: a fault of ours, never of the user."""


def open_book(session: Session) -> None:
    """Start collecting; from now on recorded models may change in this session."""
    session.info["book"] = {}
    session.info["said"] = []
    session.info["found"] = {}


def close_book(session: Session) -> None:
    """Stop collecting, whatever was collected."""
    session.info.pop("book", None)
    session.info.pop("said", None)
    session.info.pop("found", None)


def entry(session: Session, record: Record) -> Entry:
    """The entry of a stored `record` in the open book."""
    found = entry_of(session, record.id)
    found.record = record
    return found


def entry_of(session: Session, record_id: int) -> Entry:
    """The entry of the record with this id."""
    book: dict[int, Entry] = session.info["book"]
    return book.setdefault(record_id, Entry(record_id))


def pairs(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What differs between two sets of values by path, as the book says it: {path, old, new}."""
    for path in {**before, **after}:
        old, new = before.get(path), after.get(path)
        if old != new:
            yield {"path": path, "old": old, "new": new}


def say(session: Session, statement: Statement) -> None:
    """Write this in the open book, after what happens to records."""
    if statement.before is None or statement.pairs:
        said(session).append(statement)


def said(session: Session) -> list[Statement]:
    """What was said beside the records so far."""
    statements: list[Statement] = session.info["said"]
    return statements


def touched(session: Session) -> list[tuple[Entry, Record]]:
    """The entries that hold a change with their records, in the order of the first touch."""
    book: dict[int, Entry] = session.info["book"]
    found = [e for e in book.values() if effective(e) or e.action in ALWAYS]
    return [(e, e.record or session.get_one(Record, e.record_id)) for e in found]


def effective(item: Entry) -> dict[str, list[Any]]:
    """The paths whose value did change, with the old and the new one."""
    return {path: pair for path, pair in item.paths.items() if pair[0] != pair[1]}
