"""How the book writes what a row points at: by name, never by number."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from ..record import Record
from .collecting import Pointer

Names = dict[tuple[int, str], str]
namers: dict[str, Callable[[Sequence[int]], Any]] = {}
"""Per table: a query (id, name) for keys that are no record, such as passages."""


def names_of(session: Session, values: Iterable[Any]) -> Names:
    """The names of all pointers among `values`: those of records that the command has at hand
    without a query, of all other records in one, and one for each other table."""
    pointers = {value for value in values if isinstance(value, Pointer)}
    found: Names = {}
    records = {pointer for pointer in pointers if pointer.table not in namers}
    for pointer in records:
        if (known := session.identity_map.get(identity_key(Record, pointer.id))) is not None:
            found[pointer.id, pointer.table] = known.reference
    unknown = [p for p in records if (p.id, p.table) not in found]
    named = dict(_named(session, _references, {pointer.id for pointer in unknown}))
    found.update({(p.id, p.table): named[p.id] for p in unknown if p.id in named})
    for table in {pointer.table for pointer in pointers - records}:
        ids = {pointer.id for pointer in pointers if pointer.table == table}
        found.update({(i, table): name for i, name in _named(session, namers[table], ids)})
    return found


def _named(
    session: Session, query: Callable[[Sequence[int]], Any], ids: set[int]
) -> Iterable[tuple[int, str]]:
    return [tuple(row) for row in session.execute(query(sorted(ids)))] if ids else []


def _references(ids: Sequence[int]) -> Any:
    return select(Record.id, Record.reference).where(Record.id.in_(ids))


def named(value: Any, names: Names) -> Any:
    """`value` as the book writes it."""
    return names.get((value.id, value.table)) if isinstance(value, Pointer) else value
