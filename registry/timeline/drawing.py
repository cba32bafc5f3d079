"""Where something stands on the line, in hundredths of its width: what is sure of it and what is
not are drawn apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..policydate import DateKind

Window = Mapping[str, Any]
EXACT = {DateKind.DAY, DateKind.MONTH, DateKind.QUARTER, DateKind.HALF, DateKind.YEAR}
"""Words that say themselves which days they are; the window of others is a reading of them."""
THIN = 0.6  # a day has to be seen on a line of years
MONTHS = {"quarter": (1, 4, 7, 10), "year": (1,)}


@dataclass(frozen=True)
class Line:
    """The line from the first day of a year to the last day of another, and where we stand."""

    first: int
    last: int
    day: date

    def place(self, day: date) -> float:
        """Where a day begins, between 0 and 100."""
        begin, end = date(self.first, 1, 1), date(self.last + 1, 1, 1)
        share = (day - begin).days / (end - begin).days * 100
        return round(min(max(share, 0), 100), 3)

    def marks(self, unit: str) -> list[dict[str, Any]]:
        """The beginning of each year, and of each quarter where these are asked for."""
        return [
            {
                "x": self.place(date(year, month, 1)),
                "year": year if month == 1 else None,
                "label": str(year) if month == 1 else f"{(month + 2) // 3}",
            }
            for year in range(self.first, self.last + 1)
            for month in MONTHS[unit]
        ]

    @property
    def here(self) -> float | None:
        """Where the reference date is, where that is on the line."""
        return self.place(self.day) if self.first <= self.day.year <= self.last else None

    def bar(
        self, first: date | None, last: date | None, look: str, *, sure: bool
    ) -> Iterator[dict[str, Any]]:
        """From the one day until and with the other; without one it goes on to the edge."""
        begin = self.place(first) if first else 0
        end = self.place(last + timedelta(days=1)) if last and last < date.max else 100
        if begin < 100 and end > 0 and begin <= end:
            width = round(max(end - begin, THIN), 3)
            yield {"x": min(begin, 100 - THIN), "width": width, "sure": sure, "look": look}


def days(window: Window | None) -> tuple[date | None, date | None]:
    """The first and the last day of a window."""
    given = [(window or {}).get(name) for name in ("earliest", "latest")]
    first, last = (date.fromisoformat(day) if day else None for day in given)
    return first, last


def moment(line: Line, window: Window | None, look: str) -> list[dict[str, Any]]:
    """Something that happens once in a window: sure where its words name these days."""
    first, last = days(window)
    if window is None or not (first or last):
        return []
    return list(line.bar(first, last, look, sure=window.get("kind") in EXACT))


def series(line: Line, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Statuses that follow each other. Between the window in which one begins and that in which
    it ends it is sure; without an end it is sure until the reference date."""
    found: list[dict[str, Any]] = []
    for row, after in zip(rows, [*rows[1:], {}], strict=False):
        found += _status(line, row, days(row.get("until") or after.get("from")))
    return found


def _status(
    line: Line, row: Mapping[str, Any], ends: tuple[date | None, date | None]
) -> Iterator[dict[str, Any]]:
    look = row["status"]
    begins = days(row.get("from"))
    sure = begins[1] or begins[0]
    until = _before(ends[0]) if ends[0] else line.day
    if begins[0] and sure and begins[0] < sure:
        yield from line.bar(begins[0], _before(sure), look, sure=False)
    if sure is None:
        yield from line.bar(None, until, look, sure=False)
    elif sure <= until:
        yield from line.bar(sure, until, look, sure=True)
    if ends[0] is None:
        yield from line.bar(max(filter(None, (line.day, sure))), None, look, sure=False)
    elif ends[1] and ends[0] < ends[1]:
        yield from line.bar(ends[0], ends[1], look, sure=False)


def _before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day
