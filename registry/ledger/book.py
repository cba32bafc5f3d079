"""The open book of one command: what it has done so far, by record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from ..errors import RegistryError
from ..record import Record

ALWAYS = ("create", "erase", "absorb", "update", "release_update", "freeze", "adopt_plan")
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
    topics: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@dataclass(frozen=True)
class Setting:
    """What a command did to the vocabularies or the reading conventions: no record's change."""

    action: str
    of: str  # the list, or the word
    pairs: tuple[dict[str, Any], ...]  # {path, old, new}


class Unaudited(RegistryError):
    """A recorded model was changed outside a command: a fault of ours, never of the user."""


def open_book(session: Session) -> None:
    """Start collecting; from now on recorded models may change in this session."""
    session.info["book"] = {}
    session.info["found"] = {}
    session.info["settings"] = []


def close_book(session: Session) -> None:
    """Stop collecting, whatever was collected."""
    session.info.pop("book", None)
    session.info.pop("found", None)
    session.info.pop("settings", None)


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


def touched(session: Session) -> list[tuple[Entry, Record]]:
    """The entries that hold a change with their records, in the order of the first touch."""
    book: dict[int, Entry] = session.info["book"]
    found = [e for e in book.values() if effective(e) or e.action in ALWAYS]
    return [(e, e.record or session.get_one(Record, e.record_id)) for e in found]


def effective(item: Entry) -> dict[str, list[Any]]:
    """The paths whose value did change, with the old and the new one."""
    return {path: pair for path, pair in item.paths.items() if pair[0] != pair[1]}


def note_setting(
    session: Session, action: str, of: str, old: dict[str, Any], new: dict[str, Any]
) -> None:
    """Write down that what everybody uses was changed, by path; nothing where nothing differs."""
    paths = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    pairs = tuple({"path": path, "old": old.get(path), "new": new.get(path)} for path in paths)
    if pairs:
        session.info["settings"].append(Setting(action, of, pairs))


def settings(session: Session) -> list[Setting]:
    """What was changed of what everybody uses."""
    found: list[Setting] = session.info["settings"]
    return found
