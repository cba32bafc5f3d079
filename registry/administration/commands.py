"""Changing terms and reading conventions."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from ..access import Actor, Permission, require
from ..command import command
from ..db import session
from ..errors import Conflict, Invalid, Message, NotFound
from ..ledger import Statement, say
from ..schema import loaded
from ..vocabulary import LISTS, ReadingConvention, Term, VocabularyTerm, conventions, terms
from ..vocabulary.queries import SENATE
from ..words import Words
from .schemas import BACKWARDS, LEAP, SPANNING, WINDOWS, RecessSchema, TermSchema, WindowSchema

HOUSE = "house"
CACHES = ("vocabulary", "conventions")


def _forget() -> None:
    """What was read of the vocabularies in this session is not true any more."""
    for name in CACHES:
        session().info.pop(name, None)


# --- vocabularies -------------------------------------------------------------------------


@command
def save_term(actor: Actor, name: str, code: str | None, payload: Mapping[str, Any]) -> str:
    """Add a term to the open list `name` (`code` is None), or reword or retire it."""
    require(actor, Permission.VOCABULARY_EDIT)
    if name not in LISTS or (code is not None and code not in terms(name)):
        raise NotFound
    if not LISTS[name].open:
        raise Conflict(CLOSED)
    values = loaded(TermSchema(), {**payload, **({"code": code} if code else {})})
    if code is None and values["code"] in terms(name):
        raise Invalid({"code": [TAKEN]})
    query = select(VocabularyTerm).filter_by(vocabulary=name, code=values["code"])
    row = session().scalar(query) or VocabularyTerm(vocabulary=name, code=values["code"])
    old = _term(terms(name).get(values["code"]))
    row.nl, row.en = values["nl"], values["en"]
    row.definition, row.retired = values.get("definition"), values["retired"]
    session().add(row)
    session().flush()
    _forget()
    new, key = _term(terms(name)[row.code]), f"{name}.{row.code}"
    say(session(), Statement("term", "term", key, new, before=old))
    return row.code


def _term(term: Term | None) -> dict[str, Any]:
    """A term as the book keeps it; that it is in use goes without saying."""
    if term is None:
        return {}
    told = {"nl": term.words.nl, "en": term.words.en, "definition": term.definition}
    return {**told, "retired": term.retired or None}


CLOSED = Words(
    "Deze lijst ligt vast: het register rekent ermee.",
    "This list is fixed: the registry computes with it.",
)
TAKEN = Message("This code exists already.", "Deze code bestaat al.", "duplicate")


# --- reading conventions ------------------------------------------------------------------


@command
def save_window(actor: Actor, word: str, payload: Mapping[str, Any]) -> None:
    """Say which part of the year a vague word stands for."""
    require(actor, Permission.VOCABULARY_EDIT)
    if word not in WINDOWS:
        raise NotFound
    values = loaded(WindowSchema(), payload)
    start, ends = values["start"], values["ends"]
    if ends < start and word not in SPANNING:
        raise Invalid({"ends": [BACKWARDS]})
    if ends < start:  # it spans two years: it begins in the year before the leap year
        last = start.month == 2 and start.day == 29
        start = start.replace(year=LEAP - 1, day=28 if last else start.day)
    _store(_convention(word, None), start, ends, values.get("reason"))


@command
def save_recess(actor: Actor, payload: Mapping[str, Any]) -> None:
    """Enter the days of a recess; a recess that is known already is corrected."""
    require(actor, Permission.VOCABULARY_EDIT)
    values = loaded(RecessSchema(), payload)
    row = _convention(values["recess"], values["year"], values["chamber"] or HOUSE)
    _store(row, values["start"], values["ends"], values.get("reason"))


@command
def drop_convention(actor: Actor, number: int) -> None:
    """Take back a convention: the word reads as the registry came with."""
    require(actor, Permission.VOCABULARY_EDIT)
    row = session().get(ReadingConvention, number)
    if row is None:
        raise NotFound
    old = _read_as(row, row.reason)
    session().delete(row)
    _noted(row, old, None)


def _convention(word: str, year: int | None, chamber: str | None = None) -> ReadingConvention:
    known = select(ReadingConvention).where(
        ReadingConvention.word == word,
        ReadingConvention.year.is_not_distinct_from(year),
        ReadingConvention.chamber.is_not_distinct_from(chamber),
    )
    return session().scalar(known) or ReadingConvention(word=word, year=year, chamber=chamber)


def _store(row: ReadingConvention, start: Any, ends: Any, reason: str | None) -> None:
    old = _read_as(row, row.reason)
    row.start, row.ends, row.reason = start, ends, reason
    session().add(row)
    _noted(row, old, reason)


def _noted(row: ReadingConvention, old: dict[str, Any], reason: str | None) -> None:
    session().flush()
    _forget()
    parts = [row.word, str(row.year or ""), SENATE if row.chamber == SENATE else ""]
    key, new = ".".join(filter(None, parts)), _read_as(row, reason)
    say(session(), Statement("convention", "convention", key, new, before=old))


def _read_as(row: ReadingConvention, reason: str | None) -> dict[str, Any]:
    """How a word is read, as the book keeps it: a day of every year as --MM-DD (ISO 8601:2000)."""
    word, year = row.word, row.year
    if year is None:
        window = conventions().windows[word]
        days = [f"--{month:02}-{day:02}" for month, day in (window.start, window.end)]
        return {"start": days[0], "ends": days[1], "reason": reason}
    known = conventions().senate if row.chamber == SENATE else conventions().recesses
    if (word, year) not in known:
        return {}
    start, ends = known[word, year]
    return {"start": start.isoformat(), "ends": ends.isoformat(), "reason": reason}
