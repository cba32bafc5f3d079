"""What a kind can be narrowed to from or until somewhere: days, moments, terms and numbers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Double, select, type_coerce
from sqlalchemy.orm import aliased

from ..access import View
from ..fields import Amount, Computed, Day, Described, Instant, Moment, Number, Policy, Rows, Whole
from ..kind import Kind
from ..record import Record
from ..words import Words
from .filters import shown

Compare = Callable[[Any, Any], Any]
Clause = Callable[[Any, Any], ColumnElement[bool]]


@dataclass(frozen=True)
class Bound:
    """One side of a span: the end of its parameter's name, in words, and the comparison."""

    suffix: str
    words: Words
    told: str
    holds: Compare


SINCE = Bound("Since", Words("vanaf", "from"), "At or after this.", lambda a, b: a >= b)
UNTIL = Bound("Before", Words("vóór", "before"), "Before this.", lambda a, b: a < b)
LATEST = Bound(
    "Before", Words("vóór", "before"), "The latest day lies before this.", lambda a, b: a < b
)
EARLIEST = Bound(
    "After", Words("na", "after"), "The earliest day lies after this.", lambda a, b: a > b
)
LEAST = Bound("Min", Words("minstens", "at least"), "At least this.", lambda a, b: a >= b)
MOST = Bound("Max", Words("hoogstens", "at most"), "At most this.", lambda a, b: a <= b)


@dataclass(frozen=True)
class Span:
    """A parameter that bounds what a record holds: a day, a moment or a number."""

    name: str
    words: Words
    type: str  # day | moment | number
    bound: Bound
    clause: Clause
    view: View = View.PUBLIC


@cache
def spans(kind: Kind, view: View = View.SECRETARIAT) -> Mapping[str, Span]:
    """The spans of `kind` by parameter name, as far as `view` shows what they ask of."""
    every = [*_of_record()]
    for name, field in kind.dictionary.described().items():
        every += _of_rows(field) if isinstance(field, Rows) else _of(name, field)
    return {span.name: span for span in every if span.view <= view}


def _of(name: str, field: Described) -> Iterator[Span]:
    if isinstance(field, Policy):
        yield _span(field, LATEST, "day", _column(f"{name}_latest"))
        yield _span(field, EARLIEST, "day", _column(f"{name}_earliest"))
        return
    computed: Any = field if isinstance(field, Computed) else None
    value = (lambda model: computed.expression(None, model)) if computed else _column(name)
    for type_, bounds in _bounds(computed.like if computed else field):
        for bound in bounds:
            yield _span(field, bound, type_, value)


def _bounds(field: Described) -> Iterator[tuple[str, tuple[Bound, ...]]]:
    if isinstance(field, Day):
        yield "day", (SINCE, UNTIL)
    elif isinstance(field, Moment | Instant):
        yield "moment", (SINCE, UNTIL)
    elif isinstance(field, Whole | Number | Amount):
        yield "number", (LEAST, MOST)


# The limit of a number is no whole one, whatever the column: the database would round it.
def _span(field: Described, bound: Bound, type_: str, value: Callable[[Any], Any]) -> Span:
    def clause(model: Any, limit: Any) -> ColumnElement[bool]:
        exact = type_coerce(limit, Double) if type_ == "number" else limit
        held: ColumnElement[bool] = bound.holds(value(model), exact)
        return held

    name = f"{str(field.data_key).removesuffix('At')}{bound.suffix}"
    return Span(name, field.about.words, type_, bound, clause, field.about.view)


def _column(name: str) -> Callable[[Any], Any]:
    return lambda model: getattr(model, name)


def _of_rows(field: Rows) -> Iterator[Span]:
    """Of the rows of a list its numbers; both ends may be of different rows."""
    for name, inner in field.schema.described().items():
        for type_, bounds in _bounds(inner):
            for bound in bounds if type_ == "number" else ():
                yield _row(field, name, inner, bound)


def _row(field: Rows, attribute: str, inner: Described, bound: Bound) -> Span:
    def clause(_model: Any, limit: Any) -> ColumnElement[bool]:
        row = aliased(field.schema.model)
        query = select(row.id).where(row.parent_id == Record.id, *shown(field, row))
        exact = type_coerce(limit, Double)
        return query.where(bound.holds(getattr(row, attribute), exact)).exists()

    key, own, of = str(inner.data_key), inner.about.words, field.about.words
    name = f"{field.data_key}{key[0].upper()}{key[1:]}{bound.suffix}"
    words = Words(f"{of.nl}: {own.nl.lower()}", f"{of.en}: {own.en.lower()}")
    view = max(field.about.view, inner.about.view)
    return Span(name, words, "number", bound, clause, view)


def _of_record() -> Iterator[Span]:
    for name, column, words in (
        ("created", Record.created_at, Words("Geregistreerd", "Registered")),
        ("updated", Record.updated_at, Words("Gewijzigd", "Changed")),
    ):
        for bound in (SINCE, UNTIL):
            yield Span(f"{name}{bound.suffix}", words, "moment", bound, _of_moment(column, bound))


def _of_moment(column: Any, bound: Bound) -> Clause:
    return lambda _model, limit: bound.holds(column, limit)
