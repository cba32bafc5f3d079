"""From the path of a field in a record's JSON to the words for it: `participations[k3].role`."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..fields import Described, Rows
from ..schema import BaseSchema
from ..web import cells
from ..web.language import say

PATH = re.compile(r"(?P<root>\w+)(?:\[(?P<key>[^\]]*)\])?(?:\.(?P<leaf>\w+))?")


class Place(NamedTuple):
    """Where a path leads: the field, and in a nested list the row and the field in it."""

    name: str
    field: Described | None
    key: str | None
    inner: Described | None


def place(schema: BaseSchema, path: str) -> Place:
    """Take a path apart. A path that leads nowhere has no field."""
    found = PATH.match(path)
    if found is None:
        return Place(path, None, None, None)
    root, key, leaf = found["root"], found["key"], found["leaf"]
    fields = by_json(schema)
    # One field may stand on two columns: madeAtEvent and madeAtDocument are parts of madeAt.
    name = root if root in fields else next((n for n in fields if root.startswith(n)), root)
    field = fields.get(name)
    inner = by_json(field.schema).get(leaf or "") if isinstance(field, Rows) else None
    return Place(name, field, key, inner)


def by_json(schema: BaseSchema) -> dict[str, Described]:
    """The described fields by JSON name."""
    return {str(f.data_key or n): f for n, f in schema.described().items()}


def label(schema: BaseSchema, path: str, item: Mapping[str, Any] | None = None) -> str:
    """The words for a path, with the row that it is about where `item` still has that row."""
    at = place(schema, path)
    if at.field is None:
        return path
    words = say(at.field.about.words)
    if not isinstance(at.field, Rows):
        return words
    row = _row(item, at) if item is not None else None
    about = cells.plain(cells.summary(at.field.schema, row)) if row else ""
    return " – ".join(filter(None, (words, about, say(at.inner.about.words) if at.inner else "")))


def _row(item: Mapping[str, Any], at: Place) -> Mapping[str, Any] | None:
    rows = item.get(at.name) or []
    return next((row for row in rows if row.get("key") == at.key), None)
