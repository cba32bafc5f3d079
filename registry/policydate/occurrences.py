"""What recurs every year, year by year: the window in which each occurrence is expected."""

import re
from datetime import date

from registry.policydate.lexicon import plain
from registry.policydate.reading import read
from registry.policydate.value import DEFAULTS, Conventions, DateKind, PolicyDate

_YEARLY = (
    r"(?:jaarlijkse?|annual(?:ly)?|yearly|(?:elk|ieder|every|each) (?:jaar|year)"
    r"|(?:een (?:keer|maal) )?per jaar|once (?:a|per) year)"
)
_PATTERNS = (
    re.compile(rf"{_YEARLY}(?: (?P<rest>.+))?"),
    re.compile(rf"(?P<rest>.+) {_YEARLY}"),
)
_YEAR = re.compile(r"\b[12][0-9]{3}\b")


def occurrences(
    value: PolicyDate, first: int, last: int, conventions: Conventions = DEFAULTS
) -> list[PolicyDate]:
    """The expected windows from the year `first` to `last`, within that of `value` itself.

    Only what recurs every year has them: of "every two years" nobody knows which years.
    """
    part = _part(value)
    if part is None:
        return []
    begin = max(first, value.earliest.year if value.earliest else first)
    end = min(last, value.latest.year if value.latest else last)
    return [_in_year(part, year, conventions) for year in range(begin, end + 1)]


def _part(value: PolicyDate) -> str | None:
    """The part of the year that the words name: "" is the whole; None is not yearly."""
    if value.kind != DateKind.RECURRING or not value.text:
        return None
    words = plain(value.text)
    match = next(filter(None, (pattern.fullmatch(words) for pattern in _PATTERNS)), None)
    if match is None:
        return None
    rest = match["rest"] or ""
    return "" if _YEAR.search(rest) else rest


def _in_year(part: str, year: int, conventions: Conventions) -> PolicyDate:
    bare = re.sub(r"^(?:in|op|on) ", "", part)
    found = read(f"{bare} {year}".strip(), conventions=conventions).value
    if found.earliest is None:
        return PolicyDate(str(year), date(year, 1, 1), date(year, 12, 31), DateKind.YEAR)
    return found
