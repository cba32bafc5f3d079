"""The expressions of a record: its members, its rows, and what it points at.

A list inside a record is a correlated subquery."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from marshmallow.fields import Field
from sqlalchemy import ColumnElement, Date, and_, bindparam, case, or_, select
from sqlalchemy.orm import aliased

from .. import clock
from ..access import View, visible_to_acting
from ..fields import Amount, Current, Flag, Instant, Policy, Ref, Rows, Through, json_name
from ..record import Record
from ..schema import BaseSchema, RecordSchema, only_seen
from .dialects import Json, Pairs
from .rows import Row, foreign_key, may_be_empty
from .selection import WHOLE, Follow, Selection, keeping, kind_of


@dataclass(frozen=True)
class Compiler(Json):
    """Compiles for one dialect, view and reference date; runs for whoever acts then.

    `follow`: the pointers that are followed from here on; None where this is a pointer that is not.
    """

    view: View
    signed_in: bool
    day: Any
    follow: Follow | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)
    """What stands beside the row that is written: (record, identity) by pointer, or what a
    relationship leads to by its name. The query of the row joins it once, for all that asks."""

    def seen(self, record: Any) -> ColumnElement[bool]:
        """The clause that keeps the records that the acting reader may see."""
        return visible_to_acting(self.view, record, signed_in=self.signed_in)

    def following(self, name: str) -> "Compiler":
        """The compiler of the member `name`."""
        further = self.follow.get(name) if self.follow else None
        return self if further is self.follow else replace(self, follow=further)

    def record(
        self,
        schema: RecordSchema,
        model: Any,
        *,
        record: Any = Record,
        selection: Selection = WHOLE,
    ) -> Any:
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
        asked = [(name, value) for name, value in own if selection.has(name)]
        return self.object_(asked + self._described(schema, model, selection))

    def _keeper(self, record: Any) -> Any:
        """The organisation that keeps a record; null where it is hidden, or the secretariat."""
        return self.following("keeper").pointer(keeping().model, record.keeper_id)

    def _described(self, schema: BaseSchema, model: Any, selection: Selection = WHOLE) -> Pairs:
        """The members of a record or row beside those that every record has."""
        seen = set(only_seen(schema, self.view))
        return [
            (key, self.following(key).field(field, model, field.attribute or name))
            for name, field in schema.described().items()
            if name in seen and selection.has(key := str(field.data_key))
        ]

    def field(self, field: Field[Any], model: Any, attribute: str) -> Any:
        """The expression of one field of `model` (an entity, a row, or an alias of one)."""
        own = getattr(field, "expression", None)
        if isinstance(field, Through) and field.via in self.beside:
            return getattr(self.beside[field.via], field.column)
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
            (Amount, lambda f, m, a: self.amount(getattr(m, a))),
        ]

    def _policy(self, _field: Any, model: Any, attribute: str) -> Any:
        parts = [getattr(model, c.key) for c in getattr(model, attribute).property.columns]
        words, earliest, latest = parts[:3]
        given = or_(words.is_not(None), earliest.is_not(None), latest.is_not(None))
        names = Policy.parts
        return case((given, self.object_(list(zip(names, parts, strict=True)))))

    def _ref(self, field: Ref, model: Any, attribute: str) -> Any:
        link = foreign_key(model, attribute)
        if attribute not in self.beside:
            return self.pointer(field.to, link)
        made = self._pointed(field.to, *self.beside[attribute])
        return self.embed(case((link.is_not(None), made))) if may_be_empty(link) else made

    def pointer(self, to: Any, link: Any) -> Any:
        """What stands for the record of the model `to` with this key: a small object, or where
        the pointer is followed all that the reader is shown of that record."""
        target, identity = aliased(to), aliased(Record)
        found = select(self._pointed(to, target, identity))
        found = found.select_from(target).join(identity, identity.id == target.id)
        return self.embed(found.where(target.id == link, self.seen(identity)).scalar_subquery())

    def _pointed(self, to: Any, target: Any, identity: Any) -> Any:
        if self.follow is not None:
            return replace(self, beside={}).record(kind_of(to).dictionary, target, record=identity)
        shown = [(json_name(name), getattr(target, name)) for name in to.__ref__]
        return self.object_([("reference", identity.reference), *shown])

    def _rows(self, field: Rows, model: Any, _attribute: str) -> Any:
        row = Row(field.schema, aliased(field.schema.model))
        inner = replace(self, beside=row.beside)
        query = select(self.object_(inner._described(field.schema, row.alias)))
        query = row.joined(query, self.seen).where(row.alias.parent_id == model.id)
        return self.array(query.correlate(model), [row.alias.position, row.alias.id])


def holds(row: Any, day: Any) -> ColumnElement[bool]:
    """The predicate that a row of a series holds on `day`."""
    return and_(
        or_(row.effective_from.is_(None), row.effective_from <= day),
        or_(row.effective_until.is_(None), row.effective_until > day),
    )


def on_the_day() -> Any:
    """The reference date of when the statement runs: one parameter, however often it is asked."""
    return bindparam("reference_day", callable_=clock.as_of, type_=Date)


def current(
    field: Current, model: Any, day: Any, compiler: Compiler | None = None, *, key: Any = None
) -> Any:
    """The value of `field` on `day`, as a scalar subquery; `key`: of which record, where that is
    known before its row is."""
    whose = model.id if key is None else key
    rows = getattr(model, field.rows).property.mapper.class_
    row = aliased(rows)
    column = getattr(row, field.field)
    if compiler is not None:
        column = compiler.field(field.like, row, field.field)
    query = select(column).where(row.parent_id == whose, holds(row, day))
    query = query.order_by(row.effective_from.desc().nulls_last(), row.position.desc())
    return query.limit(1).correlate(model, Record).scalar_subquery()
