"""Periods and one-sided limits around points in time: 2007 t/m 2018, voor 1 juli, vanaf 2021."""

import re
from dataclasses import replace
from datetime import date

from registry.policydate import notices
from registry.policydate.lexicon import SHIFTS, one_of
from registry.policydate.rules import FOUR, JAAR, read_point
from registry.policydate.span import Context, Span, Unreadable, shift
from registry.policydate.value import DateKind

_LIMITS = tuple(
    (re.compile(rf"(?:{words}) (?P<rest>.+)", re.ASCII), limit)
    for words, limit in (
        (
            r"uiterlijk|(?:op zijn|op zn|ten) laatst[e]?|niet later dan|t/m|tm|tot en met"
            r"|tot uiterlijk|by|no later than|not later than|at the latest|through"
            r"|up to and including",
            "by",
        ),
        (r"voor|eerder dan|voorafgaand aan|before|prior to|earlier than", "before"),
        (r"tot aan|tot|until|till|up to", "until"),
        (
            r"vanaf|sinds|sedert|per|met ingang van|ingaande|miv|op zijn vroegst|from|since|as of"
            r"|as from|starting|with effect from|no earlier than"
            r"|(?:doorlopend|structureel|ongoing) (?:vanaf|sinds|from|since)",
            "from",
        ),
        (r"na|later dan|after|later than", "after"),
        (r"rond|omstreeks|circa|ca|ongeveer|around|about|approximately", "around"),
    )
)
_SUFFIX = re.compile(r"(?P<rest>.+) (?P<word>uiterlijk|at the latest|or earlier|of eerder)")
_ONWARDS = re.compile(r"(?P<rest>.+) (?:onwards?|en verder|of later|or later|and later)")
_END = re.compile(r"(?:aan )?(?:het |the )?(?:eind|einde|end|late)\b")
_SEPARATOR = re.compile(
    r" (?P<word>t/m|tm|tot en met|tot uiterlijk|tot|through|up to and including|to|until|till|en"
    r"|and) | ?(?:t/m|[-/]) ?"
)
_OPENING = re.compile(
    r"^(?:(?:in|over|gedurende|during|for|de|het|the|periode|period|jaren|years|van|vanaf|from"
    r"|since|sinds|of) )+"
)
_BETWEEN = re.compile(r"(?:in de periode |in the period )?(?:tussen|between) ")
_YEAR_AT_END = re.compile(rf"\b(?:{FOUR}|{one_of(SHIFTS)} {JAAR})$")
_HAS_YEAR = re.compile(rf"\b(?:{FOUR}|{JAAR})\b| (?:jl|as|last|next)$")
_PRECISION = (DateKind.DAY, DateKind.MONTH, DateKind.QUARTER, DateKind.HALF, DateKind.YEAR)
_EXCLUSIVE = frozenset({"tot", "until", "till"})


def has_year(words: str) -> bool:
    """Whether the words say which year they mean."""
    return _HAS_YEAR.search(words) is not None


def read_dated(words: str, context: Context) -> Span | None:
    """The span of a point, a period or a limit; None where the words are no date."""
    return read_point(words, context) or _read_period(words, context) or _read_limit(words, context)


def _read_limit(words: str, context: Context) -> Span | None:
    if match := _SUFFIX.fullmatch(words):
        return _limited("by", match["rest"], context)
    if match := _ONWARDS.fullmatch(words):
        return _limited("from", _OPENING.sub("", match["rest"], count=1), context)
    for pattern, limit in _LIMITS:
        if match := pattern.fullmatch(words):
            return _limited(limit, match["rest"], context)
    return None


def _limited(limit: str, rest: str, context: Context) -> Span | None:
    span = read_point(rest, context) or _read_limit(rest, context)
    if span is None:
        return None
    limited = _APPLY[limit](span, rest, context)
    # "From by now" limits the side that was open already: nothing is left.
    return limited if limited.earliest or limited.latest else None


def _by(span: Span, rest: str, context: Context) -> Span:
    return replace(span, earliest=None)


def _before(span: Span, rest: str, context: Context) -> Span:
    # "Before the end of 2021" allows the last day of it, unlike "before July".
    if _END.match(rest):
        return _by(span, rest, context)
    return replace(span, earliest=None, latest=_eve(span, context))


def _until(span: Span, rest: str, context: Context) -> Span:
    if span.kind is DateKind.VAGUE:
        return replace(_by(span, rest, context), convention=True)
    return _exclusive(_before(span, rest, context))


def _exclusive(span: Span) -> Span:
    return span.noting(notices.up_to(span.latest)) if span.latest else span


def _from(span: Span, rest: str, context: Context) -> Span:
    return replace(span, latest=None)


def _after(span: Span, rest: str, context: Context) -> Span:
    if span.latest is None:
        raise Unreadable()
    return replace(span, earliest=shift(span.latest, 1, context), latest=None)


def _around(span: Span, rest: str, context: Context) -> Span:
    return replace(span, kind=DateKind.VAGUE, convention=True).noting(notices.approximate())


_APPLY = {
    "by": _by,
    "before": _before,
    "until": _until,
    "from": _from,
    "after": _after,
    "around": _around,
}


def _eve(span: Span, context: Context) -> date:
    if span.earliest is None:
        raise Unreadable()
    return shift(span.earliest, -1, context)


def _read_period(words: str, context: Context) -> Span | None:
    between = _BETWEEN.match(words)
    words = words[between.end() :] if between else _OPENING.sub("", words, count=1)
    for match in _SEPARATOR.finditer(words):
        if (match["word"] in ("en", "and")) != bool(between):
            continue
        sides = words[: match.start()], words[match.end() :]
        if all(sides) and (span := _joined(*sides, match["word"], context)):
            return span
    return None


def _joined(left: str, right: str, word: str | None, context: Context) -> Span | None:
    last = read_point(_with_year(right, left), context)
    first = _first_side(left, right, last, context) if last else None
    if first is None or last is None or first.earliest is None or last.latest is None:
        return None
    exclusive = word in _EXCLUSIVE and last.kind is not DateKind.VAGUE
    end = _eve(last, context) if exclusive else last.latest
    if end < first.earliest:
        raise Unreadable(notices.reversed_range(context.words))
    joined = Span(
        first.earliest,
        end,
        _coarsest(first.kind, last.kind),
        convention=first.convention or last.convention,
        anchored=first.anchored or last.anchored,
        notices=first.notices + last.notices,
    )
    return _exclusive(joined) if exclusive else joined


def _with_year(side: str, other: str) -> str:
    """`side` with the year of `other`, where only the other has one."""
    year = _YEAR_AT_END.search(other)
    return side if has_year(side) or not year else f"{side} {year[0]}"


def _first_side(left: str, right: str, last: Span | None, context: Context) -> Span | None:
    """The start of a period, which may borrow month and year from its end."""
    year = _YEAR_AT_END.search(right)
    if has_year(left) or not year:
        return read_point(left, context)
    shared = right.partition(" ")[2]
    first = read_point(f"{left} {year[0]}", context) or read_point(f"{left} {shared}", context)
    if _is_after(first, last) and year[0].isdigit():
        # "November to February 2021" begins in the year before.
        return read_point(f"{left} {int(year[0]) - 1}", context)
    return first


def _is_after(first: Span | None, last: Span | None) -> bool:
    if first is None or last is None or first.earliest is None or last.latest is None:
        return False
    return first.earliest > last.latest


def _coarsest(first: DateKind, last: DateKind) -> DateKind:
    if first not in _PRECISION or last not in _PRECISION:
        return DateKind.VAGUE
    return max(first, last, key=_PRECISION.index)
