"""How the book writes what a row points at: by name, never by number."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..record import Record
from .collecting import Pointer

Names = dict[tuple[int, str], str]
namers: dict[str, Callable[[Sequence[int]], Any]] = {}
"""Per table: a query (id, name) for keys that are no record, such as passages."""


def names_of(session: Session, values: Iterable[Any]) -> Names:
    """The names of all pointers among `values`: one query per table."""
    pointers = {value for value in values if isinstance(value, Pointer)}
    found: Names = {}
    for table in {pointer.table for pointer in pointers}:
        ids = sorted(pointer.id for pointer in pointers if pointer.table == table)
        query = namers.get(table, _references)(ids)
        found.update({(id_, table): name for id_, name in session.execute(query)})
    return found


def _references(ids: Sequence[int]) -> Any:
    return select(Record.id, Record.reference).where(Record.id.in_(ids))


def named(value: Any, names: Names) -> Any:
    """`value` as the book writes it."""
    return names.get((value.id, value.table)) if isinstance(value, Pointer) else value
