"""What the OpenAPI document tells of the history."""

from typing import Any

from ..api.openapi import Document
from ..api.openapi.operations import ANYBODY, ONE_ERRORS, READ_ERRORS, UNCHANGED, Operations
from ..api.openapi.told import TAGGED
from ..record import PATTERN
from . import asking
from .subjects import BESIDE

Told = dict[str, Any]
TEXT: Told = {"type": "string"}
OR_NULL: Told = {"type": ["string", "null"]}
ANY_VALUE: Told = {
    "description": "As it stands in the record; a pointer as its reference, or null where the "
    "reader may not see what it points at."
}
CHANGE: Told = {
    "type": "object",
    "required": ["field", "old", "new"],
    "properties": {
        "field": {**TEXT, "description": "Path in the record: `goal`, `statuses[k3].status`."},
        "old": ANY_VALUE,
        "new": ANY_VALUE,
    },
}
ENTRY: Told = {
    "type": "object",
    "description": "What one command changed in one record, or said beside it (wijziging).",
    "properties": {
        "seq": {"type": "integer", "description": "Number in the book of changes."},
        "reference": {
            **OR_NULL,
            "pattern": PATTERN,
            "description": "Null: of no record.",
        },
        "kind": {**TEXT, "description": "Of the record; where there is none, the subject."},
        "subject": {
            "enum": [None, *BESIDE],
            "description": "What was changed beside the record, which kept its version.",
        },
        "key": {**OR_NULL, "description": "Its key: of a term `event-kind.debate`."},
        "version": {
            "type": ["integer", "null"],
            "description": "The version that the record had afterwards.",
        },
        "changedAt": {**TEXT, "format": "date-time"},
        "who": {**OR_NULL, "description": "Null where only who signs in may know."},
        "door": {**TEXT, "enum": asking.values("door")},
        "action": TEXT,
        "reason": {
            **OR_NULL,
            "description": "Why (reden). Null too where the reader may see nothing of the change.",
        },
        "restoredVersion": {
            "type": ["integer", "null"],
            "description": "The earlier version that was put back.",
        },
        "changes": {"type": "array", "items": CHANGE},
    },
}
ENTRY["required"] = list(ENTRY["properties"])
FILTERS: dict[str, tuple[str, Told]] = {
    "who": ("Part of the name of who changed it.", {**TEXT, "maxLength": asking.LONGEST}),
    "door": ("Through which door; repeatable.", TEXT),
    "action": ("What was done; repeatable.", TEXT),
    "kind": (
        "Of which kind of record, or of `round`, `term`, `convention` or `reminder`; repeatable.",
        TEXT,
    ),
    "record": ("Of one record, or by its key of what is of no record.", TEXT),
    "from": ("From this day on, in UTC.", {**TEXT, "format": "date"}),
    "until": ("Until and including this day.", {**TEXT, "format": "date"}),
}


def of_record(document: Document, of: Operations) -> Told:
    """The history of one record."""
    document.shapes.named("HistoryEntry", lambda: ENTRY)
    filters = {n: f for n, f in FILTERS.items() if n not in ("kind", "record")}
    return {
        "operationId": f"list{of.name}History",
        "summary": f"The history of one {of.one}",
        "description": "The latest first. For the public it begins at publication.",
        "parameters": [*of.path, *_parameters(filters)],
        "responses": _responses(ONE_ERRORS),
        "security": ANYBODY,
    }


def of_everything() -> Told:
    """The log."""
    return {
        "operationId": "listHistory",
        "summary": "What was changed in the registry",
        "description": "The latest first, as far as the caller may see the records.",
        "parameters": _parameters(FILTERS),
        "responses": _responses(READ_ERRORS),
        "security": ANYBODY,
    }


def _parameters(filters: dict[str, tuple[str, Told]]) -> list[Any]:
    own = [
        {"in": "query", "name": name, "description": told, "schema": _values(name) or schema}
        for name, (told, schema) in filters.items()
    ]
    return [*own, "perPage", "cursor", "count", "IfNoneMatch"]


def _values(name: str) -> Told | None:
    """What a filter that knows its values takes."""
    if name not in asking.LISTED:
        return None
    return {"type": "array", "items": {**TEXT, "enum": asking.values(name)}}


def _responses(errors: dict[str, str]) -> Told:
    headers = {
        **TAGGED,
        "Link": {"$ref": "#/components/headers/LINK"},
        "Total-Count": {"$ref": "#/components/headers/TOTAL_COUNT"},
    }
    items = {"type": "array", "items": {"$ref": "#/components/schemas/HistoryEntry"}}
    content = {"application/json": {"schema": items}}
    return {
        "200": {"description": "A page.", "headers": headers, "content": content},
        "304": UNCHANGED,
        "400": "BAD_REQUEST",
        **errors,
    }
