"""Changes as JSON: the same entries as on the pages, with the values as they are."""

from typing import Any

from ..access import Actor
from ..db import rfc3339
from ..fields import Code as CodeField
from ..fields import Described, Text, Through
from ..ledger import Change
from ..record import Record
from ..schema import BaseSchema
from ..screens import paths
from .seen import REFERENCE, ROW, Seen
from .subjects import Subject, subject

Told = dict[str, Any]


def entry(actor: Actor, seen: Seen, change: Change, record: Record | None) -> Told:
    """One change. Who made it is null where the reader may not know."""
    known = change.actor_id is None or actor.signed_in
    kind = subject(change, record)
    pairs = list(seen.pairs(kind, change))
    return {
        "seq": change.seq,
        "reference": record.reference if record else None,
        "kind": record.kind if record else kind.name,
        "subject": change.subject,
        "key": change.subject_key,
        "version": change.version if record else None,
        "changedAt": rfc3339(change.at),
        "who": change.actor_name if known else None,
        "door": change.door,
        "action": change.action,
        "reason": seen.reason(change, pairs),
        "restoredVersion": change.restored_version,
        "changes": [_pair(seen, kind, pair) for pair in pairs],
    }


def _pair(seen: Seen, kind: Subject, pair: Told) -> Told:
    at = paths.place(kind.dictionary, pair["path"])
    told = at.inner or at.field
    old, new = (_value(seen, told, pair[side]) for side in ("old", "new"))
    return {"field": _field(kind, at, pair["path"]), "old": old, "new": new}


def _value(seen: Seen, field: Described | None, value: Any) -> Any:
    """The value, but for the name of what may not be seen."""
    pointing = isinstance(value, str) and REFERENCE.fullmatch(value)
    if pointing and not isinstance(field, Text | CodeField) and value not in seen.titles:
        return None
    return value


def _field(kind: Subject, at: paths.Place, path: str) -> str:
    """The path in the JSON of the record; the book knows some fields by their column."""
    row = ROW.fullmatch(path)
    schema = getattr(at.field, "schema", None)
    if row and schema is not None and at.inner is None:
        return f"{row['name']}.{_through(schema, row['field'])}"
    if not row and at.field is not None and at.name != path:  # madeAtEvent: a part of madeAt
        return f"{at.name}.{path.removeprefix(at.name).lower()}"
    return path


def _through(schema: BaseSchema, column: str) -> str:
    """The name of the field that tells what this pointer points at."""
    for name, field in schema.load_fields.items():
        if isinstance(field, Through) and field.via == column:
            return str(field.data_key or name)
    return column
