"""What the document tells of the counts beside a list, and of the whole list in other forms."""

from typing import Any

from ... import listing
from ...access import View
from ...kind import Kind
from ...listing.selecting import PARAMETERS
from .components import Schema
from .operations import ANYBODY, READ_ERRORS, UNCHANGED, Operations, in_json, list_parameters
from .told import TAGGED

Told = dict[str, Any]
UNCOUNTED = ("highlight", "perPage", "cursor", "count", "sort", *PARAMETERS)
TEXT: Schema = {"type": "string"}
FACET: Schema = {
    "type": "object",
    "description": "A filter with how many records have each of its values (facet).",
    "required": ["facet", "nl", "en", "values"],
    "properties": {
        "facet": {**TEXT, "description": "The parameter that filters by it."},
        "nl": {**TEXT, "description": "Its name in Dutch."},
        "en": {**TEXT, "description": "Its name in English."},
        "values": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["value", "nl", "en", "count"],
                "properties": {
                    "value": {**TEXT, "description": "What to filter by; `none`: not filled in."},
                    "nl": {**TEXT, "description": "In Dutch."},
                    "en": {**TEXT, "description": "In English."},
                    "count": {"type": "integer", "minimum": 0},
                },
            },
        },
    },
}


def facets(of: Operations, one: Schema) -> Told:
    """The counts beside a list."""
    items = {"type": "array", "items": one}
    asked = [p for p in list_parameters(of.kind) if _asked(p)]
    return {
        "operationId": f"count{of.name}s",
        "summary": f"{of.kind.plural.en}, counted by the values of their filters",
        "description": "As the caller sees them. What is chosen in a filter itself does not "
        "narrow its own counts. A record that has several values counts for each.",
        "parameters": [_facet(of.kind), *asked],
        "responses": {
            "200": {"description": "The counts.", "headers": TAGGED, **in_json(items)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **READ_ERRORS,
        },
        "security": ANYBODY,
    }


def _asked(parameter: Any) -> bool:
    name = parameter if isinstance(parameter, str) else parameter["name"]
    return name not in UNCOUNTED


def _facet(kind: Kind) -> Told:
    items = listing.filters(kind, View.SECRETARIAT).values()
    names = [item.name for item in items if item.type != "text"]
    schema = {"type": "array", "items": {**TEXT, "enum": names}}
    told = "Which filters to count; repeatable, at most 20. Without it: all with codes."
    return {"in": "query", "name": "facet", "description": told, "schema": schema}
