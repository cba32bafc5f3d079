"""Schema → one SELECT of finished JSON, equal to `schema.dump` (the oracle of the tests).

Two small dialects: SQLite builds with json_object and json_group_array, PostgreSQL with
json_build_object and json_agg. A list inside a record is a correlated subquery."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from marshmallow import Schema
from marshmallow.fields import Field
from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.orm import aliased

from . import clock
from .access import Actor, View, visible_to_acting
from .fields import Amount, Current, Flag, Instant, Policy, Ref, Rows, json_name
from .kind import kinds
from .record import Record
from .schema import BaseSchema, RecordSchema, only_seen


@dataclass(frozen=True)
class Compiler:
    """Compiles for one dialect, view and reference date; runs for whoever acts then."""

    dialect: str
    view: View
    signed_in: bool
    day: Any

    def seen(self, record: Any) -> ColumnElement[bool]:
        """The clause that keeps the records that the acting reader may see."""
        return visible_to_acting(self.view, record, signed_in=self.signed_in)

    # --- the two dialects -----------------------------------------------------------------

    def object_(self, pairs: list[tuple[str, Any]]) -> Any:
        build = func.json_object if self.sqlite else func.json_build_object
        flat: list[Any] = []
        for name, value in pairs:
            flat += [literal_column("'" + name.replace("'", "''") + "'"), value]
        return build(*flat)

    @property
    def sqlite(self) -> bool:
        return self.dialect == "sqlite"

    def embed(self, json: Any) -> Any:
        """Keep a JSON value JSON inside another (SQLite forgets at the edge of a subquery)."""
        return func.json(json) if self.sqlite else json

    def array(self, rows: Select[Any], order: list[Any]) -> Any:
        """All `rows` (one column, JSON) as an array in `order`."""
        inner = rows.order_by(*order).subquery()
        column = inner.c[0]
        if self.sqlite:
            return func.json(select(func.json_group_array(func.json(column))).scalar_subquery())
        return func.coalesce(select(func.json_agg(column)).scalar_subquery(), text("'[]'::json"))

    def flag(self, column: Any) -> Any:
        if not self.sqlite:
            return column
        return func.json(case((column.is_(None), "null"), (column, "true"), else_="false"))

    def moment(self, column: Any) -> Any:
        if self.sqlite:
            return cast(column, String)
        return func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')

    # --- fields ---------------------------------------------------------------------------

    def record(self, schema: RecordSchema, model: Any, record: Any = Record) -> Any:
        """The JSON object of `model`, of which `record` is the identity."""
        own = [
            ("reference", record.reference),
            ("workflow", record.state),
            ("audience", record.audience),
            ("keeper", self._keeper(record)),
            ("version", record.version),
            ("createdAt", self.moment(record.created_at)),
            ("updatedAt", self.moment(record.updated_at)),
        ]
        seen = set(only_seen(schema, self.view))
        return self.object_(own + self._described(schema, model, seen))

    def _keeper(self, record: Any) -> Any:
        """The organisation that keeps a record; null where it is hidden, or the secretariat."""
        model = next(kind.model for kind in kinds() if kind.keeps)
        return self._pointer(model, record.keeper_id)

    def _described(self, schema: BaseSchema, model: Any, seen: set[str]) -> list[tuple[str, Any]]:
        return [
            (field.data_key or name, self.field(field, model, field.attribute or name))
            for name, field in schema.described().items()
            if name in seen
        ]

    def field(self, field: Field[Any], model: Any, attribute: str) -> Any:
        """The expression of one field of `model` (an entity, a row, or an alias of one)."""
        own = getattr(field, "expression", None)
        if own is not None:
            return own(self, model)
        for type_, build in self._builders():
            if isinstance(field, type_):
                return build(field, model, attribute)
        return getattr(model, attribute)

    def _builders(self) -> list[tuple[type, Callable[[Any, Any, str], Any]]]:
        return [
            (Current, lambda f, m, a: current(f, m, self.day, self)),
            (Rows, self._rows),
            (Ref, self._ref),
            (Policy, self._policy),
            (Flag, lambda f, m, a: self.flag(getattr(m, a))),
            (Instant, lambda f, m, a: self.moment(getattr(m, a))),
            (Amount, lambda f, m, a: self._amount(getattr(m, a))),
        ]

    def _amount(self, column: Any) -> Any:
        if self.sqlite:
            return case((column.is_not(None), func.printf("%.2f", column)))
        return cast(column, String)

    def _policy(self, _field: Any, model: Any, attribute: str) -> Any:
        parts = [getattr(model, c.key) for c in getattr(model, attribute).property.columns]
        words, earliest, latest = parts[:3]
        given = or_(words.is_not(None), earliest.is_not(None), latest.is_not(None))
        names = Policy.parts
        return case((given, self.object_(list(zip(names, parts, strict=True)))))

    def _ref(self, field: Ref, model: Any, attribute: str) -> Any:
        return self._pointer(field.to, foreign_key(model, attribute))

    def _pointer(self, to: Any, link: Any) -> Any:
        """The small object that stands for the record of the model `to` with this key."""
        target, identity = aliased(to), aliased(Record)
        shown = [(json_name(n), getattr(target, n)) for n in to.__ref__]
        found = select(self.object_([("reference", identity.reference), *shown]))
        found = found.select_from(target).join(identity, identity.id == target.id)
        return self.embed(found.where(target.id == link, self.seen(identity)).scalar_subquery())

    def _rows(self, field: Rows, model: Any, _attribute: str) -> Any:
        row = aliased(field.schema.model)
        seen = set(only_seen(field.schema, self.view))
        query = select(self.object_(self._described(field.schema, row, seen)))
        query = query.where(row.parent_id == model.id, *self._shown(field.schema, row))
        return self.array(query.correlate(model), [row.position, row.id])

    def _shown(self, schema: Schema, row: Any) -> list[Any]:
        """A row that points at a hidden record is left out."""
        clauses = []
        for name, field in schema.fields.items():
            if isinstance(field, Ref):
                identity = aliased(Record)
                link = foreign_key(row, field.attribute or name)
                seen = select(identity.id).where(identity.id == link, self.seen(identity))
                clauses.append(or_(link.is_(None), seen.exists()))
        return clauses


def foreign_key(model: Any, attribute: str) -> Any:
    """The column behind the relationship `attribute`."""
    return getattr(model, f"{attribute}_id")


def holds(row: Any, day: Any) -> ColumnElement[bool]:
    """The predicate that a row of a series holds on `day`."""
    return and_(
        or_(row.effective_from.is_(None), row.effective_from <= day),
        or_(row.effective_until.is_(None), row.effective_until > day),
    )


def on_the_day() -> Any:
    """The reference date of when the statement runs."""
    return bindparam(None, callable_=clock.as_of, type_=Date)


def current(field: Current, model: Any, day: Any, compiler: Compiler | None = None) -> Any:
    """The value of `field` on `day`, as a scalar subquery."""
    rows = getattr(model, field.rows).property.mapper.class_
    row = aliased(rows)
    column = getattr(row, field.field)
    if compiler is not None:
        column = compiler.field(field.like, row, field.field)
    first = case((row.effective_from.is_(None), 0), else_=1)
    query = select(column).where(row.parent_id == model.id, holds(row, day))
    query = query.order_by(first.desc(), row.effective_from.desc(), row.position.desc())
    return query.limit(1).correlate(model).scalar_subquery()


def project(schema: RecordSchema, actor: Actor, dialect: str) -> Select[Any]:
    """SELECT the JSON of every record of this kind that `actor` may see, and no more of it.

    Run it on behalf of `actor` (`access.acting_as`): the statement is compiled once per view and
    kept; who reads, the moment and the reference date are bound when it runs.
    """
    names = tuple(schema.fields)
    return _projected(type(schema), names, actor.view, dialect, signed_in=actor.signed_in)


@lru_cache(maxsize=500)
def _projected(
    schema: type[RecordSchema],
    names: tuple[str, ...],
    view: View,
    dialect: str,
    *,
    signed_in: bool,
) -> Select[Any]:
    day = on_the_day()
    compiler = Compiler(dialect, view, signed_in, day)
    model = schema.model
    finished = cast(compiler.record(schema(only=names), model), Text)
    query = select(finished).select_from(model)
    return query.join(Record, Record.id == model.id).where(compiler.seen(Record))
