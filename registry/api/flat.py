"""A record as one line of CSV: every member has columns, also the rows of its lists.

A member of an object is `due.latest`, one of the rows of a list `participations.role`: the values
of all rows, in their order, with ` | ` between them."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import orjson

from ..access import View
from ..fields import Computed, Described, Ref, Rows, json_name
from ..kind import Kind, kinds
from ..schema import BaseSchema, RecordSchema, only_seen
from ..tables.delimited import safe

BETWEEN = " | "
Read = Callable[[Mapping[str, Any]], str]
Column = tuple[str, Read]


def columns(kind: Kind, view: View) -> list[Column]:
    """Header and reader of every column of `kind`, in the order of its JSON."""
    schema = kind.dictionary
    own = [name for name in RecordSchema._declared_fields if name != "keeper"]
    at = own.index("version")
    heads = [json_name(name) for name in own]
    keeper = next(k.model for k in kinds() if k.keeps)
    found = [(name, _member(name)) for name in heads[:at]]
    found += [(f"keeper.{n}", _within("keeper", read)) for n, read in _pointed(keeper)]
    found += [(name, _member(name)) for name in heads[at:]]
    return [*found, *_described(schema, view)]


def _described(schema: BaseSchema, view: View) -> Iterator[Column]:
    seen = set(only_seen(schema, view))
    for name, field in schema.described().items():
        if name in seen:
            yield from _of(str(field.data_key or name), field, view)


def _of(name: str, field: Described, view: View) -> Iterator[Column]:
    like = field.like if isinstance(field, Computed) else field
    if isinstance(like, Rows):
        for inner, read in _described(like.schema, view):
            yield f"{name}.{inner}", _joined(name, read)
        return
    inside = [*_inside(like)]
    for inner, read in inside:
        yield f"{name}.{inner}", _within(name, read)
    if not inside:
        yield name, _member(name)


def _inside(field: Described) -> Iterator[Column]:
    """The members of an object; of a plain value none."""
    parts = getattr(field, "parts", ())
    if isinstance(field, Ref):
        yield from _pointed(field.to)
    elif isinstance(parts, Mapping):
        for part, ref in parts.items():
            yield from ((f"{part}.{n}", _within(part, read)) for n, read in _pointed(ref.to))
    else:
        yield from ((part, _member(part)) for part in parts)


def _pointed(model: Any) -> Iterator[Column]:
    """What a pointer tells of the record that it points at."""
    return ((name, _member(name)) for name in ("reference", *map(json_name, model.__ref__)))


def _member(name: str) -> Read:
    def read(item: Mapping[str, Any]) -> str:
        value = item.get(name)
        return value if isinstance(value, str) else _written(value)

    return read


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return orjson.dumps(value).decode()


def _within(name: str, read: Read) -> Read:
    def within(item: Mapping[str, Any]) -> str:
        inner = item.get(name)
        return read(inner) if inner else ""

    return within


def _joined(name: str, read: Read) -> Read:
    def joined(item: Mapping[str, Any]) -> str:
        return BETWEEN.join([read(row) for row in item[name]]) if item.get(name) else ""

    return joined


def lines(found: list[Column], batches: Iterable[list[str]]) -> Iterator[str]:
    """The header, and then each batch of records, as CSV that no spreadsheet runs."""
    yield _lines([[name for name, _ in found]])
    reads = [read for _, read in found]
    for batch in batches:
        items = map(orjson.loads, batch)
        yield _lines([[safe(read(item)) for read in reads] for item in items])


def _lines(rows: Iterable[list[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()
