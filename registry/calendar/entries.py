"""Which days of the records stand in a calendar.

A day is a day and a window of at most a month is drawn over its days. Of a longer one only the
beginning and the end are marked: a bar of months says nothing and hides the rest. What has no day,
or waits for a condition, has none here either."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from .. import policydate, vocabulary
from ..commitments.schemas import COMMITMENT
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..meetings.schemas import MEETING
from ..plan.schemas import MILESTONE
from ..policydate import DateKind, PolicyDate
from ..rounds.models import Round
from ..timing.queries import OVER, value_of, within
from ..timing.schemas import ENDED, SOFT, STANDING
from . import queries
from .queries import Horizon, Item, Scope

SHORT = timedelta(days=31)
LATE = 23
ON, DURING, FROM, UNTIL = "on", "during", "from", "until"
DROPPED = ("lapsed", "dropped")
RESTING = (*OVER, "paused")
"""The statuses of an initiative of which nobody expects a next time."""


@dataclass(frozen=True)
class Entry:
    """One mark in a calendar, of all the days from `first` to `last`."""

    of: str  # what it is: commitment, milestone, edition, expected, meeting, action, round, review
    name: str  # stable, and of this mark alone: "COM-0012.due-from"
    mark: str  # on, during, from, until
    first: date
    last: date
    item: Item
    window: PolicyDate | None = None  # the term that it marks
    kind: Kind | None = None
    row: Item | None = None  # of the nested list

    @property
    def soft(self) -> bool:
        """Whether it was only hoped for: then its term is no deadline."""
        return self.item.get("strength") in SOFT

    @property
    def state(self) -> str | None:
        """The status of what it is about."""
        if self.row is not None and self.of == "action":
            return str(self.row["state"])
        name = STANDING.get(self.kind) if self.kind else None
        return self.item.get(name) if name else None

    @property
    def hours(self) -> tuple[time, time] | None:
        """From when to when on its day; what says no end lasts an hour."""
        begin = self.item.get("startTime")
        if self.of != "meeting" or self.mark != ON or begin is None:
            return None
        first = time.fromisoformat(begin)
        if end := self.item["endTime"]:
            return first, time.fromisoformat(end)
        return first, first.replace(hour=first.hour + 1) if first.hour < LATE else time.max

    @property
    def cancelled(self) -> bool:
        """Whether it will not happen any more."""
        return self.state in DROPPED


def entries(scope: Scope, span: Horizon) -> list[Entry]:
    """All of a scope within the horizon in the order of time, as the acting person may see it;
    where it is too much, those nearest to the reference date."""
    own = queries.references(scope.organisations or frozenset())
    found = [
        one
        for one in _records(scope, span, own)
        if one.first <= span.last and one.last >= span.first
    ]
    if scope.personal:
        found += [_round(one) for one in queries.closing_rounds(span)]
    found.sort(key=lambda one: _distance(one, span.day))
    return sorted(found[: queries.MOST], key=lambda one: (one.first, one.name))


def _distance(one: Entry, day: date) -> tuple[bool, int, str]:
    return (one.last < day, abs((one.last - day).days), one.name)


def _records(scope: Scope, span: Horizon, own: set[str]) -> Iterator[Entry]:
    for kind in (COMMITMENT, MILESTONE):
        for item in queries.items(kind, scope, span):
            yield from _due(kind, item, span)
            if scope.personal:
                yield from _review(kind, item, item["reviewOn"])
    for item in queries.items(INITIATIVE, scope, span):
        yield from _held(item, span)
        if scope.personal:
            chosen = [r["reviewOn"] for r in item["statuses"] if r["status"] == item["status"]]
            yield from _review(INITIATIVE, item, chosen[-1] if chosen else None)
    for item in queries.items(MEETING, scope, span):
        yield from _met(item, None if scope.organisations is None else own)


def _due(kind: Kind, item: Item, span: Horizon) -> Iterator[Entry]:
    window = value_of(item["due"] or {})
    base = Entry(kind.name, f"{item['reference']}.due", ON, span.day, span.day, item, kind=kind)
    if window.kind != DateKind.RECURRING:
        yield from marked(base, window)
        return
    years = span.first.year, span.last.year
    for each in policydate.occurrences(window, *years, vocabulary.conventions()):
        if each.earliest is not None:
            yield from marked(replace(base, name=f"{base.name}-{each.earliest.year}"), each)


def marked(base: Entry, window: PolicyDate) -> Iterator[Entry]:
    """The marks of a window. The end keeps the name, whatever the words become: then the one mark
    moves, and no other takes its place."""
    first, last = window.earliest, window.latest
    if window.kind == DateKind.CONDITIONAL or not (first or last):
        return
    base = replace(base, window=window)
    if first and last and last - first < SHORT:
        yield replace(base, mark=ON if first == last else DURING, first=first, last=last)
        return
    if first:
        yield replace(base, name=f"{base.name}-from", mark=FROM, first=first, last=first)
    if last:
        yield replace(base, mark=UNTIL, first=last, last=last)


def _review(kind: Kind, item: Item, chosen: str | None) -> Iterator[Entry]:
    """The day to look again at what is not over."""
    over: Sequence[str] | Mapping[str, str] = OVER if kind is INITIATIVE else ENDED[kind]
    if chosen is None or item.get(STANDING.get(kind, "status")) in over:
        return
    day = date.fromisoformat(chosen)
    yield Entry("review", f"{item['reference']}.review", ON, day, day, item, kind=kind)


def _held(item: Item, span: Horizon) -> Iterator[Entry]:
    """The editions of an initiative, and when the next are expected."""
    base = Entry("edition", "", ON, span.day, span.day, item, kind=INITIATIVE)
    for row in item["editions"]:
        name = f"{item['reference']}.edition-{row['key']}"
        yield from marked(replace(base, name=name, row=row), value_of(row["when"] or {}))
    if item["recurrence"] is None or item["status"] in RESTING:
        return
    for each in within(item, span.day.year, span.last.year):
        window = value_of(each["window"])
        # That something comes back some time in a year is no day to write down.
        named = window.earliest is not None and window.kind != DateKind.YEAR
        if each["state"] in ("expected", "open") and named:
            yield from marked(_expected(base, window), window)


def _expected(base: Entry, window: PolicyDate) -> Entry:
    assert window.earliest is not None
    name = f"{base.item['reference']}.expected-{window.earliest.year}"
    return replace(base, of="expected", name=name)


def _met(item: Item, own: set[str] | None) -> Iterator[Entry]:
    """A meeting and its action points: those of the organisations `own`, or all. What became an
    agreement stands there as that."""
    base = Entry("meeting", f"{item['reference']}.meeting", ON, date.min, date.min, item)
    base = replace(base, kind=MEETING)
    yield from marked(base, value_of(item["when"] or {}))
    for row in item["actions"]:
        owner = (row["owner"] or {}).get("reference")
        if row["commitment"] is None and (own is None or owner in own):
            name = f"{item['reference']}.action-{row['key']}"
            one = replace(base, of="action", name=name, row=row)
            yield from marked(one, value_of(row["due"] or {}))


def _round(found: Round) -> Entry:
    """The closing day of a reporting round."""
    item: dict[str, Any] = {
        "key": found.key,
        "title": found.title,
        "version": 1 if found.closed_at is None else 2,
        "updatedAt": (found.closed_at or found.opened_at).isoformat(),
    }
    return Entry("round", f"round-{found.key}.deadline", ON, found.deadline, found.deadline, item)
