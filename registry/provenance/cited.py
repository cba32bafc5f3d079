"""A citation names a field that is there: a wrong path is refused, one that is gone goes along."""

import re
from typing import Any

from .. import editing
from ..access import Actor
from ..errors import Invalid, Message
from ..fields import Rows
from ..kind import Kind
from ..schema import BaseSchema

PATH = re.compile(r"(?P<name>\w+)(?:\[(?P<key>[^\]]*)\])?(?:\.(?P<inner>\w+))?")
FILES = {"seed"}  # whose rows may still wait for another record of the same files
UNKNOWN = Message(
    "There is no field {path} here.", "Het gegeven {path} bestaat hier niet.", "unknown_field"
)


def check(actor: Actor, kind: Kind, entity: Any) -> None:
    """Refuse citations of fields that this kind does not have; drop those of rows that went."""
    errors: dict[int, Any] = {}
    kept = []
    for index, citation in enumerate(entity.sources):
        found = PATH.fullmatch(citation.field)
        if found is None or not _known(kind.dictionary, found):
            errors[index] = {"field": [UNKNOWN.format(path=citation.field)]}
        elif actor.door in FILES or _there(kind.dictionary, entity, found):
            kept.append(citation)
        elif citation.id is None:
            errors[index] = {"field": [UNKNOWN.format(path=citation.field)]}
    if errors:
        raise Invalid({"sources": errors})
    if len(kept) < len(entity.sources):
        entity.sources = kept


def _known(schema: BaseSchema, path: re.Match[str]) -> bool:
    field = _field(schema, path["name"])
    if path["key"] is None:
        return field is not None and (path["inner"] is None or not isinstance(field, Rows))
    inner = isinstance(field, Rows) and _field(field.schema, path["inner"] or "key")
    return bool(inner)


def _there(schema: BaseSchema, entity: Any, path: re.Match[str]) -> bool:
    if path["key"] is None:
        return True
    field = _field(schema, path["name"])
    rows = getattr(entity, field.attribute or field.name)
    return any(row.key == path["key"] for row in rows)


def _field(schema: BaseSchema, name: str) -> Any:
    return next((f for n, f in schema.fields.items() if (f.data_key or n) == name), None)


editing.completing.append(check)
