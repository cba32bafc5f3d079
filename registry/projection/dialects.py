"""Two small dialects: SQLite builds with json_object and json_group_array, PostgreSQL with
json_build_object and json_agg."""

from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import JSON, Select, String, Text, case, cast, func, literal_column, select, text

MOST = 50
"""How many members one call can make: a function of PostgreSQL takes 100 arguments, one of SQLite
127."""
Pairs = list[tuple[str, Any]]


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
        if self.sqlite:
            first = func.json_object(*_flat(parts[0], ""))
            return reduce(lambda made, part: func.json_insert(made, *_flat(part, "$.")),
                          parts[1:], first)  # fmt: skip
        made = [func.json_build_object(*_flat(part, "")) for part in parts]
        return reduce(_beside, made)

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


def _flat(pairs: Pairs, before: str) -> list[Any]:
    """The arguments that make these members; their names are those of a dictionary."""
    flat: list[Any] = []
    for name, value in pairs:
        flat += [literal_column(f"'{before}{name}'"), value]
    return flat


def _beside(one: Any, other: Any) -> Any:
    """Two objects of PostgreSQL as one, in their order and each evaluated once."""
    head = func.left(cast(one, Text), -1)
    return cast(head.concat(",").concat(func.substr(cast(other, Text), 2)), JSON)
