"""The values of policy time: a policy date, and the reading conventions behind vague words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from registry.words import Words


class DateKind(StrEnum):
    """How precise the words are, or why they name no day."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    VAGUE = "vague"
    RECURRING = "recurring"
    CONDITIONAL = "conditional"
    NONE = "none"


@dataclass(frozen=True)
class PolicyDate:
    """Words with the first and last day that they may mean, both inclusive; None is open.

    `anchor` is the day from which relative words were read, None where none were.
    """

    text: str | None
    earliest: date | None
    latest: date | None
    kind: DateKind | None
    anchor: date | None = None

    def __composite_values__(
        self,
    ) -> tuple[str | None, date | None, date | None, DateKind | None, date | None]:
        """The columns of this value, in the order of the fields."""
        return self.text, self.earliest, self.latest, self.kind, self.anchor

    def __bool__(self) -> bool:
        return any(part for part in self.__composite_values__())

    def as_json(self) -> dict[str, str | None]:
        """As the API, the forms and the history write it: days as ISO text."""
        return {
            "text": self.text,
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "latest": self.latest.isoformat() if self.latest else None,
            "kind": str(self.kind) if self.kind else None,
            "anchor": self.anchor.isoformat() if self.anchor else None,
        }


_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Window:
    """A part of any year, as (month, day) of its first and last day, both inclusive.

    An end before the start lies in the next year; 29 February stands for the month's last day.
    """

    start: tuple[int, int]
    end: tuple[int, int]

    def __post_init__(self) -> None:
        for month, day in (self.start, self.end):
            if not 1 <= month <= 12 or not 1 <= day <= _LONGEST_MONTHS[month - 1]:
                raise ValueError(f"no such day of the year: month {month}, day {day}")

    def in_year(self, year: int) -> tuple[date, date]:
        """The first and last day of this window that begins in `year`."""
        return _day(year, self.start), _day(year + (self.end < self.start), self.end)


def _day(year: int, month_day: tuple[int, int]) -> date:
    if month_day != (2, 29):
        return date(year, *month_day)
    return date(year, 3, 1) - timedelta(days=1)


DEFAULT_WINDOWS: Mapping[str, Window] = MappingProxyType(
    {
        "begin": Window((1, 1), (3, 31)),
        "medio": Window((6, 1), (7, 31)),
        "eind": Window((10, 1), (12, 31)),
        "voorjaar": Window((3, 1), (5, 31)),
        "zomer": Window((6, 1), (8, 31)),
        "najaar": Window((9, 1), (11, 30)),
        "winter": Window((12, 1), (2, 29)),
        # Stands in for the dates of a summer recess that nobody has entered yet: it begins
        # early on purpose, so that "before the recess" is never read too late.
        "zomerreces": Window((7, 1), (8, 31)),
    }
)


@dataclass(frozen=True)
class Conventions:
    """How vague words are read: parts of the year by Dutch name, recesses by name and year: of the
    Tweede Kamer, and in `senate` of the Eerste Kamer.

    The names of recesses are summer, autumn, christmas, spring and may. A window that is not
    given is read as in `DEFAULT_WINDOWS`.
    """

    windows: Mapping[str, Window] = field(default_factory=lambda: DEFAULT_WINDOWS)
    recesses: Mapping[tuple[str, int], tuple[date, date]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    senate: Mapping[tuple[str, int], tuple[date, date]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def window(self, name: str, year: int) -> tuple[date, date]:
        """The first and last day of the window `name` that begins in `year`."""
        return (self.windows.get(name) or DEFAULT_WINDOWS[name]).in_year(year)


DEFAULTS = Conventions()


@dataclass(frozen=True)
class Reading:
    """What was read, what the reader should know, and whether a reading convention was used."""

    value: PolicyDate
    notices: tuple[Words, ...] = ()
    convention: bool = False


def since(value: PolicyDate) -> date | None:
    """The day on which something that begins at `value` takes effect; None if not dated."""
    return value.earliest


def until(value: PolicyDate) -> date | None:
    """The first day on which something that lasts up to `value` no longer holds; None is open."""
    if value.latest is None or value.latest == date.max:
        return None
    return value.latest + timedelta(days=1)
