"""Everything that points at a record: by the foreign keys of the models of all kinds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select

from ..db import session
from ..fields import Ref, Rows, json_name
from ..kind import Kind, kinds
from ..record import Nested, Record
from ..schema import RowSchema


@dataclass(frozen=True)
class Pointer:
    """One column through which records of one kind can be pointed at. `schema` is that of the
    row that it stands in; None for a column of the record itself."""

    owner: Kind | None  # None: a source, which every kind has
    model: Any
    attribute: str
    itself: bool  # whether a record may point at itself here
    schema: type[RowSchema] | None

    def rows(self, record_id: int) -> list[Any]:
        """What points at the record here."""
        query = select(self.model).where(getattr(self.model, self.attribute) == record_id)
        return list(session().scalars(query.order_by(self.model.id)))


def pointers(kind: Kind) -> Iterator[Pointer]:
    """All columns that can point at records of `kind`."""
    seen: set[tuple[Any, str]] = set()
    for owner in kinds():
        for model, schema in _models(owner):
            for attribute in _columns(model, kind):
                if (model, attribute) not in seen:
                    seen.add((model, attribute))
                    itself = _itself(schema or owner.schema, attribute)
                    source = schema is not None and getattr(model, "__list__", "") == "sources"
                    yield Pointer(None if source else owner, model, attribute, itself, schema)


def _models(owner: Kind) -> Iterator[tuple[Any, type[RowSchema] | None]]:
    yield owner.model, None
    for field in owner.dictionary.described().values():
        if isinstance(field, Rows) and issubclass(field.schema.model, Nested):
            yield field.schema.model, type(field.schema)


def _columns(model: Any, kind: Kind) -> Iterator[str]:
    """The attributes of `model` that hold the key of a record of `kind`."""
    nested = issubclass(model, Nested)
    for prop in inspect(model).column_attrs:
        column = prop.columns[0]
        if prop.key == "id" or (nested and prop.key == "parent_id"):
            continue
        targets = {key.column.table.name for key in getattr(column, "foreign_keys", ())}
        if kind.model.__tablename__ in targets:
            yield prop.key


def _itself(schema: Any, attribute: str) -> bool:
    field = schema().fields.get(attribute.removesuffix("_id"))
    return isinstance(field, Ref) and field.itself


def owner_of(obj: Any) -> int:
    """The id of the record that `obj` belongs to."""
    found: int = obj.parent_id if isinstance(obj, Nested) else obj.id
    return found


def identity(schema: type[RowSchema], row: Any) -> tuple[Any, ...] | None:
    """What no two rows of a list share; None where the dictionary names nothing of the sort."""
    names = schema.distinct or schema.natural
    fields = {key: n for n, f in schema().fields.items() for key in (n, f.data_key, json_name(n))}
    return tuple(_value(row, fields.get(name, name)) for name in names) if names else None


def _value(row: Any, name: str) -> Any:
    if name == "quote":  # words of a passage: in a list of sources it is the passage that counts
        return getattr(row, "passage_id", None) or getattr(row, "quote", None)
    if hasattr(row, f"{name}_id"):
        return getattr(row, f"{name}_id")
    return getattr(row, name, None)


def count(kind: Kind, record: Record) -> int:
    """How many other records point at this one, or are kept by it."""
    found = {owner_of(row) for pointer in pointers(kind) for row in pointer.rows(record.id)}
    kept = select(Record.id).where(Record.keeper_id == record.id)
    return len((found | set(session().scalars(kept))) - {record.id})
