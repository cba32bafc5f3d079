"""What the tables hold of a record, in the words of the book of changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect, select

from .. import ledger
from ..db import session
from ..fields import Rows
from ..kind import Kind, kind_named
from ..record import ExternalKey, Nested, Record, Series
from ..sources.models import Citation

Flat = dict[str, Any]


@dataclass
class Stored:
    """One record: what the history speaks of by path, and what is copied and computed from it."""

    facts: Flat = field(default_factory=dict)
    computed: Flat = field(default_factory=dict)

    @staticmethod
    def days(kind: Kind, entity: Any) -> Flat:
        """The computed days of the series of an entity."""
        return dict(_days(row) for rows in _series(kind, entity) for row in rows)


def stored(records: Sequence[Record]) -> dict[int, Stored]:
    """What the tables hold of `records`: the queries do not depend on how many they are."""
    found = {record.id: Stored(computed=_copies(record)) for record in records}
    for record in records:
        found[record.id].facts.update(ledger.facts(record))
    for model in (Citation, ExternalKey):
        _add(found, model, list(found))
    for name in {record.kind for record in records}:
        ids = [record.id for record in records if record.kind == name]
        kind = kind_named(name)
        _add(found, kind.model, ids)
        for rows in _lists(kind):
            _add(found, rows, ids)
    values = [value for one in found.values() for value in one.facts.values()]
    names = ledger.names_of(session(), values)
    for one in found.values():
        one.facts = {path: ledger.named(value, names) for path, value in one.facts.items()}
    return found


def _copies(record: Record) -> Flat:
    own = {"title": record.title, "titleEn": record.title_en, "sortTitle": record.sort_title}
    return {name: value for name, value in own.items() if value is not None}


def _add(found: dict[int, Stored], model: Any, ids: list[int]) -> None:
    key = _parent(model)
    for row in session().scalars(select(model).where(key.in_(ids))):
        one = found[getattr(row, key.key)]
        one.facts.update(ledger.facts(row))
        if isinstance(row, Series):
            one.computed.update([_days(row)])


def _parent(model: Any) -> Any:
    if issubclass(model, Nested):
        return model.parent_id
    return model.record_id if model is ExternalKey else model.id


def _days(row: Any) -> tuple[str, Any]:
    return f"{row.__list__}[{row.key}]: days", (row.effective_from, row.effective_until)


def _lists(kind: Kind) -> Iterator[Any]:
    """The models of the nested lists of a kind; its sources hang on the record."""
    for relation in inspect(kind.model).relationships:
        if issubclass(relation.mapper.class_, Nested):
            yield relation.mapper.class_


def _series(kind: Kind, entity: Any) -> Iterator[list[Any]]:
    for name, described in kind.dictionary.load_fields.items():
        if isinstance(described, Rows) and issubclass(described.schema.model, Series):
            yield getattr(entity, described.attribute or name)
