"""Reading the vocabularies: built-in terms with what people changed in open lists."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from ..db import session
from ..policydate import DEFAULTS, Conventions, Window
from ..words import Words
from .lists import LISTS, Term
from .models import ReadingConvention, VocabularyTerm

CHANGED = select(VocabularyTerm.__table__).order_by(VocabularyTerm.id)
AGREED = select(ReadingConvention.__table__)
SENATE = "senate"
"""The Chamber of which words say so; every other recess is that of the House."""


def terms(name: str) -> Mapping[str, Term]:
    """The terms of one list by code, retired ones included. Raises KeyError for no such list."""
    vocabulary = LISTS[name]
    if not vocabulary.open:
        return vocabulary.terms
    return {**vocabulary.terms, **_changed().get(name, {})}


def label(name: str, code: str) -> Words:
    """The words for `code`; a code that is gone reads as itself."""
    term = terms(name).get(code)
    return term.words if term else Words(code, code)


def _changed() -> dict[str, dict[str, Term]]:
    cache: dict[str, Any] = session().info
    if "vocabulary" not in cache:
        found: dict[str, dict[str, Term]] = {}
        for row in session().connection().execute(CHANGED):
            term = Term(row.code, Words(row.nl, row.en), row.definition, row.retired)
            found.setdefault(row.vocabulary, {})[row.code] = term
        cache["vocabulary"] = found
    changed: dict[str, dict[str, Term]] = cache["vocabulary"]
    return changed


def conventions() -> Conventions:
    """The reading agreements: the defaults with what people changed."""
    cache = session().info
    if "conventions" not in cache:
        cache["conventions"] = _merged(session().connection().execute(AGREED).all())
    merged: Conventions = cache["conventions"]
    return merged


def _merged(changed: Any) -> Conventions:
    windows, recesses = dict(DEFAULTS.windows), dict(DEFAULTS.recesses)
    senate = dict(DEFAULTS.senate)
    for row in changed:
        if row.year is None:
            start, end = (row.start.month, row.start.day), (row.ends.month, row.ends.day)
            windows[row.word] = Window(start, end)
        else:
            of = senate if row.chamber == SENATE else recesses
            of[row.word, row.year] = (row.start, row.ends)
    return Conventions(windows, recesses, senate)
