"""A row of a list and what it points at, joined once: for the pointer that is written, and for
whether the row is shown at all."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, inspect, or_
from sqlalchemy.orm import aliased

from ..fields import Ref, Through
from ..record import Record
from ..schema import RowSchema


class Row:
    """The rows of one list under a name of their own."""

    def __init__(self, schema: RowSchema, alias: Any) -> None:
        self.schema, self.alias = schema, alias

    @cached_property
    def pointers(self) -> dict[str, tuple[Any, Any]]:
        """(record, identity) that each pointer leads to, by its attribute."""
        found = ((f.attribute or n, f) for n, f in self.schema.fields.items() if isinstance(f, Ref))
        return {attribute: (aliased(field.to), aliased(Record)) for attribute, field in found}

    @cached_property
    def ways(self) -> dict[str, Any]:
        """What other columns are read through, by the name of the relationship."""
        relations = inspect(self.schema.model).relationships
        names = {f.via for f in self.schema.fields.values() if isinstance(f, Through)}
        return {name: aliased(relations[name].mapper.class_) for name in sorted(names)}

    @property
    def beside(self) -> dict[str, Any]:
        """All of it by name."""
        return {**self.pointers, **self.ways}

    def joined(self, query: Select[Any], seen: Callable[[Any], ColumnElement[bool]]) -> Select[Any]:
        """`query` with all of it. A row that points at what is not `seen` is left out."""
        query = query.select_from(self.alias)
        for attribute, (target, identity) in self.pointers.items():
            link = foreign_key(self.alias, attribute)
            outer, shown = may_be_empty(link), seen(identity)
            query = query.join(identity, identity.id == link, isouter=outer)
            query = query.join(target, target.id == identity.id, isouter=outer)
            query = query.where(or_(link.is_(None), shown) if outer else shown)
        for name, other in self.ways.items():
            query = query.join(other, other.id == foreign_key(self.alias, name), isouter=True)
        return query


def foreign_key(model: Any, attribute: str) -> Any:
    """The column behind the relationship `attribute`."""
    return getattr(model, f"{attribute}_id")


def may_be_empty(link: Any) -> bool:
    """Whether a foreign key can be null."""
    return bool(link.property.columns[0].nullable)
