"""The entrance of the API: what there is, and where it is described."""

import json
from typing import Any

from flask import Response

from . import answers, conditions
from .openapi import Document, Resource
from .openapi.told import TAGGED, TITLE
from .shell import VERSION, address

SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "What this API offers.",
    "required": ["title", "version", "description", "resources"],
    "properties": {
        "title": {"type": "string"},
        "version": {"type": "string"},
        "description": {"type": "string", "format": "uri"},
        "resources": {
            "type": "object",
            "additionalProperties": {"type": "string", "format": "uri"},
        },
    },
}


class Entrance:
    """Knows the collections that were entered."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def index(self) -> Response:
        """GET /."""
        answers.only()
        content = {
            "title": TITLE,
            "version": VERSION,
            "description": address("/openapi.json"),
            "resources": {path.strip("/"): address(path) for path in self.paths},
        }
        text = json.dumps(content, ensure_ascii=False)
        return answers.readable(text, conditions.tag_of_list(text), public=True)

    def enter(self, document: Document) -> None:
        """Enter the root in both its forms; the document tells one."""
        document.spec.components.schema("Entrance", SCHEMA)
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Entrance"}}}
        told = {
            "operationId": "getEntrance",
            "summary": "What there is",
            "parameters": ["IfNoneMatch"],
            "responses": {
                "200": {"description": "What there is.", "headers": TAGGED, "content": content},
                "304": {"description": "The caller has this already.", "headers": TAGGED},
                "400": "BAD_REQUEST",
                "406": "NOT_ACCEPTABLE",
            },
            "security": [{}],
        }
        resource = Resource("", "The entrance of the API.")
        resource.add("", "index", self.index, told, "GET")
        resource.slashed("/", "slashed", self.index)
        document.enter(resource)
