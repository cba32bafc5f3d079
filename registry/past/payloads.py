"""A record of then as a payload: what would have to be sent to get its fields back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from ..access import Actor, visible_to
from ..db import session
from ..errors import Message
from ..fields import Described, Flag, Ref, Rows, Through
from ..kind import Kind
from ..record import Record
from ..schema import BaseSchema
from .replay import PLACE, Targets, Tree

Payload = dict[str, Any]
GONE = Message(
    "What this pointed at has been removed, or is not yours to choose.",
    "Waar dit naar verwees is verwijderd, of is niet door u te kiezen.",
    "unknown_reference",
)
RETIRED = Message(
    "This value is no longer in use: {value}.",
    "Deze waarde wordt niet meer gebruikt: {value}.",
    "not_allowed",
)


def difference(kind: Kind, actor: Actor, then: Tree, now: Tree, found: Targets) -> Payload:
    """The fields of `then` that are not so `now`, as far as `actor` may write them.

    Rows that stay as they are and point at what the actor cannot see are left out: they stay.
    """
    schema = kind.schema()
    before, here = payload(schema, actor, then, found), payload(schema, actor, now, found)
    changed = {name: value for name, value in before.items() if value != here[name]}
    hidden = _hidden(actor, schema, then)
    for name, rows in _lists(changed):
        kept = [row for row in rows if row not in here[name] or not _points_at(row, hidden)]
        changed[name] = kept
    return changed


def payload(schema: BaseSchema, actor: Actor, tree: Tree, found: Targets) -> Payload:
    """The fields in `tree` that `actor` may write, by JSON name."""
    return {key: _value(field, key, actor, tree, found) for key, field in _writable(schema, actor)}


def _writable(schema: BaseSchema, actor: Actor) -> Iterator[tuple[str, Described]]:
    for name, field in schema.load_fields.items():
        if not isinstance(field, Described):
            continue
        if max(field.about.editors, field.about.view) <= actor.view:
            yield str(field.data_key or name), field


def _value(field: Any, key: str, actor: Actor, tree: Tree, found: Targets) -> Any:
    if isinstance(field, Rows):
        rows = sorted(tree.get(key, {}).items(), key=lambda pair: pair[1].get(PLACE) or 0)
        return [{**payload(field.schema, actor, row, found), "key": name} for name, row in rows]
    if isinstance(field, Through):
        words = tree.get(field.via)
        passage = found.get((tree.get("document"), words))
        return getattr(passage, field.column) if passage is not None else words
    parts = getattr(field, "parts", None)
    if isinstance(parts, Mapping):  # one field on several columns
        return {part: tree.get(f"{key}{part.capitalize()}") for part in parts}
    return bool(tree.get(key)) if isinstance(field, Flag) else tree.get(key)


def _lists(changed: Payload) -> Iterator[tuple[str, list[Payload]]]:
    return ((name, value) for name, value in list(changed.items()) if isinstance(value, list))


def _hidden(actor: Actor, schema: BaseSchema, tree: Tree) -> set[str]:
    """The references in rows of `tree` that `actor` cannot see."""
    named = {
        row[part]
        for key, field in _writable(schema, actor)
        if isinstance(field, Rows)
        for row in tree.get(key, {}).values()
        for part, inner in _writable(field.schema, actor)
        if isinstance(inner, Ref) and row.get(part)
    }
    query = select(Record.reference).where(Record.reference.in_(named), visible_to(actor))
    return named - set(session().scalars(query))


def _points_at(row: Payload, hidden: set[str]) -> bool:
    return any(isinstance(value, str) and value in hidden for value in row.values())


def told(errors: Any, sent: Any) -> Any:
    """The tree of refusals in words that fit: the reader did not type what is refused."""
    if isinstance(errors, Mapping):
        return {name: told(why, _inner(sent, name)) for name, why in errors.items()}
    if isinstance(errors, list):
        return [_told(why, sent) for why in errors]
    return errors


def _inner(sent: Any, name: Any) -> Any:
    if isinstance(sent, list) and isinstance(name, int):
        return sent[name] if name < len(sent) else None
    return sent.get(name) if isinstance(sent, Mapping) else None


def _told(why: Any, sent: Any) -> Any:
    code = getattr(why, "code", None)
    if code == GONE.code:
        return GONE
    return RETIRED.format(value=sent) if code == RETIRED.code and sent else why
