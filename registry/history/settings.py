"""Changes of the vocabularies and the reading conventions in words, for who keeps these."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import url_for

from ..ledger import Change
from ..policydate.notices import day_words
from ..vocabulary import LISTS, label
from ..web import lang, links, say, t
from ..words import Words
from .differences import parts

Told = dict[str, Any]
SETTINGS = {
    "term": Words("Begrippenlijsten", "Vocabularies"),
    "convention": Words("Leesafspraken", "Reading conventions"),
}
"""The kinds of changes that are of no record."""
LEAP = 2004
NAMES = {
    "nl": Words("In het Nederlands", "In Dutch"),
    "en": Words("In het Engels", "In English"),
    "definition": Words("Omschrijving", "Definition"),
    "retired": Words("Vervallen", "Retired"),
    "start": Words("Eerste dag", "First day"),
    "ends": Words("Laatste dag", "Last day"),
    "reason": Words("Waarom zo", "Why so"),
}


def subject(change: Change) -> Told:
    """What was changed: the list, or the word that is read."""
    if change.action == "term":
        known = LISTS.get(change.reference)
        title = say(known.words) if known else change.reference
        url = _url("admin.vocabulary", name=change.reference)
    else:
        title = label("recess", change.reference).in_(lang())
        url = _url("admin.conventions")
    return {"kind": say(SETTINGS[change.action]), "title": title, "url": url}


def _url(endpoint: str, **values: Any) -> str:
    return url_for(endpoint, **values) if links.exists(endpoint) else links.home()


def sentence(change: Change) -> str:
    """What was done, with the codes or the year that it was done to."""
    if change.action == "convention":
        return t("Leesafspraak gewijzigd.", "Reading convention changed.")
    codes = dict.fromkeys(pair["path"].partition(".")[0] for pair in change.changes)
    new = all(pair["old"] is None for pair in change.changes)
    verb = t("Begrip toegevoegd", "Term added") if new else t("Begrip gewijzigd", "Term changed")
    return f"{verb}: {', '.join(codes)}."


def told(change: Change) -> Iterator[Told]:
    """The values: each with its old and its new one."""
    for pair in sorted(change.changes, key=_rank):
        before, _, name = pair["path"].rpartition(".")
        old, new = (_value(pair[side]) for side in ("old", "new"))
        year = f" ({before})" if before.isdigit() else ""
        if before.endswith(".senate"):
            year = f" ({before.partition('.')[0]}, {t('Eerste Kamer', 'Senate')})"
        words = f"{say(NAMES[name])}{year}"
        yield {
            "label": words,
            "old": old,
            "new": new,
            "parts": parts(old, new) if old and new else [],
        }


def _rank(pair: Told) -> tuple[str, int]:
    before, _, name = pair["path"].rpartition(".")
    return before, list(NAMES).index(name)


def _value(value: Any) -> str | None:
    if value is True:
        return t("ja", "yes")
    if not isinstance(value, str):
        return None
    try:
        if value.startswith("--"):  # a day of every year
            day = date.fromisoformat(f"{LEAP}{value[1:]}")
            return day_words(day).in_(lang()).removesuffix(f" {LEAP}")
        return day_words(date.fromisoformat(value)).in_(lang())
    except ValueError:
        return value
