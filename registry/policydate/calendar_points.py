"""Days, months, quarters, halves and years, and the parts of them: medio 2021, begin oktober jl."""

import re
from dataclasses import replace
from datetime import date

from registry.policydate import notices
from registry.policydate.lexicon import MONTH_NUMBERS, ORDINALS, PARTS, SHIFTS, one_of
from registry.policydate.rules import (
    FOUR,
    MONTH,
    OF,
    THE_YEAR,
    WHEN,
    YEAR,
    found_year,
    rule,
    supplied_year,
    year_of,
    year_when,
)
from registry.policydate.span import (
    Context,
    Span,
    Unreadable,
    Year,
    day_of,
    day_span,
    latest_year,
    month_span,
    months_span,
    next_year,
    window_span,
    year_span,
)
from registry.policydate.value import DateKind

_DAY = r"(?P<day>[0-9]{1,2})(?:e|ste|de|st|nd|rd|th)?"
_WEEKDAY = (
    r"(?:(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day) )?"
)
_GAP = r" ?[-/.] ?"
_PART = rf"(?P<part>{one_of(PARTS)})(?: van| of)?[ -]"
_ORDINAL = rf"(?P<ordinal>{one_of(ORDINALS)})"
_QUARTER = rf"(?:{_ORDINAL} (?:kwartaal|quarter)|(?:q|k|kw|kwartaal |quarter )(?P<number>[1-4]))"
_HALF = rf"(?:{_ORDINAL} (?:helft|half|halfjaar|half year)|h(?P<number>[12]))"
# Of a month: its first ten days, the next ten and the rest; or its halves.
_MONTH_PARTS = {"begin": (1, 10), "medio": (11, 20), "eind": (21, 31), 1: (1, 15), 2: (16, 31)}


@rule(rf"(?P<y>{FOUR}){_GAP}(?P<m>[0-9]{{1,2}}){_GAP}(?P<d>[0-9]{{1,2}})")
@rule(rf"{_WEEKDAY}(?P<d>[0-9]{{1,2}}){_GAP}(?P<m>[0-9]{{1,2}}){_GAP}(?P<y>{FOUR})")
def _day_in_figures(match: re.Match[str], context: Context) -> Span:
    return day_span(int(match["y"]), int(match["m"]), int(match["d"]), context)


@rule(rf"[0-9]{{1,2}}{_GAP}[0-9]{{1,2}}{_GAP}[0-9]{{2}}")
@rule(rf"(?:[0-9]{{1,2}} )?{MONTH} [0-9]{{2}}")
def _two_digit_year(match: re.Match[str], context: Context) -> Span:
    raise Unreadable(notices.short_year(context.words))


@rule(rf"(?P<y>{FOUR})[-/](?P<m>[0-9]{{2}})")
@rule(rf"(?P<m>[0-9]{{1,2}})[-/](?P<y>{FOUR})")
def _month_in_figures(match: re.Match[str], context: Context) -> Span:
    return month_span(int(match["y"]), int(match["m"]), context)


@rule(rf"{_WEEKDAY}{_DAY}(?: of)? {MONTH}{WHEN}")
@rule(rf"{_WEEKDAY}{MONTH} {_DAY}{WHEN}")
def _day(match: re.Match[str], context: Context) -> Span:
    month, day = MONTH_NUMBERS[match["month"]], int(match["day"])
    year = year_when(match, context, lambda number: day_of(number, month, day))
    return year.mark(day_span(year.number, month, day, context))


@rule(rf"(?:maand )?{MONTH}{WHEN}")
def _month(match: re.Match[str], context: Context) -> Span:
    month = MONTH_NUMBERS[match["month"]]
    year = year_when(match, context, lambda number: day_of(number, month, 1))
    return year.mark(month_span(year.number, month, context))


@rule(rf"(?P<near>{one_of(SHIFTS)}) (?:{_DAY} )?{MONTH}")
def _near_month(match: re.Match[str], context: Context) -> Span:
    month, day = MONTH_NUMBERS[match["month"]], int(match["day"] or 1)
    year = _near_year(match["near"], month, day, context)
    if match["day"]:
        return year.mark(day_span(year.number, month, day, context))
    return year.mark(month_span(year.number, month, context))


def _near_year(word: str, month: int, day: int, context: Context) -> Year:
    anchor = context.require_anchor()
    search = {1: next_year, -1: latest_year}.get(SHIFTS[word])
    if search is None:
        return found_year(anchor.year, context)
    return found_year(search(anchor, lambda number: day_of(number, month, day)), context)


@rule(rf"{_PART}{MONTH}{WHEN}")
@rule(rf"{_ORDINAL} (?:helft|half){OF}{MONTH}{WHEN}")
def _part_of_month(match: re.Match[str], context: Context) -> Span:
    month = MONTH_NUMBERS[match["month"]]
    groups = match.groupdict()
    part = PARTS[groups["part"]] if groups.get("part") else _number(match, 2)
    first, last = _MONTH_PARTS[part]
    year = year_when(match, context, lambda number: day_of(number, month, first))
    start = day_of(year.number, month, first)
    end = next((day for n in range(last, 0, -1) if (day := day_of(year.number, month, n))), None)
    return year.mark(Span(start, end, DateKind.VAGUE, convention=True))


@rule(rf"(?P<near>{one_of(SHIFTS)}) (?P<unit>maand|month|kwartaal|quarter)")
def _near_unit(match: re.Match[str], context: Context) -> Span:
    anchor = context.require_anchor()
    length = 1 if match["unit"] in ("maand", "month") else 3
    position = (anchor.year * 12 + anchor.month - 1) // length + SHIFTS[match["near"]]
    year, first = divmod(position * length, 12)
    kind = DateKind.MONTH if length == 1 else DateKind.QUARTER
    return replace(months_span(year, first + 1, first + length, kind, context), anchored=True)


@rule(rf"{_QUARTER}(?:{OF}|-){THE_YEAR}")
@rule(rf"(?P<year>{FOUR})[ -]q(?P<number>[1-4])")
def _quarter(match: re.Match[str], context: Context) -> Span:
    quarter = _number(match, 4)
    return _months_of_year(match, context, quarter * 3 - 2, quarter * 3, DateKind.QUARTER)


@rule(rf"{_PART}(?:het |the )?{_QUARTER}(?:{OF}|-){THE_YEAR}")
def _part_of_quarter(match: re.Match[str], context: Context) -> Span:
    within = {"begin": -2, "medio": -1, "eind": 0}[PARTS[match["part"]]]
    month = _number(match, 4) * 3 + within
    span = _months_of_year(match, context, month, month, DateKind.VAGUE)
    return replace(span, convention=True)


@rule(rf"{_HALF}(?:{OF}|-){THE_YEAR}")
@rule(rf"(?P<year>{FOUR})[ -]h(?P<number>[12])")
def _half(match: re.Match[str], context: Context) -> Span:
    half = _number(match, 2)
    return _months_of_year(match, context, half * 6 - 5, half * 6, DateKind.HALF)


@rule(_QUARTER)
@rule(_HALF)
def _without_year(match: re.Match[str], context: Context) -> Span:
    """A quarter or half of the anchor's year."""
    quarter = "kwartaal" in match[0] or "quarter" in match[0] or match[0][0] in "qk"
    count, length = (4, 3) if quarter else (2, 6)
    last = _number(match, count) * length
    year = supplied_year(context)
    kind = DateKind.QUARTER if quarter else DateKind.HALF
    return year.mark(months_span(year.number, last - length + 1, last, kind, context))


def _months_of_year(
    match: re.Match[str], context: Context, first: int, last: int, kind: DateKind
) -> Span:
    figures = match["year"]
    year = Year(int(figures)) if figures else year_of(match, context)
    return year.mark(months_span(year.number, first, last, kind, context))


def _number(match: re.Match[str], count: int) -> int:
    """The ordinal or figure that was matched, of `count` parts; "last" is the last of them."""
    groups = match.groupdict()
    number = ORDINALS[groups["ordinal"]] if groups.get("ordinal") else int(groups["number"])
    if number > count:
        raise Unreadable()
    return number if number > 0 else count


@rule(rf"{_PART}{THE_YEAR}")
def _part_of_year(match: re.Match[str], context: Context) -> Span:
    year = year_of(match, context)
    return year.mark(window_span(PARTS[match["part"]], year.number, context))


@rule(YEAR)
def _year(match: re.Match[str], context: Context) -> Span:
    year = year_of(match, context)
    return year.mark(year_span(year.number, context))


@rule(rf"(?:loop|verloop|course) (?:van|of) {THE_YEAR}")
@rule(rf"later (?:van |in ){YEAR}")
def _course_of_year(match: re.Match[str], context: Context) -> Span:
    year = year_of(match, context)
    return year.mark(replace(year_span(year.number, context), convention=True))


@rule(r"(?:nog|still|later) (?:in )?(?P<near>dit|this) (?:kalenderjaar|jaar|calendar year|year)")
def _rest_of_year(match: re.Match[str], context: Context) -> Span:
    anchor = context.require_anchor()
    # A reference year is given as its 31 December: then no day is known and the year counts.
    first = date(anchor.year, 1, 1) if (anchor.month, anchor.day) == (12, 31) else anchor
    return replace(year_span(anchor.year, context), earliest=first, anchored=True)


@rule(r"(?:eerder|earlier) (?:dit|this) (?:jaar|year)")
def _year_so_far(match: re.Match[str], context: Context) -> Span:
    anchor = context.require_anchor()
    return replace(year_span(anchor.year, context), latest=anchor, anchored=True)
