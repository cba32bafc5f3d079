"""Seasons and recesses, and words that point at the time of writing: inmiddels, komende jaren."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from registry.policydate import notices
from registry.policydate.lexicon import RECESSES, SEASONS, SHIFTS, one_of
from registry.policydate.rules import (
    FOUR,
    OF,
    THE_YEAR,
    found_year,
    rule,
    supplied_year,
    year_of,
)
from registry.policydate.span import (
    Context,
    Span,
    Unreadable,
    Year,
    latest_year,
    next_year,
    shift,
    window_span,
)
from registry.policydate.value import DateKind
from registry.words import Words

_COMING = one_of(word for word, step in SHIFTS.items() if step > 0)
_PASSED = one_of(word for word, step in SHIFTS.items() if step < 0)
_SEASON = rf"(?P<season>{one_of(SEASONS)})"
_SIDE = r"(?P<side>voor|voorafgaand aan|tot|before|prior to|until|by|na|na afloop van|after) "
_RECESS = rf"(?P<recess>{one_of(RECESSES)})"
_CHAMBER = (
    r"(?: (?:van de|in de|of the) (?P<chamber>eerste kamer|senaat|senate|tweede kamer|house))?"
)
_SENATE = ("eerste kamer", "senaat", "senate")
_RECESS_NAMES = {
    "summer": Words("zomerreces", "summer recess"),
    "autumn": Words("herfstreces", "autumn recess"),
    "christmas": Words("kerstreces", "Christmas recess"),
    "spring": Words("voorjaarsreces", "spring recess"),
    "may": Words("meireces", "May recess"),
}


@rule(rf"{_SEASON}(?:{OF}{THE_YEAR})?")
@rule(rf"(?P<season>winter)(?: van| of)? (?P<year>{FOUR}) ?[-/] ?(?:{FOUR}|[0-9]{{2}})")
def _season(match: re.Match[str], context: Context) -> Span:
    groups = match.groupdict()
    named = groups["year"] or groups.get("shift") or match[0] != match["season"]
    figures = groups["year"]
    if figures:
        year = Year(int(figures))
    else:
        year = year_of(match, context) if named else supplied_year(context)
    return year.mark(_season_span(SEASONS[match["season"]], year.number, context))


@rule(rf"(?P<near>{one_of(SHIFTS)}) {_SEASON}")
def _near_season(match: re.Match[str], context: Context) -> Span:
    season, step = SEASONS[match["season"]], SHIFTS[match["near"]]
    edge = "latest" if step < 0 else "earliest"
    year = _near_year(
        step, lambda number: getattr(window_span(season, number, context), edge), context
    )
    return year.mark(_season_span(season, year.number, context))


def _season_span(season: str, year: int, context: Context) -> Span:
    span = window_span(season, year, context)
    if span.earliest is None or span.latest is None or span.earliest.year == span.latest.year:
        return span
    return span.noting(notices.winter(span.earliest, span.latest))


def _near_year(step: int, candidate: Callable[[int], date | None], context: Context) -> Year:
    anchor = context.require_anchor()
    if step == 0:
        return found_year(anchor.year, context)
    search = next_year if step > 0 else latest_year
    return found_year(search(anchor, candidate), context)


@rule(
    rf"(?:{_SIDE})?(?:(?:het|de|the) )?(?:(?P<near>{one_of(SHIFTS)}) )?{_RECESS}"
    rf"{_CHAMBER}(?:{OF}{THE_YEAR})?"
)
@rule(
    rf"{_SIDE}(?:(?:het|de|the) )?(?:(?P<near>{one_of(SHIFTS)}) )?(?P<recess>zomer|summer)"
    rf"(?:{OF}{THE_YEAR})?"
)
def _recess(match: re.Match[str], context: Context) -> Span:
    name = RECESSES.get(match["recess"], "summer")
    if match.groupdict().get("chamber") in _SENATE:
        own = replace(context.conventions, recesses=context.conventions.senate)
        context = replace(context, conventions=own)
    year = _recess_year(match, name, context)
    return year.mark(_beside(match["side"], _recess_span(name, year.number, context), context))


def _recess_year(match: re.Match[str], name: str, context: Context) -> Year:
    named = match.groupdict().get("chamber") or match["recess"]
    if not match[0].endswith(named):
        return year_of(match, context)

    def beginning(number: int) -> date | None:
        try:
            return _recess_span(name, number, context).earliest
        except Unreadable:
            return None

    anchor = context.require_anchor()
    if step := SHIFTS.get(match["near"], 0):
        search = next_year if step > 0 else latest_year
        return Year(search(anchor, beginning) or anchor.year + step, anchored=True)
    if match["near"]:
        return Year(anchor.year, anchored=True)
    number = next_year(anchor, beginning) or anchor.year
    return Year(number, anchored=True, notices=(notices.next_year_taken(context.words, number),))


def _recess_span(name: str, year: int, context: Context) -> Span:
    known = context.conventions.recesses.get((name, year))
    if known:
        return Span(min(known), max(known), DateKind.VAGUE, convention=True)
    if name != "summer":
        raise Unreadable(notices.recess_unknown(_RECESS_NAMES[name], year))
    span = window_span("zomerreces", year, context)
    return span.noting(notices.recess_assumed(year, span.earliest)) if span.earliest else span


def _beside(side: str | None, recess: Span, context: Context) -> Span:
    """The part of the year before or after the recess, or the recess itself."""
    if side is None or recess.earliest is None or recess.latest is None:
        return recess
    if side.startswith(("na", "after")):
        first = shift(recess.latest, 1, context)
        return replace(recess, earliest=first, latest=date(first.year, 12, 31))
    last = shift(recess.earliest, -1, context)
    return replace(recess, earliest=date(last.year, 1, 1), latest=last)


@rule(rf"{_COMING} (?:jaren|years)")
def _coming_years(match: re.Match[str], context: Context) -> Span:
    anchor = context.require_anchor()
    first = shift(date(anchor.year, 12, 31), 1, context)
    return Span(first, None, DateKind.VAGUE, convention=True, anchored=True)


@rule(rf"{_COMING} (?:maanden|weken|tijd|periode|months|weeks|time|period)")
def _coming_time(match: re.Match[str], context: Context) -> Span:
    first = shift(context.require_anchor(), 1, context)
    return Span(first, None, DateKind.VAGUE, convention=True, anchored=True)


@rule(rf"{_PASSED} (?:jaren|maanden|weken|tijd|periode|years|months|weeks|time|period)")
@rule(r"inmiddels|reeds|already|by now|meanwhile|tot nu toe|tot op heden|to date|so far")
def _so_far(match: re.Match[str], context: Context) -> Span:
    anchor = context.require_anchor()
    return Span(None, anchor, DateKind.VAGUE, convention=True, anchored=True)


@rule(r"(?:(?:in|met|with|by) )?(?:deze|this) (?:brief|letter)|hierbij|bij deze|hereby|herewith")
def _this_document(match: re.Match[str], context: Context) -> Span:
    anchor = context.require_anchor()
    span = Span(None, anchor, DateKind.VAGUE, convention=True, anchored=True)
    return span.noting(notices.of_this_document(anchor))
