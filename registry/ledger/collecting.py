"""A listener that notes what a flush changes on recorded models, and refuses changes outside a
command."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import (
    CompositeProperty,
    Mapper,
    ORMExecuteState,
    Session,
    UOWTransaction,
)

from ..db import rfc3339
from ..policydate import PolicyDate
from ..record import Entity, ExternalKey, Nested, Record
from .book import Unaudited, entry_of
from .models import Change

SILENT: dict[type, frozenset[str]] = {
    Record: frozenset(
        "id kind reference title title_en sort_title owner_id version last_seq "
        "created_at updated_at "
        "submitter_id submitted_at reviewer_id reviewed_at review_note".split()
    ),
    Entity: frozenset({"id"}),
    Nested: frozenset("id parent_id key effective_from effective_until".split()),
    ExternalKey: frozenset({"id", "record_id"}),
}
"""What the history does not speak of: identity, copies and what is computed."""


@dataclass(frozen=True)
class Pointer:
    """A foreign key in the book: written out as the name of what it points at."""

    table: str
    id: int


def _json_name(name: str) -> str:
    head, *tail = name.removesuffix("_id").rstrip("_").split("_")
    return head + "".join(part.capitalize() for part in tail)


def _plain(value: Any) -> Any:
    if isinstance(value, PolicyDate):
        return value.as_json()
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else value


@cache
def _attributes(mapper: Mapper[Any]) -> tuple[tuple[str, str, str | None], ...]:
    """(attribute, JSON name, table that it points at) of everything the history speaks of."""
    return tuple(_spoken_of(mapper))


def _spoken_of(mapper: Mapper[Any]) -> Iterator[tuple[str, str, str | None]]:
    silent = next(names for base, names in SILENT.items() if issubclass(mapper.class_, base))
    inside = {c.key for p in _composites(mapper) for c in p.columns}
    for composite in _composites(mapper):
        yield composite.key, _json_name(composite.key), None
    for prop in mapper.column_attrs:
        column = prop.columns[0]
        if prop.key in silent or column.key in inside:
            continue
        if mapper.class_ is Record and prop.key == "state":
            yield "state", "workflow", None
            continue
        target = next((fk.column.table.name for fk in getattr(column, "foreign_keys", ())), None)
        yield prop.key, _json_name(prop.key), target


def _composites(mapper: Mapper[Any]) -> list[CompositeProperty[Any]]:
    return list(mapper.composites)


RECORDED = (Record, Entity, Nested, ExternalKey)


def facts(obj: Any) -> Iterator[tuple[str, Any]]:
    """What the book would say of `obj` as it is stored: (path, value) of all that is not empty."""
    _, prefix = _place(obj)
    for attribute, name, target in _attributes(inspect(obj).mapper):
        value = getattr(obj, attribute)
        if value is not None:
            yield prefix + name, Pointer(target, value) if target else _plain(value)


def spoken(obj: Any, names: Mapping[str, str], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """(path, value) of the attributes of `obj` that a statement tells, by their names there."""
    columns = inspect(obj).mapper.column_attrs
    for attribute, name in names.items():
        value = getattr(obj, attribute)
        if value is not None:
            keys = getattr(columns[attribute].columns[0], "foreign_keys", ())
            target = next((key.column.table.name for key in keys), None)
            yield prefix + name, Pointer(target, value) if target else _plain(value)


def _collect(session: Session, context: UOWTransaction, *_: Any) -> None:
    """After a flush, while the attributes still know their history: note what changed."""
    for obj in [*session.new, *session.dirty]:
        _note(session, obj, gone=False)


def _collect_gone(session: Session, obj: Any) -> None:
    """A row that its parent let go of is in no list of the flush: only this event tells."""
    _note(session, obj, gone=True)


def _note(session: Session, obj: Any, *, gone: bool) -> None:
    if not isinstance(obj, RECORDED):
        return
    if "book" not in session.info:
        raise Unaudited
    record_id, prefix = _place(obj)
    paths = entry_of(session, record_id).paths
    state = inspect(obj)
    for attribute, name, target in _attributes(state.mapper):
        old, new = _before_after(state, attribute, gone=gone)
        if old is None and new is None:
            continue
        if target:
            old, new = (Pointer(target, v) if v is not None else None for v in (old, new))
        pair = paths.setdefault(prefix + name, [_plain(old), None])
        pair[1] = _plain(new)
        if old != new and _shown_elsewhere(obj, attribute):
            entry_of(session, record_id).elsewhere = True


WHO_SEES = frozenset("state audience embargo_until deleted_at".split())


def _shown_elsewhere(obj: Any, attribute: str) -> bool:
    """Whether other records show this: what a pointer says, and whether there is one to see."""
    if isinstance(obj, Nested):
        return obj.__quoted__
    if isinstance(obj, Record):
        return attribute in WHO_SEES
    return isinstance(obj, Entity) and attribute in obj.__ref__


def _before_after(state: Any, attribute: str, *, gone: bool) -> tuple[Any, Any]:
    current = getattr(state.obj(), attribute)
    if gone:
        return current, None
    if state.pending:
        return None, current
    history = state.attrs[attribute].history
    if not history.deleted:
        return (None, current) if history.added else (current, current)
    return history.deleted[0], current


def _place(obj: Any) -> tuple[int, str]:
    """The record that `obj` belongs to, and its path prefix in it."""
    if isinstance(obj, Record | Entity):
        return obj.id, ""
    if isinstance(obj, ExternalKey):
        return obj.record_id, f"externalKeys[{obj.system}]."
    return obj.parent_id, f"{obj.__list__}[{obj.key}]."


def _refuse_outside(session: Session, *_: Any) -> None:
    if "book" in session.info:
        return
    # Before anything is sent: what reads on PostgreSQL has no transaction to undo it in.
    changed = [obj for obj in session.dirty if session.is_modified(obj)]
    if any(isinstance(obj, RECORDED) for obj in (*session.new, *session.deleted, *changed)):
        raise Unaudited


def _refuse_bulk(state: ORMExecuteState) -> None:
    changing = state.is_insert or state.is_update or state.is_delete
    if changing and any(issubclass(m.class_, (*RECORDED, Change)) for m in state.all_mappers):
        raise Unaudited


event.listen(Session, "before_flush", _refuse_outside)
event.listen(Session, "after_flush", _collect)
event.listen(Session, "persistent_to_deleted", _collect_gone)
event.listen(Session, "do_orm_execute", _refuse_bulk)
