"""From the cells of a row to a payload for a command, read off the schema."""

from collections.abc import Mapping
from typing import Any

from ..errors import Message
from ..fields import Described, Policy, Ref, Rows
from ..naming import sought
from ..schema import BaseSchema
from ..tables import Fault, Row
from .conversions import converted, day
from .files import Item

UNKNOWN = Message(
    "There is no such column here. There are: {allowed}.",
    "Deze kolom bestaat hier niet. Wel: {allowed}.",
    "unknown_column",
)
MISSING = Message(
    "There is no {id} in these files or in the registry.",
    "{id} staat niet in deze bestanden en niet in het register.",
    "unknown_reference",
)
PASSED = {"id", "also", "record", "reference", "version"}
SILENT = {"lines", "section"}  # of a source: the passage itself has them
Names = Mapping[str, str]


def lists(schema: BaseSchema) -> set[str]:
    """The nested lists of a record, each of which can have a file."""
    return {f.data_key or n for n, f in schema.load_fields.items() if isinstance(f, Rows)}


class Builder:
    """Builds payloads; `names` leads from an id in the files to a public reference.

    A pointer to an id of this run that has no reference yet is left out and noted in `deferred`.
    Numbers are read by the conventions of `lang`.
    """

    def __init__(
        self, names: Names, coming: set[str], faults: list[Fault], *, lang: str = "en"
    ) -> None:
        self.names, self.coming, self.faults, self.lang = names, coming, faults, lang
        self.deferred = False
        # The rows of each list that are in the last payload: refusals count by their place.
        self.kept: dict[str, list[Row]] = {}

    def record(self, schema: BaseSchema, item: Item) -> dict[str, Any]:
        """The payload of one record with all its lists."""
        self.deferred, self.kept = False, {}
        payload = self.row(schema, item.row) or {}
        for name, field in schema.load_fields.items():
            key = field.data_key or name
            rows = item.lists.get(key)
            if isinstance(field, Rows) and rows is not None:
                built = [(row, self.row(field.schema, row)) for row in rows]
                self.kept[key] = [row for row, made in built if made is not None]
                payload[key] = [made for _, made in built if made is not None]
        return payload

    def row(self, schema: BaseSchema, row: Row) -> dict[str, Any] | None:
        """The payload of one row, or None where it has to wait for another record."""
        fields = {f.data_key or n: f for n, f in schema.load_fields.items()}
        self._refuse_unknown(schema, fields, row)
        payload: dict[str, Any] = {}
        for name, field in fields.items():
            if isinstance(field, Rows) or not isinstance(field, Described):
                continue
            parts = {c: v for c, v in row.cells.items() if c == name or c.startswith(f"{name}.")}
            if not parts:
                continue
            value = self._value(field, name, parts, row)
            if value is WAITING:
                self.deferred = True
                if "key" in fields:
                    return None
                continue
            payload[name] = value
        return payload

    def _refuse_unknown(self, schema: BaseSchema, fields: Mapping[str, Any], row: Row) -> None:
        computed = {f.data_key or n for n, f in schema.dump_fields.items()} - fields.keys()
        for column in row.cells:
            if column not in PASSED | computed and column.split(".")[0] not in fields:
                allowed = ", ".join(sorted(fields))
                self.faults.append(row.fault(column, UNKNOWN.format(allowed=allowed)))

    def _value(self, field: Described, name: str, parts: Mapping[str, str], row: Row) -> Any:
        if isinstance(field, Policy):
            return self._words(name, parts)
        if isinstance(inner := getattr(field, "parts", None), Mapping):
            place = {
                part: self._pointer(parts.get(f"{name}.{part}", ""), f"{name}.{part}", row, ref.to)
                for part, ref in inner.items()
            }
            return WAITING if WAITING in place.values() else place
        cell = parts.get(name, "")
        if not cell:
            return None
        if isinstance(field, Ref):
            return self._pointer(cell, name, row, field.to)
        return converted(field, cell, self.lang)

    def _words(self, name: str, parts: Mapping[str, str]) -> Any:
        given = {"text": str(parts.get(name, ""))}
        for column, cell in parts.items():
            _, _, part = column.partition(".")
            if part:
                given[part] = str(cell) if part == "kind" else day(cell)
        return {k: v or None for k, v in given.items()} if any(given.values()) else None

    def _pointer(self, cell: str, column: str, row: Row, model: Any) -> Any:
        if not cell or cell in self.names:
            return self.names.get(cell)
        if cell in self.coming:
            return WAITING
        found = sought(model, cell)
        if isinstance(found, Message):
            self.faults.append(row.fault(column, found))
            return None
        return found


WAITING: Any = object()
