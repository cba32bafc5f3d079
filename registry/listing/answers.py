"""The page that answers a question, and the counts beside its filters. Constant queries."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from sqlalchemy import Select, func, select

from .. import clock, search, vocabulary
from ..access import Actor, acting, acting_as, visible_to
from ..db import connection, dialect, session
from ..kind import Kind
from ..projection import project
from ..record import Record
from ..words import Words
from . import counting, cursors, statements
from .filters import NONE, Filter, filters
from .highlights import highlighted
from .narrowing import clauses
from .question import EDITORIAL, Question


@dataclass(frozen=True)
class Page:
    """JSON texts of the records of one page, and where to go on from it and back."""

    items: list[str]
    total: int | None
    next_cursor: str | None
    prev_cursor: str | None = None


@dataclass(frozen=True)
class Option:
    """One value of a facet with the number of records that have it."""

    value: str
    words: Words
    count: int
    checked: bool


@dataclass(frozen=True)
class Facet:
    """A filter with its values as they occur in what the other filters leave."""

    name: str
    words: Words
    options: list[Option]


@dataclass(frozen=True)
class Tally:
    """How many records a question finds, and the filters beside it."""

    total: int
    facets: list[Facet]


def page(kind: Kind, actor: Actor, question: Question) -> Page:
    """One page of finished JSON. The total is counted for numbered pages or when asked."""
    with acting_as(actor), clock.seen_as_of(question.as_of):
        found = _searched(kind, actor, question) if question.q else _listed(kind, actor, question)
        total = total_of(kind, actor, question) if question.count else None
    items = [json_text(row[0]) for row in found.rows]
    if question.highlight:
        items = [highlighted(kind, item, question.q) for item in items]
    return Page(items, total, found.next, found.prev)


def _listed(kind: Kind, actor: Actor, question: Question) -> cursors.Walk:
    """A page by a statement that is kept."""
    how, sort = statements.way(actor, question), tuple(question.sort)
    order, name = statements.order(kind, sort), _name(question)
    place, keys = cursors.sought(name, question.cursor, order)
    values = statements.values(question) | keys | {"page_most": question.per_page + 1}
    values["page_skipped"] = (question.page - 1) * question.per_page
    rows = statements.of_page(how, sort, place).rows(connection(), values)
    return cursors.leaf(rows, name, order, question.per_page, place)


def _searched(kind: Kind, actor: Actor, question: Question) -> cursors.Walk:
    query, order = finished(kind, actor, question), order_of(kind, question)
    most, skipped = question.per_page, (question.page - 1) * question.per_page
    return cursors.walk(query, _name(question), order, most, question.cursor, skipped)


def finished(kind: Kind, actor: Actor, question: Question) -> Select[Any]:
    """The JSON of every record that the question finds, in no order yet."""
    query = project(kind.dictionary, actor, dialect().name, selection=question.selection)
    return query.where(*clauses(kind, question))


def facets(kind: Kind, actor: Actor, question: Question, names: Iterable[str]) -> list[Facet]:
    """The filters called `names` of a list with counts, each without what is chosen of it."""
    return tally(kind, actor, question, names).facets


def tally(kind: Kind, actor: Actor, question: Question, names: Iterable[str]) -> Tally:
    """The same with how many records the question finds, all by one statement."""
    known, asked = filters(kind, actor.view), tuple(names)
    counts: dict[str, dict[str, int]] = {name: {} for name in (*asked, counting.ALL)}
    titles: dict[str, Words] = {}
    with acting_as(actor), clock.seen_as_of(question.as_of):
        for name, value, count, title, english in _counts(kind, actor, question, asked):
            told = _value(known[name], value) if name else NONE
            if count or not name:
                counts[name][told] = count
            if title is not None:
                titles[told] = Words(title, english or title)
        made = [_facet(question, known[name], counts[name], titles) for name in asked]
    return Tally(counts[counting.ALL][NONE], made)


def _value(item: Filter, stored: Any) -> str:
    """A value as it is asked for, from what is stored of it as text."""
    if item.type == "flag":
        return FLAGGED.get(str(stored), NONE)
    return NONE if stored is None else str(stored)


def _counts(
    kind: Kind, actor: Actor, question: Question, names: tuple[str, ...]
) -> Iterable[Sequence[Any]]:
    """How many records have each value of these filters, and how many there are."""
    if not question.q:
        how, values = statements.way(actor, question), statements.values(question)
        return statements.of_facets(how, names).rows(connection(), values)
    alone = {
        name: clauses(kind, replace(question, q="", ranges={}, filters={name: values}))[0]
        for name, values in question.filters.items()
    }
    shared = clauses(kind, replace(question, filters={}))
    return session().execute(counting.statement(kind, names, shared, alone)).all()


FLAGGED = {"1": "true", "0": "false", "True": "true", "False": "false"} | {
    name: name for name in ("true", "false")
}
"""How the two engines write a flag as text."""


def counted(kind: Kind, actor: Actor) -> list[Filter]:
    """The filters whose values `actor` can have counted."""
    known = filters(kind, actor.view).values()
    own = () if actor.editorial else EDITORIAL
    return [item for item in known if item.type != "text" and item.name not in own]


def on_panel(kind: Kind, actor: Actor) -> list[str]:
    """The filters that a screen offers beside its list, as far as they can be counted."""
    return [item.name for item in counted(kind, actor) if item.panel]


def _facet(
    question: Question, item: Filter, counted: dict[str, int], titles: Mapping[str, Words]
) -> Facet:
    chosen = question.filters.get(item.name, [])
    for value in chosen:
        counted.setdefault(value, 0)
    return Facet(item.name, item.words, _options(item, counted, chosen, titles))


def _options(
    item: Filter, counted: dict[str, int], chosen: list[str], titles: Mapping[str, Words]
) -> list[Option]:
    words = _labels(item, counted, titles)
    order = list(vocabulary.terms(item.vocabulary)) if item.vocabulary else []
    rank = {code: index for index, code in enumerate(order)}

    def key(value: str) -> tuple[bool, int, str]:
        return value == NONE, rank.get(value, len(rank)), search.fold(words[value].nl)

    return [
        Option(value, words[value], counted[value], value in chosen)
        for value in sorted(counted, key=key)
    ]


FLAGS = {"true": Words("ja", "yes"), "false": Words("nee", "no")}
UNSET = Words("niet ingevuld", "not filled in")


def _labels(item: Filter, values: dict[str, int], titles: Mapping[str, Words]) -> dict[str, Words]:
    found = {value: Words(value, value) for value in values}
    if item.type == "flag":
        found.update({value: FLAGS.get(value, UNSET) for value in values})
    elif item.vocabulary:
        found.update({value: vocabulary.label(item.vocabulary, value) for value in values})
    elif item.type == "reference":
        found |= {value: titles[value] for value in values if value in titles}
        found |= _titled([value for value in values if value not in titles and value != NONE])
    if NONE in found:
        found[NONE] = UNSET
    return found


def _titled(references: list[str]) -> dict[str, Words]:
    """How records are called that were chosen and that nothing points at."""
    if not references:
        return {}
    query = select(Record.reference, Record.title, Record.title_en)
    query = query.where(Record.reference.in_(references), visible_to(acting()))
    return {ref: Words(title, english or title) for ref, title, english in session().execute(query)}


def identities(kind: Kind, actor: Actor, where: list[Any]) -> Select[Any]:
    """The ids of the records that `actor` may see and that `where` allows."""
    query = select(kind.model.id).join(Record, Record.id == kind.model.id)
    return query.where(visible_to(actor), *where)


def total_of(kind: Kind, actor: Actor, question: Question) -> int:
    """How many records the question finds."""
    if not question.q:
        how, values = statements.way(actor, question), statements.values(question)
        return int(statements.of_total(how).rows(connection(), values)[0][0])
    ids = identities(kind, actor, clauses(kind, question)).subquery()
    return session().scalar(select(func.count()).select_from(ids)) or 0


def order_of(kind: Kind, question: Question) -> cursors.Order:
    """What the records are sorted by: as asked, else the best first, else as the kind does."""
    if question.q and not question.sort:
        return [(search.found(question.q, dialect().name)[1], False), (Record.id, False)]
    return statements.order(kind, tuple(question.sort))


def _name(question: Question) -> str:
    """The name of a question: a cursor of another one does not fit."""
    asked = {
        "sort": question.sort,
        "q": search.stems(question.q),
        "filters": sorted(question.filters.items()),
        "ranges": sorted((name, str(limit)) for name, limit in question.ranges.items()),
        "asOf": None if question.as_of == clock.today() else str(question.as_of),
    }
    digest = blake2b(json.dumps(asked).encode(), digest_size=6).hexdigest()
    return f"{question.kind.name} {digest}"


def json_text(value: Any) -> str:
    """One finished record, as its engine gives it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
