"""A record as it stood at a moment, replayed from its changes.

The changes are laid on an entity that is in no session, and the schema writes that out as ever.
Titles of the records it points at are those of now: they belong to those records.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from .. import nesting
from ..access import AUDIENCES, Actor, owns
from ..db import session
from ..errors import NotFound
from ..fields import Amount, Day, Described, Policy, Ref, Rows, Through
from ..kind import Kind
from ..ledger import Change
from ..policydate import DateKind, PolicyDate
from ..record import Record, Series, State
from ..schema import BaseSchema, only_seen
from ..sources.models import Passage
from . import queries

ROW = re.compile(r"(?P<list>\w+)\[(?P<key>[^\]]*)\]\.(?P<field>\w+)")
Tree = dict[str, Any]


def known_at(
    kind: Kind, actor: Actor, reference: str, moment: datetime, order: Mapping[str, Any]
) -> tuple[Record, Tree]:
    """The record and its JSON as known at `moment`. `order`: its JSON of now, for the order of
    rows. Raises NotFound before its registration, and for the public before publication."""
    record = queries.record_of(kind, actor, reference)
    changes = queries.until(record, moment)
    if not changes:
        raise NotFound
    tree = laid_out(changes)
    then = _identity(record, tree, changes[-1])
    if not (actor.editorial or owns(actor, record)):
        opened = record.published_at is not None and record.published_at <= moment
        if not (opened and _shown(actor, then)):
            raise NotFound
    entity = _entity(kind, tree, then, order)
    shown = kind.schema(only=only_seen(kind.dictionary, actor.view))
    item: Tree = shown.dump(entity)
    return then, item


def laid_out(changes: Sequence[Change]) -> Tree:
    """The last values by JSON name, and of lists by name and key."""
    tree: Tree = {}
    for change in changes:
        for pair in change.changes:
            _lay(tree, pair["path"], pair["new"])
    return tree


def _lay(tree: Tree, path: str, value: Any) -> None:
    found = ROW.fullmatch(path)
    if found is None:
        tree[path] = value
        return
    rows = tree.setdefault(found["list"], {})
    row = rows.setdefault(found["key"], {})
    row[found["field"]] = value
    if all(part is None for part in row.values()):
        del rows[found["key"]]


def _identity(record: Record, tree: Tree, last: Change) -> Record:
    if tree.get("deletedAt"):
        raise NotFound
    return Record(
        id=record.id,
        kind=record.kind,
        reference=record.reference,
        owner_id=record.owner_id,
        keeper_id=record.keeper_id,
        state=tree.get("workflow") or State.DRAFT,
        audience=tree.get("audience") or record.audience,
        version=last.version,
        created_at=record.created_at,
        updated_at=last.at,
        published_at=record.published_at,
    )


def _shown(actor: Actor, then: Record) -> bool:
    published = then.state in (State.PUBLISHED, State.ARCHIVED)
    return published and then.audience in AUDIENCES[actor.view]


def _entity(kind: Kind, tree: Tree, then: Record, order: Mapping[str, Any]) -> Any:
    schema = kind.schema()
    with session().no_autoflush:
        values = _Values(_targets(schema, tree), order).of(schema, tree)
        entity = kind.model(record=then)
        nesting.apply(schema, entity, values)
        if settle := getattr(entity, "settle", None):
            settle()
    return entity


def _targets(schema: BaseSchema, tree: Tree) -> dict[tuple[Any, str], Any]:
    """Everything that the tree points at: one query for each kind of target."""
    wanted: dict[Any, set[str]] = {}
    _gather(schema, tree, wanted)
    found: dict[tuple[Any, str], Any] = {}
    for model, names in wanted.items():
        if model is Passage:
            found.update(_passages(names))
            continue
        query = select(model).join(Record, Record.id == model.id)
        for target in session().scalars(query.where(Record.reference.in_(names))):
            found[model, target.record.reference] = target
    return found


def _passages(quotes: set[str]) -> dict[tuple[Any, str], Any]:
    query = select(Passage, Record.reference).join(Record, Record.id == Passage.parent_id)
    rows = session().execute(query.where(Passage.quote.in_(quotes)))
    return {(reference, passage.quote): passage for passage, reference in rows}


def _gather(schema: BaseSchema, tree: Tree, wanted: dict[Any, set[str]]) -> None:
    for name, field in schema.load_fields.items():
        key = str(field.data_key or name)
        if isinstance(field, Rows):
            for row in tree.get(key, {}).values():
                _gather(field.schema, row, wanted)
        for part, model in _pointers(field, key):
            if tree.get(part):
                wanted.setdefault(model, set()).add(tree[part])


def _pointers(field: Any, key: str) -> list[tuple[str, Any]]:
    """(name in the book, model) of what a field points at."""
    if isinstance(field, Ref):
        return [(key, field.to)]
    if isinstance(field, Through):
        return [(field.via, Passage)]
    parts = getattr(field, "parts", None)
    if isinstance(parts, Mapping):  # one field on several columns, such as where it was made
        return [(f"{key}{part.capitalize()}", ref.to) for part, ref in parts.items()]
    return []


class _Values:
    """Turns the plain values of the book into values of the model, by attribute."""

    def __init__(self, targets: dict[tuple[Any, str], Any], order: Mapping[str, Any]) -> None:
        self.targets, self.order = targets, order

    def of(self, schema: BaseSchema, tree: Tree) -> Tree:
        found: Tree = {}
        for name, field in schema.load_fields.items():
            key = str(field.data_key or name)
            if isinstance(field, Rows):
                value: Any = self._rows(field, key, tree.get(key, {}))
            else:
                value = self._one(field, key, tree)
            found[field.attribute or name] = value
        return found

    def _rows(self, field: Rows, key: str, rows: Tree) -> list[Tree]:
        now = [row.get("key") for row in self.order.get(key) or []]
        made = [{**self.of(field.schema, row), "key": name} for name, row in rows.items()]
        series = issubclass(field.schema.model, Series)
        return sorted(made, key=lambda row: _place(row, now, series=series))

    def _one(self, field: Any, key: str, tree: Tree) -> Any:
        if isinstance(field, Through):
            words = tree.get(field.via)
            known = self.targets.get((tree.get("document"), str(words)))
            return known or (Passage(quote=words) if words else None)
        if pointers := _pointers(field, key):
            found = [self.targets.get((model, str(tree.get(part)))) for part, model in pointers]
            return found[0] if isinstance(field, Ref) else tuple(found)
        return _value(field, tree.get(key))


def _place(row: Tree, now: list[Any], *, series: bool) -> tuple[Any, ...]:
    known = now.index(row["key"]) if row["key"] in now else len(now)
    begin = row.get("from_") if series else None
    return ((begin.earliest if begin else None) or date.min, known) if series else (known,)


def _value(field: Described, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, Policy):
        return _policy(value)
    if isinstance(field, Day):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(field, Amount) else value


def _policy(parts: Mapping[str, Any]) -> PolicyDate:
    days = (parts.get(name) for name in ("earliest", "latest", "anchor"))
    earliest, latest, anchor = (date.fromisoformat(day) if day else None for day in days)
    kind = DateKind(parts["kind"]) if parts.get("kind") else None
    return PolicyDate(parts.get("text"), earliest, latest, kind, anchor)
