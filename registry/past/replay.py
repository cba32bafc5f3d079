"""A record as it stood at a moment, replayed from its changes.

The changes are laid on an entity that is in no session, and the schema writes that out as ever.
Titles of the records it points at are those of now: they belong to those records.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from .. import nesting
from ..access import AUDIENCES, Actor, owns
from ..db import session
from ..errors import NotFound
from ..fields import Amount, Computed, Day, Described, Policy, Ref, Rows, Through
from ..kind import Kind, kinds
from ..ledger import Change
from ..policydate import DateKind, PolicyDate
from ..record import Record, State
from ..schema import BaseSchema, RecordSchema, only_shown
from ..sources.models import Passage
from . import passages, queries

ROW = re.compile(r"(?P<list>\w+)\[(?P<key>[^\]]*)\]\.(?P<field>\w+)")
PLACE = "position"
OF_THE_RECORD = {
    *("workflow", "audience", "keeper", "mergedInto"),
    *("embargoUntil", "publishedAt", "deletedAt"),
}
"""What the book says of the record as such: for whom it is, and not what it says."""
Tree = dict[str, Any]
Targets = dict[tuple[Any, Any], Any]


def known_at(kind: Kind, actor: Actor, reference: str, moment: datetime) -> tuple[Record, Tree]:
    """The record and its JSON as known at `moment`. Raises NotFound before its registration, and
    for the public before publication."""
    record = queries.record_of(kind, actor, reference)
    changes = queries.until(record, moment)
    if not changes:
        raise NotFound
    tree = laid_out(changes)
    then = identity(record, tree, changes[-1])
    if then.deleted_at or not (
        actor.editorial or owns(actor, record) or was_shown(actor, then, moment)
    ):
        raise NotFound
    entity = entity_of(kind, tree, then, targets(kind, tree))
    item: Tree = shown(kind, actor).dump(entity)
    return then, item


def shown(kind: Kind, actor: Actor) -> RecordSchema:
    """The dictionary of what `actor` sees of a replayed record."""
    return kind.schema(only=tuple(_replayed(kind.dictionary, actor)))


def _replayed(schema: RecordSchema, actor: Actor) -> Iterator[str]:
    """The fields that `actor` sees, without those that the changes do not give."""
    for name in only_shown(schema, actor.view):
        field = schema.fields.get(name)
        if not isinstance(field, Computed) or field.replayed:
            yield name


def laid_out(changes: Sequence[Change]) -> Tree:
    """The last values by JSON name, and of lists by name and key."""
    tree: Tree = {}
    for change in changes:
        lay(tree, change)
    return tree


def values(changes: Sequence[Change]) -> dict[str, Any]:
    """The last values by path, without those that are empty."""
    last = {pair["path"]: pair["new"] for change in changes for pair in change.changes}
    return {path: value for path, value in last.items() if value is not None}


def lay(tree: Tree, change: Change) -> None:
    """Lay one more change on `tree`."""
    for pair in change.changes:
        _lay(tree, pair["path"], pair["new"])


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


def identity(record: Record, tree: Tree, last: Change) -> Record:
    """The record of then, in no session; `last` is the last change until then."""
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
        published_at=_moment(tree.get("publishedAt")),
        embargo_until=_moment(tree.get("embargoUntil")),
        deleted_at=_moment(tree.get("deletedAt")),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def was_shown(actor: Actor, then: Record, moment: datetime) -> bool:
    """Whether `actor` could see the record of then, at that moment."""
    published = then.state in (State.PUBLISHED, State.ARCHIVED)
    released = then.embargo_until is None or then.embargo_until <= moment
    return published and released and then.audience in AUDIENCES[actor.view]


def entity_of(kind: Kind, tree: Tree, then: Record, found: Targets) -> Any:
    """The entity of then, in no session, with its computed days; it points at what is `found`."""
    schema = kind.schema()
    with session().no_autoflush:
        values = _Values(found).of(schema, tree)
        entity = kind.model(record=then)
        keepers = (model for model, name in found if name == tree.get("keeper") and name)
        keeper = next(keepers, None)
        then.organisation = found[keeper, tree["keeper"]] if keeper else None
        nesting.apply(schema, entity, values)
        if settle := getattr(entity, "settle", None):
            settle()
    return entity


def targets(kind: Kind, *trees: Tree) -> Targets:
    """Everything that the trees point at: one query for each kind of target."""
    wanted: dict[Any, set[Any]] = {}
    found: Targets = {}
    keeper = next(other.model for other in kinds() if other.keeps)
    for tree in trees:
        _gather(kind.dictionary, tree, wanted)
        if tree.get("keeper"):
            wanted.setdefault(keeper, set()).add(tree["keeper"])
    for model, names in wanted.items():
        if model is Passage:
            found.update(passages.cited(names))
            continue
        query = select(model).join(Record, Record.id == model.id)
        for target in session().scalars(query.where(Record.reference.in_(names))):
            found[model, target.record.reference] = target
    return found


def _gather(schema: BaseSchema, tree: Tree, wanted: dict[Any, set[Any]]) -> None:
    for name, field in schema.load_fields.items():
        key = str(field.data_key or name)
        if isinstance(field, Rows):
            for row in tree.get(key, {}).values():
                _gather(field.schema, row, wanted)
        for part, model in _pointers(field, key):
            if tree.get(part):
                words = (tree.get("document"), tree[part])
                wanted.setdefault(model, set()).add(words if model is Passage else tree[part])


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

    def __init__(self, targets: Targets) -> None:
        self.targets = targets

    def of(self, schema: BaseSchema, tree: Tree) -> Tree:
        found: Tree = {}
        for name, field in schema.load_fields.items():
            key = str(field.data_key or name)
            if isinstance(field, Rows):
                value: Any = self._rows(field, tree.get(key, {}))
            else:
                value = self._one(field, key, tree)
            found[field.attribute or name] = value
        return found

    def _rows(self, field: Rows, rows: Tree) -> list[Tree]:
        ordered = sorted(rows.items(), key=lambda pair: pair[1].get(PLACE) or 0)
        return [{**self.of(field.schema, row), "key": name} for name, row in ordered]

    def _one(self, field: Any, key: str, tree: Tree) -> Any:
        if isinstance(field, Through):
            words = tree.get(field.via)
            known = self.targets.get((tree.get("document"), words))
            return known or (Passage(quote=words) if words else None)
        if pointers := _pointers(field, key):
            found = [self.targets.get((model, str(tree.get(part)))) for part, model in pointers]
            return found[0] if isinstance(field, Ref) else tuple(found)
        return _value(field, tree.get(key))


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
