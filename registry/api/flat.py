"""A record as one line of CSV: every member has columns, also the rows of its lists.

A member of an object is `due.latest`, one of the rows of a list `participations.role`: the values
of all rows, in their order, with ` | ` between them."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from ..access import View
from ..fields import Computed, Described, Ref, Rows, json_name
from ..kind import Kind, kinds
from ..schema import BaseSchema, RecordSchema, only_seen
from ..tables.delimited import safe

BETWEEN = " | "
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Member(NamedTuple):
    """One member of an object: the names of its columns, and what stands in them."""

    name: str
    heads: list[str]
    blank: list[str]
    cells: Callable[[Any], Sequence[str]]


def members(kind: Kind, view: View) -> list[Member]:
    """The members of a record of `kind`, in the order of its JSON."""
    found = []
    for name in map(json_name, RecordSchema._declared_fields):
        keeper = next(k.model for k in kinds() if k.keeps)
        found.append(_object(name, _pointed(keeper)) if name == "keeper" else _plain(name))
    return [*found, *_described(kind.dictionary, view)]


def lines(found: Sequence[Member], batches: Iterable[list[str]]) -> Iterator[str]:
    """The header, and then each batch of records, as CSV that no spreadsheet runs."""
    yield _lines([[head for member in found for head in member.heads]])
    for batch in batches:
        yield _lines([*map(_safe, _cells(found, orjson.loads(item)))] for item in batch)


def _lines(rows: Iterable[Sequence[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


def _safe(cell: str) -> str:
    """A cell that no spreadsheet runs. A number is none of what it would, and stays one."""
    return cell if not cell or NUMBER.fullmatch(cell) else safe(cell)


def _cells(found: Sequence[Member], item: Mapping[str, Any]) -> list[str]:
    cells: list[str] = []
    for name, _, blank, read in found:
        value = item.get(name)
        cells += blank if value is None or value == [] else read(value)
    return cells


def _described(schema: BaseSchema, view: View) -> Iterator[Member]:
    seen = set(only_seen(schema, view))
    for name, field in schema.described().items():
        if name in seen:
            yield _of(str(field.data_key or name), field, view)


def _of(name: str, field: Described, view: View) -> Member:
    like = field.like if isinstance(field, Computed) else field
    if isinstance(like, Rows):
        return _rows(name, [*_described(like.schema, view)])
    inside = [*_inside(like)]
    return _object(name, inside) if inside else _plain(name)


def _inside(field: Described) -> Iterator[Member]:
    """The members of an object; of a plain value none."""
    parts = getattr(field, "parts", ())
    if isinstance(field, Ref):
        yield from _pointed(field.to)
    elif isinstance(parts, Mapping):
        yield from (_object(part, _pointed(ref.to)) for part, ref in parts.items())
    else:
        yield from map(_plain, parts)


def _pointed(model: Any) -> list[Member]:
    """What a pointer tells of the record that it points at."""
    return [*map(_plain, ("reference", *map(json_name, model.__ref__)))]


def _plain(name: str) -> Member:
    return Member(name, [name], [""], _written)


def _written(value: Any) -> tuple[str]:
    return (value if isinstance(value, str) else orjson.dumps(value).decode(),)


def _object(name: str, inside: Sequence[Member]) -> Member:
    heads = [f"{name}.{head}" for member in inside for head in member.heads]
    return Member(name, heads, [""] * len(heads), lambda value: _cells(inside, value))


def _rows(name: str, inside: Sequence[Member]) -> Member:
    heads = [f"{name}.{head}" for member in inside for head in member.heads]

    def cells(rows: Sequence[Mapping[str, Any]]) -> list[str]:
        told = [_cells(inside, row) for row in rows]
        return told[0] if len(told) == 1 else [*map(BETWEEN.join, zip(*told, strict=True))]

    return Member(name, heads, [""] * len(heads), cells)
