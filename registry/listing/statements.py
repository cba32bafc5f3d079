"""The statements behind a list: one for each way to ask, whatever the values that are asked for."""

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Exists,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    select,
)
from sqlalchemy.sql.visitors import iterate

from ..access import Actor, View, acting
from ..db import dialect
from ..kind import Kind, kind_named
from ..prepared import Prepared
from ..projection import Selection, project
from ..record import Record
from . import counting, cursors
from .filters import NONE, filters, seen
from .narrowing import narrowed
from .question import Question
from .sorts import sorts

WAYS = 500
"""How many ways to ask are kept."""


class Way(NamedTuple):
    """What a statement depends on: who reads, and how it is asked. The values are bound later."""

    kind: str
    view: View
    signed_in: bool
    dialect: str
    filters: tuple[tuple[str, int, bool], ...]  # name, how many values, whether none counts
    ranges: tuple[str, ...]
    selection: Selection


def way(actor: Actor, question: Question) -> Way:
    """How this is asked, on behalf of whom."""
    known = filters(question.kind)
    asked = sorted(question.filters.items())
    return Way(
        question.kind.name,
        actor.view,
        actor.signed_in,
        dialect().name,
        tuple((name, len(known[name].typed(v)), NONE in v) for name, v in asked),
        tuple(sorted(question.ranges)),
        question.selection,
    )


def values(question: Question) -> dict[str, Any]:
    """What is asked for, by the names of the parameters."""
    found: dict[str, Any] = {f"asked_{n}": limit for n, limit in question.ranges.items()}
    known = filters(question.kind)
    for name, given in question.filters.items():
        found |= {f"asked_{name}_{at}": value for at, value in enumerate(known[name].typed(given))}
    return found


def _clauses(kind: Kind, how: Way) -> list[Any]:
    asked: dict[str, tuple[list[Any], bool]] = {
        name: ([bindparam(f"asked_{name}_{at}", required=True) for at in range(many)], none)
        for name, many, none in how.filters
    }
    return narrowed(kind, asked, {n: bindparam(f"asked_{n}", required=True) for n in how.ranges})


@lru_cache(maxsize=WAYS)
def of_page(how: Way, sort: tuple[tuple[str, bool], ...], place: cursors.Place) -> Prepared:
    """The records of a page with their keys, from `place` on: it runs for whoever acts then."""
    kind = kind_named(how.kind)
    query = project(kind.dictionary, acting(), how.dialect, selection=how.selection)
    own: list[Any] = []
    beside: list[Any] = []
    for clause in _clauses(kind, how):
        (beside if how.dialect == "sqlite" and _asks_beside(clause) else own).append(clause)
    query = (_asked_first(kind, query, beside) if beside else query).where(*own)
    query = cursors.placed(query.where(Record.kind == how.kind), order(kind, sort), place)
    return Prepared(query, dialect())


def _asks_beside(clause: ColumnElement[Any]) -> bool:
    """Whether a clause asks something of the rows beside each record."""
    return any(isinstance(part, Exists | ScalarSelect) for part in iterate(clause))


def _asked_first(kind: Kind, query: Select[Any], beside: list[Any]) -> Select[Any]:
    """The same, where what is asked beside a record is looked at before the record itself is, for
    it has a small index: SQLite leaves what asks elsewhere to the end."""
    found = select(*query.selected_columns).select_from(kind.model)
    found = found.join(Record, Record.id == kind.model.id)
    return found.where(case((and_(*beside), seen(Record)), else_=false()))


@lru_cache(maxsize=WAYS)
def of_total(how: Way) -> Prepared:
    """How many there are."""
    kind = kind_named(how.kind)
    query = select(func.count()).select_from(kind.model).join(Record, Record.id == kind.model.id)
    query = query.where(Record.kind == how.kind, seen(Record), *_clauses(kind, how))
    return Prepared(query, dialect())


@lru_cache(maxsize=WAYS)
def of_facets(how: Way, names: tuple[str, ...]) -> Prepared:
    """(name, value, count, title, title in English) of every value of the filters called `names`;
    see `counting.statement`."""
    kind, bare = kind_named(how.kind), how._replace(filters=())
    chosen = {
        one[0]: _clauses(kind, bare._replace(filters=(one,), ranges=()))[0] for one in how.filters
    }
    query = counting.statement(kind, names, _clauses(kind, bare), chosen)
    return Prepared(query, dialect())


def order(kind: Kind, sort: tuple[tuple[str, bool], ...]) -> cursors.Order:
    """The keys of an order; the id, by which no two are the same, runs as the last of them."""
    allowed = sorts(kind)
    if sort:
        chosen = [(allowed[name].key(descending=down), down) for name, down in sort]
    else:
        chosen = [(allowed[kind.first].ascending, False)] if kind.first else []
        chosen.append((Record.sort_title, False))
    return [*chosen, (Record.id, chosen[-1][1])]
