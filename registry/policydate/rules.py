"""The grammar of a point in time: a table of patterns, each with the span that it stands for."""

import re
from collections.abc import Callable
from datetime import date

from registry.policydate import notices
from registry.policydate.lexicon import MONTH_NUMBERS, PAST, SHIFTS, one_of
from registry.policydate.span import Context, Span, Year, latest_year, next_year

Rule = Callable[[re.Match[str], Context], Span]

MONTH = rf"(?P<month>{one_of(MONTH_NUMBERS)})"
OF = r"(?: van| of| in)? "
JAAR = r"(?:kalenderjaar|jaar|calendar year|year)"
FOUR = r"[12][0-9]{3}"
# A year in figures, or one that is counted from the anchor.
YEAR = (
    rf"(?:(?:(?:het |the )?{JAAR} )?(?P<year>{FOUR})"
    rf"|(?:het |the )?(?P<shift>{one_of(SHIFTS)}) {JAAR})"
)
# The same, or "the year" alone: only clear behind a part, as in "the end of the year".
THE_YEAR = rf"(?:{YEAR}|(?:het|the) {JAAR})"
# What may follow a month: a year, "last", "next", or nothing.
WHEN = (
    rf"(?:{OF}{YEAR}| (?P<last>jl|jongstleden|laatstleden|ll|last)"
    r"| (?P<next>as|aanstaande|next))?"
)

_LEADS = re.compile(
    r"(?:in|op|aan|om|de|het|the|at|on|for|of|van|over|during|throughout|gedurende|tijdens|nog"
    r"|still|al|reeds|already|periode|period|jaren|years|naar verwachting|vermoedelijk"
    r"|waarschijnlijk|expected|probably"
    rf"|voor(?= (?:(?:de|het) )?{one_of(SHIFTS)} )) (?=.)"
)
_RULES: list[tuple[re.Pattern[str], Rule]] = []


def rule(pattern: str) -> Callable[[Rule], Rule]:
    """Let the decorated function read what `pattern` matches as a whole."""

    def register(function: Rule) -> Rule:
        _RULES.append((re.compile(pattern, re.ASCII), function))
        return function

    return register


def read_point(words: str, context: Context) -> Span | None:
    """The span of one point in time; None where no rule knows the words.

    Leading words that add nothing ("in the") are dropped one by one until a rule matches.
    """
    lead: re.Match[str] | None
    while True:
        for pattern, function in _RULES:
            if match := pattern.fullmatch(words):
                return function(match, context)
        if not (lead := _LEADS.match(words)):
            return None
        words = words[lead.end() :]


def year_of(match: re.Match[str], context: Context) -> Year:
    """The year that `YEAR` or `THE_YEAR` matched."""
    if figures := match["year"]:
        return Year(int(figures))
    word = match["shift"]
    number = context.require_anchor().year + (SHIFTS[word] if word else 0)
    if not 1 <= number <= 9999:
        raise context.impossible()
    return Year(number, anchored=True, notices=(notices.past_year(number),) * (word in PAST))


def year_when(
    match: re.Match[str], context: Context, candidate: Callable[[int], date | None]
) -> Year:
    """The year that `WHEN` matched, for something that falls on `candidate(year)`."""
    if match["year"] or match["shift"]:
        return year_of(match, context)
    anchor = context.require_anchor()
    if match["last"]:
        return found_year(latest_year(anchor, candidate), context)
    if match["next"]:
        return found_year(next_year(anchor, candidate), context)
    return supplied_year(context)


def found_year(number: int | None, context: Context) -> Year:
    """The year that a search from the anchor found."""
    if number is None:
        raise context.impossible()
    return Year(number, anchored=True)


def supplied_year(context: Context) -> Year:
    """The anchor's year for words without one, with a notice."""
    year = context.require_anchor().year
    return Year(year, anchored=True, notices=(notices.year_supplied(context.words, year),))
