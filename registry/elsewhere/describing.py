"""What the OpenAPI document tells of records by the keys of partners."""

from typing import Any

from ..api.openapi import Document, safely
from ..api.openapi.operations import (
    ANYBODY,
    BODY_ERRORS,
    CONDITION_ERRORS,
    ONE_ERRORS,
    TOKEN,
    UNCHANGED,
    WRITE_ERRORS,
    Operations,
    in_json,
)
from ..api.openapi.told import TAGGED

Told = dict[str, Any]
TEXT: Told = {"type": "string"}
SYSTEM: Told = {
    "in": "path",
    "name": "system",
    "description": "The system that the key is of. Who first writes by it makes it their "
    "organisation's; `letters` is the secretariat's.",
    "schema": {**TEXT, "pattern": "^[a-z][a-z0-9-]{0,39}$"},
}
KEY: Told = {
    "in": "path",
    "name": "key",
    "description": "The key of the record there.",
    "schema": {**TEXT, "pattern": r"^(?!\.{1,2}$)[A-Za-z0-9._~:@-]{1,80}$"},
}
ABSENT: Told = {
    "in": "header",
    "name": "If-None-Match",
    "description": "`*`: make the record; 412 where there is one with this key.",
    "schema": {**TEXT, "enum": ["*"]},
}
LOCATED = {"Content-Location": {"$ref": "#/components/headers/LOCATION"}}
MADE = {**TAGGED, **LOCATED, "Location": {"$ref": "#/components/headers/LOCATION"}}
ONE: Told = {
    "type": "object",
    "description": "The key of a record in another system.",
    "required": ["system", "key", "href"],
    "properties": {
        "system": {**TEXT, "description": "The system."},
        "key": {**TEXT, "description": "The key there."},
        "href": {**TEXT, "format": "uri", "description": "The record by this key."},
    },
}


class Described:
    """Describes the operations of a kind."""

    def __init__(self, document: Document, told: Operations) -> None:
        self.told, self.place = told, [SYSTEM, KEY]
        self.one = document.shapes.named("ExternalKey", lambda: ONE)

    def show(self) -> Told:
        """Reading by a key."""
        found = {"description": "The record.", "headers": {**TAGGED, **LOCATED}}
        return {
            "operationId": f"get{self.told.name}ByExternalKey",
            "summary": f"One {self.told.one} by the key that a partner has for it",
            "description": "For the organisation whose system it is, and the secretariat; those "
            "of `letters` for everybody.",
            "parameters": [*self.place, "asOf", "knownAt", "IfNoneMatch"],
            "responses": {
                "200": {**found, **in_json(self.told.record)},
                "304": UNCHANGED,
                "400": "BAD_REQUEST",
                **ONE_ERRORS,
                "410": "GONE",
            },
            "security": ANYBODY,
        }

    def put(self) -> Told:
        """Making or replacing by a key."""
        made = {"description": safely.MADE, "headers": MADE, **in_json(self.told.record)}
        return {
            "operationId": f"put{self.told.name}ByExternalKey",
            "summary": f"Register or replace by the key that you have for it: {self.told.one}",
            "description": "The body is the whole record: what it leaves out is emptied, unlike "
            "in a PATCH; of rows too. Sources and the chain of terms stay unless they are sent, "
            "as does what you are not shown. What is published changes by proposal (202).",
            "parameters": [*self.place, "dryRun", ABSENT, "IfMatchOptional", "ChangeReason"],
            "requestBody": {"required": True, **in_json(self.told.input)},
            "responses": {
                **self.told.changed(WRITE_ERRORS, BODY_ERRORS, CONDITION_ERRORS),
                "201": made,
                "202": {
                    "description": "What is published changes through the secretariat: this is "
                    "the revision that it became.",
                    "headers": {**TAGGED, "Location": {"$ref": "#/components/headers/LOCATION"}},
                    **in_json(self.told.revision),
                },
            },
            "security": TOKEN,
        }

    def keys(self) -> Told:
        """The keys of a record."""
        items = {"type": "array", "items": self.one}
        return {
            "operationId": f"list{self.told.name}ExternalKeys",
            "summary": f"The keys in other systems of {self.told.one}",
            "description": "Those that you may know.",
            "parameters": [*self.told.path, "IfNoneMatch"],
            "responses": {
                "200": {"description": "The keys.", "headers": TAGGED, **in_json(items)},
                "304": UNCHANGED,
                "400": "BAD_REQUEST",
                **ONE_ERRORS,
            },
            "security": ANYBODY,
        }
