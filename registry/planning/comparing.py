"""What differs between two contents of a plan: added, dropped, moved and by how many days,
changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..fields import Computed
from ..kind import Kind
from ..plan.schemas import PLAN
from .queries import PARTS, Content, Item

ADDED, DROPPED, MOVED, CHANGED = "added", "dropped", "moved", "changed"
ORDER = (ADDED, DROPPED, MOVED, CHANGED)
UNCOMPARED = ("sources", "states", "statuses")
"""Of a series the value that holds is compared; where a fact comes from is no part of a plan."""
STANDING = ("state", "status")
GONE = "dropped"


@dataclass(frozen=True)
class Difference:
    """What happened to one record between two contents."""

    kind: Kind
    change: str
    before: Item | None
    after: Item | None
    fields: tuple[str, ...] = ()
    days: int | None = None

    @property
    def item(self) -> Item:
        """The record as it was last."""
        found = self.after or self.before
        assert found is not None
        return found


def compared(before: Content, after: Content) -> list[Difference]:
    """All that differs: the plan itself first, then by what happened."""
    found = list(_both(PLAN, before["plan"], after["plan"]))
    for part, kind in PARTS.items():
        found += _part(kind, before[part], after[part])
    return sorted(found, key=lambda one: (one.kind is not PLAN, ORDER.index(one.change)))


def _part(kind: Kind, before: list[Item], after: list[Item]) -> Iterator[Difference]:
    old = {item["reference"]: item for item in before}
    new = {item["reference"]: item for item in after}
    for reference in dict.fromkeys((*old, *new)):
        one, other = old.get(reference), new.get(reference)
        if one is None:
            yield Difference(kind, ADDED, None, other)
        elif other is None:
            yield Difference(kind, DROPPED, one, None)
        else:
            yield from _both(kind, one, other)


def _both(kind: Kind, before: Item, after: Item) -> Iterator[Difference]:
    fields = tuple(name for name in _compared(kind) if before.get(name) != after.get(name))
    if not fields:
        return
    days = moved(before.get("due"), after.get("due"))
    change = MOVED if days else CHANGED
    if "state" in fields and after.get("state") == GONE:
        change = DROPPED
    yield Difference(kind, change, before, after, fields, days)


def _compared(kind: Kind) -> Iterator[str]:
    for field in kind.dictionary.described().values():
        name = str(field.data_key)
        if name in UNCOMPARED or (isinstance(field, Computed) and name not in STANDING):
            continue
        yield name


def moved(before: Any, after: Any) -> int | None:
    """By how many days a term moved, by its last day, or else its first: later is more. None where
    it did not, or cannot be said."""
    for part in ("latest", "earliest"):
        days = [str((term or {}).get(part) or "") for term in (before, after)]
        if all(days):
            first, last = map(date.fromisoformat, days)
            return (last - first).days or None
    return None


def as_json(one: Difference) -> Item:
    """A difference as JSON."""
    values = [
        {
            "field": name,
            "before": (one.before or {}).get(name),
            "after": (one.after or {}).get(name),
        }
        for name in one.fields
    ]
    return {
        "kind": one.kind.name,
        "reference": one.item["reference"],
        "title": one.item["title"],
        "titleEn": one.item["titleEn"],
        "change": one.change,
        "days": one.days,
        "fields": values,
    }
