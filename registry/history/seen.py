"""What a reader may see of changes: no hidden field, no row that points at a hidden record, no
name of either, and no reason of what was hidden."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..access import Actor, View
from ..fields import Code, Ref, Rows, Text
from ..ledger import Change
from ..screens import paths
from . import queries
from .subjects import Subject

Pair = dict[str, Any]
Row = tuple[int, str]  # (number of the change, list and key)
REFERENCE = re.compile(r"[A-Z]{3}-\d{4,}")
ROW = re.compile(r"(?P<name>(?P<list>\w+)\[[^\]]*\])\.(?P<field>\w+)")
OWN = ("workflow", "audience", "keeper", "mergedInto")
SPEAKING = frozenset("create publish archive withdraw remove restore merge absorb".split())
"""What is said of the record as such: whoever reads the entry sees what happened, and why."""


class Seen:
    """The visible parts of some changes; what all of them point at is looked up at once."""

    def __init__(self, actor: Actor, changes: Sequence[tuple[Subject, Change]]) -> None:
        self.actor = actor
        self.rows = {} if actor.editorial else _rows(changes)
        named = {r for _, change in changes for r in _references(change.changes)}
        named |= {r for references in self.rows.values() for r in references}
        self.titles = queries.titles(actor, named) if named else {}

    def pairs(self, kind: Subject, change: Change) -> Iterator[Pair]:
        """What of `change` may be seen. A pointer at what is hidden reads as none at all."""
        for pair in change.changes:
            path = pair["path"]
            row = ROW.fullmatch(path)
            if row and self._hidden(self.rows.get((change.seq, row["name"]), ())):
                continue
            if path in OWN or self._shows(kind, path):
                told = self._told(kind, pair)
                if told["old"] != told["new"]:
                    yield told

    def reason(self, change: Change, pairs: Sequence[Pair]) -> str | None:
        """Why, for who sees what: `pairs` is what they see of `change`. The reason of a change
        to hidden parts alone speaks of these."""
        told = pairs or self.actor.editorial or change.action in SPEAKING
        return change.reason if told else None

    def _told(self, kind: Subject, pair: Pair) -> Pair:
        if self.actor.editorial or self.titles.keys() >= set(_references([pair])):
            return pair
        at = paths.place(kind.dictionary, pair["path"])
        if isinstance(at.inner or at.field, Text | Code):  # words that look like a reference
            return pair
        return {**pair, **{side: self._unhidden(pair[side]) for side in ("old", "new")}}

    def _unhidden(self, value: Any) -> Any:
        pointing = isinstance(value, str) and REFERENCE.fullmatch(value)
        return None if pointing and value not in self.titles else value

    def _hidden(self, references: Iterable[str]) -> bool:
        return any(reference not in self.titles for reference in references)

    def _shows(self, kind: Subject, path: str) -> bool:
        if path.endswith("].position"):  # a row came or moved: there is no value to tell
            return False
        at = paths.place(kind.dictionary, path)
        return at.field is not None and _view(at) <= self.actor.view


def _view(at: paths.Place) -> View:
    outer = at.field.about.view if at.field is not None else View.SECRETARIAT
    return max(outer, at.inner.about.view) if at.inner is not None else outer


def _references(pairs: Iterable[Pair]) -> Iterator[str]:
    for pair in pairs:
        for value in (pair["old"], pair["new"]):
            if isinstance(value, str) and REFERENCE.fullmatch(value):
                yield value


def _rows(changes: Sequence[tuple[Subject, Change]]) -> dict[Row, set[str]]:
    """What the rows in `changes` point at; where a change does not say it, as it was before."""
    found: dict[Row, set[str]] = {}
    for kind, change in changes:
        for name, pointing, pair in _pointers(kind, change):
            rows = found.setdefault((change.seq, name), set())
            rows |= set(_references([pair])) if pointing else set()
    numbers = {change.seq: (kind, change) for kind, change in changes}
    unsaid = {row for row, told in found.items() if not told and not numbers[row[0]][1].subject}
    for record in {numbers[seq][1].record_id or 0 for seq, _ in unsaid}:
        asked = {row for row in unsaid if numbers[row[0]][1].record_id == record}
        kind = next(numbers[seq][0] for seq, _ in asked)
        found |= _before(kind, record, asked)
    return found


def _before(kind: Subject, record: int, asked: set[Row]) -> dict[Row, set[str]]:
    """What rows of one record pointed at when they were changed."""
    last: dict[str, dict[str, Any]] = {}
    found: dict[Row, set[str]] = {}
    for change in queries.earlier(record, max(seq for seq, _ in asked)):
        for name, pointing, pair in _pointers(kind, change):
            if pointing:
                last.setdefault(name, {})[pair["path"]] = pair["new"]
        for seq, name in asked:
            if seq == change.seq:
                found[seq, name] = {r for r in last.get(name, {}).values() if r}
    return found


def _pointers(kind: Subject, change: Change) -> Iterator[tuple[str, bool, Pair]]:
    """(row, whether it says what the row points at, pair), of lists whose rows can point."""
    for pair in change.changes:
        row = ROW.fullmatch(pair["path"])
        at = paths.place(kind.dictionary, pair["path"]) if row else None
        if row and at is not None and isinstance(at.field, Rows) and _can_point(at.field):
            yield row["name"], isinstance(at.inner, Ref), pair


def _can_point(field: Rows) -> bool:
    return any(isinstance(inner, Ref) for inner in field.schema.fields.values())
