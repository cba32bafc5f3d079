"""What differs between two annexes, frozen or as they read now, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..access import Actor
from ..reports import queries as reports
from ..reports.models import Annex
from .composing import content, silent
from .looking import Content, Item, Step
from .reading import LINES, seen

ADDED, DROPPED, CHANGED = "added", "dropped", "changed"
ORDER = (ADDED, DROPPED, CHANGED)
FIELDS = ("title", "strength", "due", "termState", "status", "outcome", "standing", "expectedIn")
"""What is compared of a line; where it comes from and who agreed is no part of what it says."""


@dataclass(frozen=True)
class Difference:
    """What happened to one line between two annexes."""

    change: str
    before: Item | None
    after: Item | None
    fields: tuple[str, ...] = ()

    @property
    def line(self) -> Item:
        """The line as it was last."""
        found = self.after or self.before
        assert found is not None
        return found


def of(annex: Annex, actor: Actor, *, step: Step = silent) -> Content:
    """What an annex says to `actor`: as it was frozen, with its fingerprint, or else now."""
    frozen = reports.freeze(annex.id)
    if frozen is None:
        return content(annex, actor, step=step)
    return {**seen(actor, frozen.content), "sha256": frozen.sha256}


def compared(before: Content, after: Content) -> list[Difference]:
    """All that differs, by what happened."""
    found = [each for part in LINES for each in _part(before[part], after[part])]
    return sorted(found, key=lambda one: ORDER.index(one.change))


def _part(before: list[Item], after: list[Item]) -> Iterator[Difference]:
    old = {line["reference"]: line for line in before}
    new = {line["reference"]: line for line in after}
    for reference in dict.fromkeys((*old, *new)):
        one, other = old.get(reference), new.get(reference)
        if one is None:
            yield Difference(ADDED, None, other)
        elif other is None:
            yield Difference(DROPPED, one, None)
        elif fields := tuple(name for name in FIELDS if _value(one, name) != _value(other, name)):
            yield Difference(CHANGED, one, other, fields)


def _value(line: Item, name: str) -> Any:
    """What is compared: of the state of affairs its words, not who wrote them down."""
    value = line.get(name)
    if name == "standing":
        return value and value["text"]
    if name == "expectedIn":
        return value and value["reference"]
    return value


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
        "kind": one.line["kind"],
        "reference": one.line["reference"],
        "title": one.line["title"],
        "titleEn": one.line["titleEn"],
        "change": one.change,
        "fields": values,
    }
