"""A span of days on its way to becoming a reading, and the steps by which spans are built."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from registry.policydate import notices
from registry.policydate.value import Conventions, DateKind
from registry.words import Words


class Unreadable(Exception):
    """These words are no date; `notice` says why, None when nothing is known about them."""

    def __init__(self, notice: Words | None = None) -> None:
        super().__init__(notice)
        self.notice = notice


@dataclass(frozen=True)
class Context:
    """What a reading may lean on besides the words themselves."""

    words: str
    anchor: date | None
    conventions: Conventions

    def require_anchor(self) -> date:
        """The anchor, or a refusal that says what to add."""
        if self.anchor is None:
            raise Unreadable(notices.needs_anchor(self.words))
        return self.anchor

    def impossible(self) -> Unreadable:
        return Unreadable(notices.impossible(self.words))


@dataclass(frozen=True)
class Span:
    """First and last day (None is open), and how they were found."""

    earliest: date | None
    latest: date | None
    kind: DateKind
    convention: bool = False
    anchored: bool = False
    notices: tuple[Words, ...] = ()

    def noting(self, *more: Words) -> "Span":
        return replace(self, notices=self.notices + more)


@dataclass(frozen=True)
class Year:
    """A year with the way it was found."""

    number: int
    anchored: bool = False
    notices: tuple[Words, ...] = ()

    def mark(self, span: Span) -> Span:
        """`span` with the marks of this year."""
        return replace(
            span, anchored=span.anchored or self.anchored, notices=self.notices + span.notices
        )


def shift(day: date, days: int, context: Context) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise context.impossible() from None


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_span(year: int, month: int, day: int, context: Context) -> Span:
    found = day_of(year, month, day)
    if found is None:
        raise context.impossible()
    return Span(found, found, DateKind.DAY)


def months_span(year: int, first: int, last: int, kind: DateKind, context: Context) -> Span:
    """From the first day of month `first` to the last day of month `last`."""
    if not (1 <= year <= 9999 and 1 <= first <= last <= 12):
        raise context.impossible()
    length = calendar.monthrange(year, last)[1]
    return Span(date(year, first, 1), date(year, last, length), kind)


def month_span(year: int, month: int, context: Context) -> Span:
    return months_span(year, month, month, DateKind.MONTH, context)


def year_span(year: int, context: Context) -> Span:
    return months_span(year, 1, 12, DateKind.YEAR, context)


def window_span(name: str, year: int, context: Context) -> Span:
    """The window that a reading convention gives to `name`."""
    try:
        first, last = context.conventions.window(name, year)
    except ValueError:
        raise context.impossible() from None
    return Span(first, last, DateKind.VAGUE, convention=True)


def latest_year(anchor: date, candidate: Callable[[int], date | None]) -> int | None:
    """The last year whose candidate day is on or before `anchor`."""
    years = range(anchor.year, anchor.year - 9, -1)
    return next((year for year in years if _is_order(candidate(year), anchor)), None)


def next_year(anchor: date, candidate: Callable[[int], date | None]) -> int | None:
    """The first year whose candidate day is on or after `anchor`."""
    years = range(anchor.year, anchor.year + 9)
    return next((year for year in years if _is_order(anchor, candidate(year))), None)


def _is_order(first: date | None, second: date | None) -> bool:
    return first is not None and second is not None and first <= second
