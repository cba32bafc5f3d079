"""How many records have each value of some filters: one statement for all of them. What is asked of
a record is asked once, and each filter is counted without what is chosen of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import String, cast, func, literal_column, null, select, union_all
from sqlalchemy.orm import aliased

from ..kind import Kind
from ..record import Record
from .filters import Filter, filters, seen

ALL = ""
"""What the row is called that says how many there are at all."""


def statement(
    kind: Kind, names: Sequence[str], shared: list[Any], chosen: Mapping[str, Any]
) -> Any:
    """SELECT (name, value, count, title, title in English) of each value of the filters `names`;
    values as text, titles where they are references. The records are those that `shared` allows,
    and of the filters that are `chosen` the clause of each."""
    asked = [clause.label(f"met_{name}") for name, clause in chosen.items()]
    query = select(kind.model.id, *asked).join(Record, Record.id == kind.model.id)
    base = query.where(Record.kind == kind.name, seen(Record), *shared).cte("asked")

    def without(name: str) -> Any:
        met = [base.c[f"met_{other}"] for other in chosen if other != name]
        return select(base.c.id).where(*met)

    found = without(ALL).cte("found")
    each = [select(_named(ALL), _text(null()), func.count(), *_UNTITLED).select_from(found)]
    for name in names:
        pool = without(name).cte(f"but_{name}") if name in chosen else found
        each += _counted(kind, filters(kind)[name], pool)
    return union_all(*each)


def _counted(kind: Kind, item: Filter, pool: Any) -> list[Any]:
    if item.links is not None:
        return [_by_target(item, item.links(kind.model), pool), _without(kind, item, pool)]
    pairs = item.pairs(kind.model).subquery()
    value = pairs.c[1]
    if not item.many:
        query = select(_named(item.name), _text(value), func.count(), *_UNTITLED)
        return [query.select_from(pool.join(pairs, pairs.c[0] == pool.c.id)).group_by(value)]
    query = select(_named(item.name), _text(value), func.count(pool.c.id.distinct()), *_UNTITLED)
    query = query.select_from(pool.join(pairs, pairs.c[0] == pool.c.id))
    return [query.where(value.is_not(None)).group_by(value), _without(kind, item, pool)]


def _by_target(item: Filter, links: Any, pool: Any) -> Any:
    """Counted by key: whether a record may be seen is asked once for all that point at it."""
    pairs, target = links.subquery(), aliased(Record)
    count = func.count(pool.c.id.distinct()).label("count")
    counted = select(pairs.c[1].label("link"), count)
    counted = counted.select_from(pool.join(pairs, pairs.c[0] == pool.c.id)).group_by(pairs.c[1])
    each = counted.subquery()
    query = select(
        _named(item.name), _text(target.reference), each.c.count, target.title, target.title_en
    )
    return query.join(target, target.id == each.c.link).where(seen(target))


def _without(kind: Kind, item: Filter, pool: Any) -> Any:
    """How many have none."""
    query = select(_named(item.name), _text(null()), func.count(), *_UNTITLED)
    query = query.select_from(pool).join(kind.model, kind.model.id == pool.c.id)
    return query.join(Record, Record.id == kind.model.id).where(~item.has(kind.model, None))


def _named(name: str) -> Any:
    return literal_column(f"'{name}'", String)


def _text(value: Any) -> Any:
    return cast(value, String)


_UNTITLED = _text(null()), _text(null())
