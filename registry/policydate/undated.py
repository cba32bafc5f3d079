"""Words of time without a day: what recurs, what waits for a condition, what is left open."""

import re

from registry.policydate.bounds import has_year, read_dated
from registry.policydate.span import Context, Span
from registry.policydate.value import DateKind

_RECURRING_WORDS = (
    r"(?:(?:half|twee|drie|vier|vijf)?jaarlijkse?|maandelijkse?|wekelijkse?|periodieke?"
    r"|annual(?:ly)?|biannual(?:ly)?|yearly|quarterly|monthly|weekly|periodical(?:ly)?"
    r"|(?:elke?|ieder[e]?|every|each) [a-z]+"
    r"|om de? [a-z]+ jaar|om het jaar"
    r"|per (?:jaar|halfjaar|kwartaal|maand|week)|(?:[a-z]+ (?:keer|maal|times) )?"
    r"(?:per|a) (?:jaar|year|maand|month|kwartaal|quarter)|(?:once|twice) (?:a|per) year)"
)
_RECURRING = (
    re.compile(rf"{_RECURRING_WORDS}(?: (?P<rest>.+))?"),
    re.compile(rf"(?P<rest>.+) {_RECURRING_WORDS}"),
)
_CONDITIONAL = re.compile(
    r"(?:totdat|zodra|nadat|indien|mits|voordat|alvorens|once|as soon as|provided|depending"
    r"|afhankelijk|subject to|pending|in afwachting|op voorwaarde)\b.*"
    r"|(?:tot|na|bij|als|wanneer|until|till|after|before|prior to|voorafgaand aan|when|if|upon"
    r"|on completion of|na afloop van) (?:[^0-9]*[a-z]{2}.*)"
)
_OPEN = re.compile(
    r"(?:in |at |op )?(?:(?:een|a|the) )?(?:later|latere|volgend|next) (?:stadium|moment|stage"
    r"|tijdstip|fase|phase|date|time)"
    r"|later|doorlopend|continu|voortdurend|blijvend|structureel|permanent|ongoing|continuous(?:ly)?"
    r"|op termijn|te zijner tijd|tzt|binnenkort|spoedig|zo (?:spoedig|snel) mogelijk"
    r"|as soon as possible|soon|shortly|eventually|in due course|in de toekomst|in the future"
    r"|nader te bepalen|ntb|nog niet bekend|onbekend|unknown|to be determined|tbd|geen|none"
    r"|op korte termijn|op (?:de )?lange(?:re)? termijn|in the (?:short|long) (?:term|run)"
)


def read_open(words: str) -> Span | None:
    """Words that leave the time open on purpose: later, doorlopend, zo spoedig mogelijk."""
    return Span(None, None, DateKind.NONE) if _OPEN.fullmatch(words) else None


def read_recurring(words: str, context: Context) -> Span | None:
    """What recurs; a window only where the words name a year, as in "jaarlijks vanaf 2015"."""
    for pattern in _RECURRING:
        if match := pattern.fullmatch(words):
            return _recurring(match["rest"] or "", context)
    return None


def _recurring(rest: str, context: Context) -> Span:
    dated = read_dated(rest, context) if has_year(rest) else None
    if dated is None:
        return Span(None, None, DateKind.RECURRING)
    return Span(
        dated.earliest,
        dated.latest,
        DateKind.RECURRING,
        convention=dated.convention,
        anchored=dated.anchored,
        notices=dated.notices,
    )


def read_conditional(words: str) -> Span | None:
    """What waits for something else to happen: totdat, zodra, after the pilot."""
    return Span(None, None, DateKind.CONDITIONAL) if _CONDITIONAL.fullmatch(words) else None
