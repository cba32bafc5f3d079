"""What the OpenAPI document tells of batches."""

from typing import Any

from ..api.openapi import Document
from ..api.openapi.operations import BODY_ERRORS, TOKEN, WRITE_ERRORS, in_json
from ..api.openapi.told import VERSION_HEADER
from ..kind import kinds
from ..record import PATTERN
from .reading import COMMON, MOST, NAMES

Told = dict[str, Any]
TEXT: Told = {"type": "string"}
MAYBE: Told = {"type": ["string", "null"]}
REASON: Told = {**MAYBE, "maxLength": 1000, "description": "Why, for the history."}
EXAMPLE: Told = {
    "atomic": False,
    "operations": [
        {
            "operation": "create",
            "collection": "initiatives",
            "payload": {"title": "Week van de Werkstress"},
        },
        {
            "operation": "change",
            "reference": "INI-0001",
            "ifMatch": '"3-5d41402abc4b2a76b9"',
            "payload": {"goal": "Minder werkstress"},
        },
        {
            "operation": "upsert",
            "collection": "initiatives",
            "system": "zaken",
            "key": "2021-7",
            "ifNoneMatch": "*",
            "payload": {"title": "Handreiking"},
        },
    ],
}


JUDGED = (
    "Each operation is judged by itself and committed by itself: look at the "
    "status of each. With `atomic`, all are carried out or none: then a refusal is 400, and "
    "tells the mistakes of every operation that would fail. With an `Idempotency-Key`, a "
    "batch that was cut off goes on where it was."
)


def told(document: Document) -> Told:
    """The operation."""
    shapes = document.shapes
    sent = shapes.named("BatchInput", _input)
    result = shapes.named("BatchResult", _result)
    shape = {"type": "object", "required": ["results"], "properties": {"results": _many(result)}}
    answered = shapes.named("Batch", lambda: {**shape, "description": "What became of a batch."})
    content = in_json(sent)
    content["content"]["application/json"]["example"] = EXAMPLE
    return {
        "operationId": "createBatch",
        "summary": f"Up to {MOST} changes at a time",
        "description": JUDGED,
        "parameters": ["dryRun"],
        "requestBody": {"required": True, **content},
        "responses": _responses(answered),
        "security": TOKEN,
    }


def _responses(answered: Told) -> Told:
    done = {
        "description": "What became of each operation, in their order. With `atomic`, all were "
        "carried out.",
        "headers": VERSION_HEADER,
        **in_json(answered),
    }
    responses: Told = {"200": done, **WRITE_ERRORS, **BODY_ERRORS}
    del responses["404"]
    return responses


def _many(items: Told) -> Told:
    return {"type": "array", "items": items}


def _input() -> Told:
    operations = {**_many({"oneOf": [_operation(what) for what in NAMES]}), "minItems": 1}
    atomic = {"type": "boolean", "default": False, "description": "All or nothing."}
    return {
        "type": "object",
        "description": "Changes, in the order in which they are carried out.",
        "additionalProperties": False,
        "required": ["operations"],
        "properties": {"atomic": atomic, "operations": {**operations, "maxItems": MOST}},
    }


def _operation(what: str) -> Told:
    needed, optional = NAMES[what]
    shapes: Told = {
        "operation": {**TEXT, "const": what},
        "payload": {"type": "object", "description": "As the body of such a request by itself."},
        "collection": {**TEXT, "enum": [kind.collection for kind in kinds()]},
        "reference": {**TEXT, "pattern": PATTERN},
        "system": {**TEXT, "pattern": "^[a-z][a-z0-9-]{0,39}$"},
        "key": {**TEXT, "pattern": r"^(?!\.{1,2}$)[A-Za-z0-9._~:@-]{1,80}$"},
        "ifMatch": {**MAYBE, "description": "As the header If-Match."},
        "ifNoneMatch": {**MAYBE, "description": "As the header If-None-Match."},
        "reason": REASON,
    }
    names = (*COMMON, *needed, *optional)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [*COMMON, *needed],
        "properties": {name: shapes[name] for name in names},
    }


def _result() -> Told:
    properties: Told = {
        "status": {"type": "integer", "description": "As of such a request by itself."},
        "reference": {**MAYBE, "description": "Of the record (kenmerk)."},
        "etag": {**MAYBE, "description": "Of the record, or of the revision that it became."},
        "location": {**MAYBE, "format": "uri", "description": "Where that is."},
        "problem": {"oneOf": [{"$ref": "#/components/schemas/Problem"}, {"type": "null"}]},
    }
    told = "What became of one operation; of a rehearsed one there is no tag and no place."
    whole = {"properties": properties, "required": list(properties)}
    return {"type": "object", "description": told, **whole}
