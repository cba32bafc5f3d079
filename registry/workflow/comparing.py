"""A revision beside the record: what each field says now, and what it would say."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import select

from .. import nesting
from ..access import Actor, acting_as
from ..db import session
from ..fields import Policy, Rows
from ..kind import Kind
from ..ledger import Change, pairs
from ..record import Record
from ..schema import BaseSchema, editable, laid_over, load_onto, only_shown
from .models import Revision

Tree = dict[str, Any]
Pair = dict[str, Any]
DATED = ("text", "earliest", "latest", "kind", "anchor")
OWN = ("version", "updatedAt", "workflow", "audience", "keeper", "createdAt", "reference")


def differences(kind: Kind, entity: Any, revision: Revision, reader: Actor) -> list[Pair]:
    """What a revision would change, as far as its author and `reader` see it.

    Raises Invalid where the payload does not fit the record any more.
    """
    now, then = preview(kind, entity, revision, reader)
    kept = _kept(kind, entity, revision)
    return [
        pair
        for pair in changed(kind, now, then, revision.payload.keys())
        if pair["path"].partition(".")[0] not in kept
    ]


def concerns(kind: Kind, revision: Revision, reader: Actor) -> bool:
    """Whether `reader` sees a field that a revision is or was about. What was written of hidden
    fields alone (why, and what should change) is for its author and for who judges."""
    if reader.editorial or reader.account_id == revision.author_id:
        return True
    touched = {*revision.payload, *(n for step in revision.steps for n in step.get("fields", ()))}
    fields = kind.dictionary.described().items()
    return any((f.data_key or n) in touched for n, f in fields if f.about.view <= reader.view)


def _kept(kind: Kind, entity: Any, revision: Revision) -> set[str]:
    """The rows that the author does not see: they stay, though their payload does not have them."""
    with acting_as(revision.author("screen")):
        return {
            f"{field.data_key or name}[{row.key}]"
            for name, field in kind.dictionary.load_fields.items()
            if isinstance(field, Rows)
            for row in getattr(entity, name)
            if not field.shows(row)
        }


def preview(kind: Kind, entity: Any, revision: Revision, reader: Actor) -> tuple[Tree, Tree]:
    """The JSON of the record now, and as it would be, as `reader` sees it. Nothing is changed.

    Raises Invalid where the payload does not fit the record any more.
    """
    with session().no_autoflush:
        with acting_as(revision.author("screen")):
            after = _after(kind, entity, revision.payload)
        with acting_as(reader):
            shown = kind.schema(only=tuple(only_shown(kind.dictionary, reader.view)))
            return shown.dump(entity), shown.dump(after)


def _after(kind: Kind, entity: Any, payload: Mapping[str, Any]) -> Any:
    """A copy of the entity with `payload` laid over it, outside the database."""
    values = load_onto(kind.schema(), entity, payload)
    after = kind.model(record=_copy(entity.record))
    nesting.apply(kind.schema(), after, values)
    if settle := getattr(after, "settle", None):
        settle()
    return after


def resulting(kind: Kind, entity: Any, payload: Mapping[str, Any]) -> Tree:
    """The whole record with `payload` laid over it, as a form asks for it: who acts sees it.

    Raises Invalid where the payload does not fit the record any more.
    """
    with session().no_autoflush:
        return editable(kind.schema(), _after(kind, entity, payload))


def as_written(kind: Kind, entity: Any, payload: Mapping[str, Any]) -> Tree:
    """The same of a payload that does not fit any more: nothing that was written is lost."""
    schema = kind.schema()
    return _spelled(schema, laid_over(schema, editable(schema, entity), payload))


def _spelled(schema: BaseSchema, tree: Mapping[str, Any]) -> Tree:
    """What a payload may leave out of its policy dates, at every level."""
    told = dict(tree)
    for name, field in schema.load_fields.items():
        key = field.data_key or name
        value = told.get(key)
        if isinstance(field, Rows) and key in told:
            told[key] = [_spelled(field.schema, row) for row in value or []]
        elif isinstance(field, Policy) and value is not None:
            said = value if isinstance(value, Mapping) else {"text": value}
            told[key] = {**dict.fromkeys(DATED), **said}
    return told


def written(kind: Kind, revision: Revision) -> list[Pair]:
    """What is proposed, where it does not fit the record any more: {path, old, new} without old."""
    fields = {f.data_key or n: f for n, f in kind.dictionary.load_fields.items()}
    found: list[Pair] = []
    for name, value in _spelled(kind.schema(), revision.payload).items():
        field, told = fields.get(name), value
        if isinstance(field, Rows):
            told = [{**row, "key": row.get("key") or str(at)} for at, row in enumerate(value)]
        found += pairs({}, dict(_flat(field, name, told)))
    return found


def overtaken(kind: Kind, revision: Revision) -> set[str]:
    """The fields of the revision that were changed after its author saw them."""
    if not revision.payload:
        return set()
    query = select(Change.changes).where(
        Change.record_id == revision.record_id,
        Change.version > revision.base_version,
        Change.subject.is_(None),
    )
    told = (pair for changes in session().scalars(query) for pair in changes)
    touched = {field_of(pair["path"]) for pair in told}
    fields = {f.data_key or n: f for n, f in kind.dictionary.load_fields.items()}
    # One field may stand on two columns: madeAtEvent and madeAtDocument are parts of madeAt.
    parted = {n for n, f in fields.items() if isinstance(getattr(f, "parts", None), Mapping)}
    return {
        name
        for name in revision.payload
        if name in touched or (name in parted and any(t.startswith(name) for t in touched))
    }


def field_of(path: str) -> str:
    """The field of a record that a path of the book is in: `participations[k3].role`."""
    return path.partition("[")[0].partition(".")[0]


def _copy(record: Record) -> Record:
    names = (
        "id kind reference owner_id keeper_id state audience version "
        "created_at updated_at published_at"
    ).split()
    return Record(**{name: getattr(record, name) for name in names})


def changed(kind: Kind, now: Tree, then: Tree, names: Collection[str]) -> list[Pair]:
    """What differs in the fields called `names`, as in the book of changes: {path, old, new}."""
    found: list[Pair] = []
    for name, field in kind.dictionary.described().items():
        key = str(field.data_key or name)
        if key in names and key in now:
            before, after = (dict(_flat(field, key, tree[key])) for tree in (now, then))
            found += pairs(before, after)
    return [{"path": p["path"], "old": _plain(p["old"]), "new": _plain(p["new"])} for p in found]


def _flat(field: Any, key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The values of a field by path: each part of each row of a list has its own."""
    if not isinstance(field, Rows):
        yield key, value
        return
    for row in value or []:
        yield from ((f"{key}[{row['key']}].{part}", row[part]) for part in row if part != "key")


def _plain(value: Any) -> Any:
    """As the book keeps it: a pointer is its reference."""
    if isinstance(value, Mapping) and "reference" in value:
        return value["reference"]
    return value
