"""Nested lists: laying the rows of a payload over those that are there, and writing them.

A known key changes that row, no key finds the row with the same natural key, anything else is
new, and what is not named goes; a row that the acting person cannot see stays as it is."""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Mapper
from sqlalchemy.orm.attributes import set_committed_value

from . import policydate
from .errors import Message
from .fields import Rows
from .record import Series

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,23}")
MOST = 500
MALFORMED = Message(
    "A key has at most 24 small letters, digits and hyphens.",
    "Een sleutel heeft hoogstens 24 kleine letters, cijfers en streepjes.",
    "key",
)
TWICE = Message("Two rows have this key.", "Twee rijen hebben deze sleutel.", "duplicate")
TOO_MANY = Message("At most {n} rows.", "Hoogstens {n} rijen.", "too_many")


def new_key() -> str:
    """A new opaque key for a nested row."""
    return "".join(map(ALPHABET.__getitem__, _drawn(8)))


def _drawn(count: int) -> Iterator[int]:
    number = secrets.randbelow(len(ALPHABET) ** count)  # one draw, where one per letter is dear
    for _ in range(count):
        number, at = divmod(number, len(ALPHABET))
        yield at


def refused(rows: Sequence[Any]) -> Any:
    """What is wrong with the list itself: too long, or keys that are malformed or repeated."""
    if len(rows) > MOST:
        return [TOO_MANY.format(n=MOST)]
    seen: set[str] = set()
    wrong: dict[int, dict[str, list[Message]]] = {}
    for index, row in enumerate(rows):
        key = row.get("key") if isinstance(row, Mapping) else None
        if key in (None, ""):
            continue
        if not isinstance(key, str) or not KEY.fullmatch(key):
            wrong[index] = {"key": [MALFORMED]}
        elif key in seen:
            wrong[index] = {"key": [TWICE]}
        else:
            seen.add(key)
    return wrong


def merge(schema: Any, current: list[dict[str, Any]], rows: list[Any]) -> list[Any]:
    """Lay `rows` over `current`. Position means nothing."""
    free = {row["key"]: row for row in current}
    named = {row.get("key") for row in rows if isinstance(row, Mapping)}
    out: list[Any] = []
    for row in rows:
        if not isinstance(row, Mapping):
            out.append(row)
            continue
        found = free.pop(row["key"], None) if row.get("key") else None
        if found is None and not row.get("key"):
            found = _natural(schema, free, named, row)
        out.append({**(found or {}), **row, **({"key": found["key"]} if found else {})})
    return out


def _natural(schema: Any, free: dict[str, Any], named: set[Any], row: Mapping[str, Any]) -> Any:
    if not schema.natural:
        return None
    wanted = [_bare(row.get(name)) for name in schema.natural]
    for key, candidate in free.items():
        if key not in named and [_bare(candidate.get(n)) for n in schema.natural] == wanted:
            return free.pop(key)
    return None


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return value.get("reference", value.get("text"))
    return value or None


def apply(schema: Any, obj: Any, values: Mapping[str, Any]) -> None:
    """Write loaded `values` onto the model, rows matched by key."""
    state = inspect(obj)
    lists = _lists(state.mapper)
    for name, field in schema.load_fields.items():
        attribute = field.attribute or name
        value = values.get(attribute)
        new = state.key is None and attribute not in state.dict
        if new and not value and attribute in lists:
            set_committed_value(obj, attribute, [])
        elif isinstance(field, Rows):
            _apply_rows(field, obj, attribute, value or [])
        elif new and value is None:
            continue  # so it is without being said
        elif getattr(obj, attribute) != value:
            setattr(obj, attribute, value)


@cache
def _lists(mapper: Mapper[Any]) -> frozenset[str]:
    return frozenset(r.key for r in mapper.relationships if r.uselist)


def _apply_rows(field: Rows, parent: Any, attribute: str, rows: list[dict[str, Any]]) -> None:
    schema = field.schema
    there = list(getattr(parent, attribute))
    known = {row.key: row for row in there if field.shows(row)}
    hidden = {row.key for row in there} - known.keys()
    result = []
    for values in rows:
        key = values.get("key") or new_key()
        if key in hidden:  # a key that somebody guessed gives no hold on what they cannot see
            key = new_key()
        row = known.get(key) or schema.model(key=key)
        apply(schema, row, {**values, "key": key})
        result.append(row)
    result += [row for row in there if not field.shows(row)]
    _place(result, there)
    if issubclass(schema.model, Series):
        _settle(result, chained=getattr(schema.model, "__chained__", False))
    setattr(parent, attribute, result)


def _place(result: list[Any], there: list[Any]) -> None:
    """Give new rows at the end the next positions; number anew only when the order changes."""
    kept = [row for row in result if row in there]
    ordered = [row.position for row in kept]
    if result[: len(kept)] == kept and ordered == sorted(set(ordered)):
        last = ordered[-1] if ordered else -1
        for position, row in enumerate(result[len(kept) :], last + 1):
            row.position = position
        return
    for position, row in enumerate(result):
        row.position = position


def _settle(series: list[Any], *, chained: bool) -> None:
    """Compute the half-open days of a series; in a chained one a row ends where the next begins,
    in the order of time."""
    for row in series:
        row.effective_from = policydate.since(row.from_) if row.from_ else None
        row.effective_until = policydate.until(row.until) if row.until else None
    if not chained:
        return
    dated = [row for row in series if row.effective_from is not None]
    ordered = [row for row in series if row.effective_from is None]
    ordered += sorted(dated, key=lambda row: (row.effective_from, row.position))
    for row, following in pairwise(ordered):
        if row.effective_until is None:
            row.effective_until = following.effective_from
