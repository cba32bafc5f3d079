"""What the book tells of a term of a vocabulary, of a reading convention, and of what was set of
reminders."""

from collections.abc import Collection
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import select

from ..db import session
from ..fields import Day, Flag, LongText, Text
from ..policydate.notices import day_words
from ..record import Record
from ..reminders.schemas import NAMES
from ..schema import BaseSchema
from ..vocabulary import LISTS, label
from ..vocabulary.queries import SENATE
from ..web import cells, lang, links, say

TERM, CONVENTION, READING, REMINDER = "term", "convention", "reading", "reminder"
Place = dict[str, str]
LEAP = 2004


class ConventionDay(Day):
    """A day, or without a year (`--06-01`) that day of every year."""


class ToldTermSchema(BaseSchema):
    """A term as its history tells of it."""

    nl = Text("In het Nederlands", "In Dutch")
    en = Text("In het Engels", "In English")
    definition = LongText("Omschrijving", "Definition")
    retired = Flag("Vervallen", "Retired")


class ToldConventionSchema(BaseSchema):
    """How a word is read, as its history tells of it."""

    start = ConventionDay("Eerste dag", "First day")
    ends = ConventionDay("Laatste dag", "Last day")
    reason = LongText("Waarom zo", "Why so")


class ToldReadingSchema(BaseSchema):
    """From which day words were read, as the history tells that somebody confirmed it."""

    words = Text("Woorden", "Words")
    anchor = Day("Gelezen vanaf", "Read from")


def terms(keys: Collection[str]) -> dict[str, Place]:
    """What terms are called, and where they are, by their keys: `event-kind.debate`."""
    found = {}
    for key in keys:
        name, _, code = key.partition(".")
        known = LISTS.get(name)
        of = say(known.words) if known else name
        url = _url("admin.vocabulary", name=name)
        found[key] = {"title": f"{of}: {say(label(name, code))}", "url": url}
    return found


def conventions(keys: Collection[str]) -> dict[str, Place]:
    """The same of words that are read: `medio`; of the recess of one year `summer.2021`, and of
    the Senate `summer.2021.senate`."""
    found = {}
    for key in keys:
        word, *rest = key.split(".")
        of = [say(label("chamber", each)) if each == SENATE else each for each in rest]
        title = " ".join([say(label("recess", word)), *of])
        found[key] = {"title": title, "url": _url("admin.conventions")}
    return found


def reminders(keys: Collection[str]) -> dict[str, Place]:
    """The same of the rules of reminding, and of the records that were paused or escalated."""
    query = select(Record.reference, Record.title).where(Record.reference.in_(sorted(keys)))
    titles = dict(session().execute(query).all())
    url = _url("reminders.settings")
    words = {key: say(NAMES[key]) if key in NAMES else titles.get(key, key) for key in keys}
    return {key: {"title": title, "url": url} for key, title in words.items()}


def _url(endpoint: str, **values: Any) -> str:
    return url_for(endpoint, **values) if links.exists(endpoint) else links.home()


def _day(_field: Any, value: str, _row: cells.Row) -> cells.Cell:
    if not value.startswith("--"):
        return cells.text(day_words(date.fromisoformat(value)).in_(lang()))
    words = day_words(date.fromisoformat(f"{LEAP}{value[1:]}")).in_(lang())
    return cells.text(words.removesuffix(f" {LEAP}"))


cells.shows(ConventionDay, _day)
