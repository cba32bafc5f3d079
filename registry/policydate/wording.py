"""The window of a policy date in words, short where the window is a whole month or year."""

import calendar
from datetime import date

from registry.policydate.lexicon import MONTHS_EN, MONTHS_NL
from registry.policydate.value import DateKind, PolicyDate
from registry.words import Words

_TO = Words("t/m", "to")
_FROM = Words("vanaf", "from")
_BY = Words("uiterlijk", "no later than")


def describe(value: PolicyDate, lang: str) -> str | None:
    """The window in language `lang` ("nl" or "en"); None where the value has no day.

    "1 juni t/m 31 juli 2021", "oktober 2019", "vanaf 2021", "no later than 30 June 2021".
    """
    first, last = value.earliest, value.latest
    precision = _precision(value)
    end = _edge(last, precision, lang) if last else ""
    start = _edge(first, precision, lang) if first else ""
    if first and last and start != end:
        return f"{_shortened(first, last, precision, lang)} {_TO.in_(lang)} {end}"
    if first and not last:
        return f"{_FROM.in_(lang)} {start}"
    if last and not first:
        return f"{_BY.in_(lang)} {end}"
    return end or None


def _precision(value: PolicyDate) -> DateKind:
    """Month or year where the window begins and ends on the edge of one, else day."""
    first, last = value.earliest, value.latest
    at_month = (first is None or first.day == 1) and (last is None or _ends_month(last))
    at_year = (first is None or first.month == 1) and (last is None or last.month == 12)
    if value.kind is DateKind.YEAR and at_month and at_year:
        return DateKind.YEAR
    if value.kind is DateKind.MONTH and at_month:
        return DateKind.MONTH
    return DateKind.DAY


def _ends_month(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _edge(day: date, precision: DateKind, lang: str) -> str:
    if precision is DateKind.YEAR:
        return str(day.year)
    month = Words(MONTHS_NL[day.month - 1], MONTHS_EN[day.month - 1]).in_(lang)
    if precision is DateKind.MONTH:
        return f"{month} {day.year}"
    return f"{day.day} {month} {day.year}"


def _shortened(first: date, last: date, precision: DateKind, lang: str) -> str:
    """The first day without what it shares with the last."""
    words = _edge(first, precision, lang).split()
    if precision is DateKind.YEAR or first.year != last.year:
        return " ".join(words)
    if precision is DateKind.DAY and first.month == last.month:
        return words[0]
    return " ".join(words[:-1])
