"""What was chosen in a list, each choice with the address of the list without it."""

from collections.abc import Iterator
from datetime import date, datetime

from flask import request
from flask_babel import format_date, format_datetime, format_decimal

from .. import listing
from ..fields import Rows
from ..kind import Kind
from ..listing import Facet, Option, Question
from ..web import links
from ..web.language import say, t
from ..words import Words

Chip = dict[str, str]
NONE = "none"
UNCLASSIFIED = Words("nog niet ingedeeld", "not classified yet")


def args() -> list[tuple[str, str]]:
    """The parameters of this list, without those that say nothing."""
    return [(n, v) for n, v in request.args.items(multi=True) if n != "lang" and v.strip()]


def chosen(kind: Kind, question: Question, facets: list[Facet]) -> Iterator[Chip]:
    """Every choice that can be taken back."""
    if question.q:
        yield _chip(t("Zoekwoorden", "Words"), question.q, "q", None)
    for facet in facets:
        for option in facet.options:
            if option.checked:
                label = say(words(kind, facet.name, option))
                yield _chip(say(facet.words), label, facet.name, option.value)
    yield from _uncounted(kind, question, {facet.name for facet in facets})
    for name, day in question.ranges.items():
        yield _ranged(kind, name, day)


def words(kind: Kind, name: str, option: Option) -> Words:
    """The words for a choice; that nobody classified something is never called empty."""
    return UNCLASSIFIED if option.value == NONE and _classifies(kind, name) else option.words


def _classifies(kind: Kind, name: str) -> bool:
    return any(
        isinstance(field, Rows)
        and field.about.section == "classification"
        and name in field.schema.filters
        for field in kind.dictionary.described().values()
    )


def _uncounted(kind: Kind, question: Question, counted: set[str]) -> Iterator[Chip]:
    """Choices in filters that have no counts, such as a dossier number."""
    known = listing.filters(kind)
    for name in question.filters.keys() - counted:
        for value in question.filters[name]:
            yield _chip(say(known[name].words), value, name, value)


def _ranged(kind: Kind, name: str, limit: date | datetime | float) -> Chip:
    span = listing.spans(kind)[name]
    label = f"{say(span.words)} {say(span.bound.words)}"
    return _chip(label, _shown(limit), name, None)


def _shown(limit: date | datetime | float) -> str:
    if isinstance(limit, datetime):
        return str(format_datetime(limit, "long"))
    return str(format_date(limit, "long") if isinstance(limit, date) else format_decimal(limit))


def _chip(label: str, value: str, name: str, only: str | None) -> Chip:
    rest = [
        (n, v) for n, v in args() if n != "page" and not (n == name and only in (None, v.strip()))
    ]
    return {"label": f"{label}: {value}", "remove_url": links.with_args(rest)}
