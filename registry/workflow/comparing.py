"""A revision beside the record: what each field says now, and what it would say."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .. import nesting
from ..access import Actor, acting_as
from ..db import session
from ..fields import Rows
from ..kind import Kind
from ..ledger import pairs
from ..record import Record
from ..schema import load_onto, only_seen
from .models import Revision

Tree = dict[str, Any]
Pair = dict[str, Any]
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
            values = load_onto(kind.schema(), entity, revision.payload)
        after = kind.model(record=_copy(entity.record))
        nesting.apply(kind.schema(), after, values)
        if settle := getattr(after, "settle", None):
            settle()
        with acting_as(reader):
            shown = kind.schema(only=only_seen(kind.dictionary, reader.view))
            return shown.dump(entity), shown.dump(after)


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
