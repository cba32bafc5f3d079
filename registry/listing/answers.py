"""The page that answers a question, and the counts beside its filters. Constant queries."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from .. import clock, search, vocabulary
from ..access import Actor, acting, acting_as, visible_to
from ..db import session
from ..kind import Kind
from ..projection import project
from ..record import Record
from ..words import Words
from . import cursors
from .filters import NONE, Filter, filters, in_range, ranges, sorts
from .question import EDITORIAL, Question


@dataclass(frozen=True)
class Page:
    """JSON texts of the records of one page, and where to go on."""

    items: list[str]
    total: int | None
    next_cursor: str | None


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


def page(kind: Kind, actor: Actor, question: Question) -> Page:
    """One page of finished JSON. The total is counted for numbered pages or when asked."""
    with acting_as(actor), clock.seen_as_of(question.as_of):
        order = _order(kind, question)
        keys = [expression for expression, _ in order]
        query = project(kind.dictionary, actor, _dialect(), selection=question.selection)
        query = query.where(*clauses(kind, question))
        query = query.add_columns(*keys).order_by(*(e.desc() if d else e for e, d in order))
        if question.cursor:
            last = cursors.read(_name(question), question.cursor, order)
            query = query.where(cursors.after(order, last))
        else:
            query = query.offset((question.page - 1) * question.per_page)
        rows = session().execute(query.limit(question.per_page + 1)).all()
        shown = rows[: question.per_page]
        more = len(rows) > len(shown)
        cursor = cursors.written(_name(question), tuple(shown[-1])[1:]) if more else None
        total = _total(kind, actor, question) if question.count else None
    return Page([_text(row[0]) for row in shown], total, cursor)


def clauses(kind: Kind, question: Question, *, but: str | None = None) -> list[Any]:
    """What the question asks of a record, leaving out the filter named `but`."""
    known, spans = filters(kind), ranges(kind)
    found: list[Any] = [
        known[name].clause(kind.model, values)
        for name, values in question.filters.items()
        if name != but
    ]
    for name, day in question.ranges.items():
        attribute, before = spans[name]
        found.append(in_range(kind.model, attribute, day, before=before))
    if question.updated_since:
        found.append(Record.updated_at >= question.updated_since)
    if question.q:
        found.append(search.found(question.q, _dialect())[0])
    return found


def facets(kind: Kind, actor: Actor, question: Question) -> list[Facet]:
    """The filters of a list with counts: one query each."""
    seen = filters(kind, actor.view).items()
    known = {n: f for n, f in seen if actor.editorial or n not in EDITORIAL}
    with acting_as(actor), clock.seen_as_of(question.as_of):
        return [_facet(kind, actor, question, item) for item in known.values() if _listed(item)]


def _listed(item: Filter) -> bool:
    return item.type != "text"


def _facet(kind: Kind, actor: Actor, question: Question, item: Filter) -> Facet:
    base = _ids(kind, actor, clauses(kind, question, but=item.name)).subquery()
    pairs = item.pairs(kind.model).subquery()
    query = select(pairs.c[1], func.count(base.c[0].distinct())).select_from(base)
    query = query.outerjoin(pairs, pairs.c[0] == base.c[0]).group_by(pairs.c[1])
    chosen = question.filters.get(item.name, [])
    counted = {_value(value): count for value, count in session().execute(query)}
    for value in chosen:
        counted.setdefault(value, 0)
    return Facet(item.name, item.words, _options(item, counted, chosen))


def _value(value: Any) -> str:
    if value is None:
        return NONE
    return str(value).lower() if isinstance(value, bool) else str(value)


def _options(item: Filter, counted: dict[str, int], chosen: list[str]) -> list[Option]:
    words = _labels(item, counted)
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


def _labels(item: Filter, values: dict[str, int]) -> dict[str, Words]:
    found = {value: Words(value, value) for value in values}
    if item.type == "flag":
        found.update({value: FLAGS.get(value, UNSET) for value in values})
    elif item.vocabulary:
        found.update({value: vocabulary.label(item.vocabulary, value) for value in values})
    elif item.type == "reference":
        query = select(Record.reference, Record.title, Record.title_en)
        query = query.where(Record.reference.in_(list(values)), visible_to(acting()))
        for reference, title, english in session().execute(query):
            found[reference] = Words(title, english or title)
    if NONE in found:
        found[NONE] = UNSET
    return found


def _ids(kind: Kind, actor: Actor, where: list[Any]) -> Select[Any]:
    query = select(kind.model.id).join(Record, Record.id == kind.model.id)
    return query.where(visible_to(actor), *where)


def _total(kind: Kind, actor: Actor, question: Question) -> int:
    ids = _ids(kind, actor, clauses(kind, question)).subquery()
    return session().scalar(select(func.count()).select_from(ids)) or 0


def _order(kind: Kind, question: Question) -> list[tuple[Any, bool]]:
    allowed = sorts(kind)
    if question.sort:
        chosen = [(allowed[name], descending) for name, descending in question.sort]
    elif question.q:
        chosen = [(search.found(question.q, _dialect())[1], False)]
    else:
        chosen = [(allowed[kind.first], False)] if kind.first else []
        chosen.append((Record.sort_title, False))
    return [*chosen, (Record.id, False)]


def _name(question: Question) -> str:
    """The name of an order: a cursor of another one does not fit."""
    asked = [f"-{name}" if descending else name for name, descending in question.sort]
    return " ".join([question.kind.name, *asked, *search.stems(question.q)])


def _dialect() -> str:
    return session().get_bind().dialect.name


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
