"""Two small dialects: SQLite builds text with json_object, json_quote and group_concat, PostgreSQL
JSON with json_build_object and json_agg."""

from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import (
    JSON,
    Select,
    String,
    Text,
    case,
    cast,
    func,
    literal_column,
    select,
    text,
    type_coerce,
)

MOST = 50
"""How many members one call can make: a function of PostgreSQL takes 100 arguments, one of SQLite
127."""
Pairs = list[tuple[str, Any]]


class Finished(Text):
    """JSON that is text already. SQLite forgets at the edge of a subquery that a text is JSON, and
    to read it again at every edge took half of the time of a list."""


class Filled(Finished):
    """The same where it is never NULL."""


@dataclass(frozen=True)
class Json:
    """Builds JSON in the words of one dialect."""

    dialect: str

    @property
    def sqlite(self) -> bool:
        return self.dialect == "sqlite"

    def object_(self, pairs: Pairs) -> Any:
        """An object with these members, however many."""
        parts = [pairs[at : at + MOST] for at in range(0, len(pairs), MOST)] or [[]]
        if not self.sqlite:
            return reduce(_beside, [func.json_build_object(*_flat(part)) for part in parts])
        if len(parts) == 1 and not any(map(_is_finished, (value for _, value in pairs))):
            return func.json_object(*_flat(pairs))
        written = [_written(part, at, len(parts)) for at, part in enumerate(parts, 1)]
        return type_coerce(reduce(lambda one, other: one.concat(other), written), Filled)

    def embed(self, json: Any) -> Any:
        """Keep a JSON value JSON inside another, also where there may be none."""
        return type_coerce(json, Finished) if self.sqlite else json

    def array(self, rows: Select[Any], order: list[Any]) -> Any:
        """All `rows` (one column, JSON) as an array in `order`."""
        column = rows.order_by(*order).subquery().c[0]
        if self.sqlite:
            joined = func.coalesce(func.group_concat(column), literal_column("''"), type_=Text)
            listed = literal_column("'['", Text).concat(joined).concat(literal_column("']'"))
            return type_coerce(select(listed).scalar_subquery(), Filled)
        return func.coalesce(select(func.json_agg(column)).scalar_subquery(), text("'[]'::json"))

    def flag(self, column: Any) -> Any:
        """True, false or null."""
        if not self.sqlite:
            return column
        return func.json(case((column.is_(None), "null"), (column, "true"), else_="false"))

    def moment(self, column: Any) -> Any:
        """A moment in UTC, with microseconds and a Z."""
        if self.sqlite:
            return cast(column, String)
        return func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')

    def amount(self, column: Any) -> Any:
        """An amount with two decimals, as text."""
        if self.sqlite:
            return case((column.is_not(None), func.printf("%.2f", column)))
        return cast(column, String)


_null: Any = literal_column("'null'", Text)


def _is_finished(value: Any) -> bool:
    return isinstance(getattr(value, "type", None), Finished)


def _written(pairs: Pairs, at: int, of: int) -> Any:
    """These members as text, part `at` of so many. What is NULL is null, also as JSON.

    The braces are in the pattern: the parser of SQLite can look no further than 100 steps down."""
    first, last = "{" if at == 1 else ",", "}" if at == of else ""
    pattern = ",".join(f'"{name}":%s' for name, _ in pairs)
    values = [_quoted(value) for _, value in pairs]
    return func.format(literal_column(f"'{first}{pattern}{last}'", Text), *values, type_=Text)


def _quoted(value: Any) -> Any:
    if not _is_finished(value):
        return func.json_quote(value)
    return value if isinstance(value.type, Filled) else func.coalesce(value, _null)


def _flat(pairs: Pairs) -> list[Any]:
    """The arguments that make these members; their names are those of a dictionary."""
    flat: list[Any] = []
    for name, value in pairs:
        flat += [literal_column(f"'{name}'"), value]
    return flat


def _beside(one: Any, other: Any) -> Any:
    """Two objects of PostgreSQL as one, in their order and each evaluated once."""
    head = func.left(cast(one, Text), -1)
    return cast(head.concat(",").concat(func.substr(cast(other, Text), 2)), JSON)
