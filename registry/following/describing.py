"""What the OpenAPI document tells of the feed."""

from typing import Any

from ..api.openapi.operations import ANYBODY, READ_ERRORS, UNCHANGED, in_json
from ..api.openapi.told import TAGGED
from ..kind import kinds
from ..record import PATTERN
from .told import CHANGED, REMOVED

Shape = dict[str, Any]
IN_STEP = "In-Step"
ENTRY: Shape = {
    "type": "object",
    "description": "That a record changed, or is no longer there for the caller (wijziging).",
    "properties": {
        "kind": {"type": "string", "description": "Of the record (soort)."},
        "reference": {"type": "string", "pattern": PATTERN},
        "type": {
            "type": "string",
            "enum": [CHANGED, REMOVED],
            "description": "`removed`: it was deleted or merged, or the caller may no longer see "
            "it. Whoever keeps a copy takes it out, with all that points at it.",
        },
        "version": {
            "type": "integer",
            "description": "The version that it has now; of what was removed: had then.",
        },
        "changedAt": {"type": "string", "format": "date-time"},
        "url": {"type": "string", "format": "uri", "description": "Where the record is."},
        "mergedInto": {
            "type": ["string", "null"],
            "pattern": PATTERN,
            "description": "The record that it was merged into, where the caller may see that.",
        },
        "cursor": {"type": "string", "description": "To go on after this entry."},
    },
}
ENTRY["required"] = list(ENTRY["properties"])
ENTRY["properties"]["record"] = {
    "type": ["object", "null"],
    "description": "With expand=record: as the API answers it now; null where it is hidden.",
}
DESCRIPTION = """\
What changed since a cursor, in the order of the book of changes, for who keeps a copy: complete
and without gaps. Start from a dump and its cursor, without a cursor at the beginning, or with
`cursor=now` at the end. Go on with the `next` of `Link`, which is always there; a page may be short
or empty before the end. `In-Step: true` says that nothing comes after it yet: ask again later with
the same cursor.
On a page a record is there once, with its last change; it may be there again on a later one. A
report of how things stand is a change of its record. What shows the name of a record that changed,
or a row that points at one that came or went, changed too, and is told so.
A cursor is of one caller: whose rights have changed starts anew (410).\
"""


def _parameters() -> list[Any]:
    names = [kind.name for kind in kinds()]
    return [
        "perPage",
        "IfNoneMatch",
        {
            "in": "query",
            "name": "cursor",
            "description": "Opaque: of a dump, an entry or a Link; or `now`.",
            "schema": {"type": "string"},
        },
        {
            "in": "query",
            "name": "kind",
            "description": "Of which kinds of records (soort); repeatable.",
            "schema": {"type": "array", "items": {"type": "string", "enum": names}},
        },
        {
            "in": "query",
            "name": "expand",
            "description": "`record`: the records themselves too.",
            "schema": {"type": "string", "enum": ["record"]},
        },
    ]


def described() -> Shape:
    in_step = {
        "description": "Whether nothing comes after this page yet.",
        "schema": {"type": "boolean"},
    }
    headers = {**TAGGED, "Link": {"$ref": "#/components/headers/LINK"}, IN_STEP: in_step}
    entries = {"type": "array", "items": {"$ref": "#/components/schemas/FeedEntry"}}
    return {
        "operationId": "listChanges",
        "summary": "What changed (wijzigingen)",
        "description": DESCRIPTION,
        "parameters": _parameters(),
        "responses": {
            "200": {"description": "A page.", "headers": headers, **in_json(entries)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            "410": "GONE",
            **READ_ERRORS,
        },
        "security": ANYBODY,
    }
