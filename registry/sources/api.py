"""The documents, events, offices and persons in the JSON API."""

from typing import Any

from flask import Flask

from ..api import ALWAYS, resource, shape
from .schemas import DOCUMENT, EVENT, OFFICE, PERSON
from .supporting import Supports

SUPPORTED = {
    "type": "object",
    "required": ["reference", "title", "field"],
    "properties": {
        "reference": {"type": "string", "description": "The record (kenmerk)."},
        "title": {"type": "string", "description": "What the record is called."},
        "field": {"type": "string", "description": "Which of its facts (gegeven)."},
    },
}


@shape(Supports)
def _supports(shapes: Any, field: Supports, sent: bool) -> dict[str, Any]:  # noqa: FBT001  # every shape takes it
    items = shapes.named("Supported", lambda: SUPPORTED)
    return {"type": "array", "items": items, ALWAYS: True}


def register(app: Flask) -> None:
    """Enter the resources."""
    resource(app, DOCUMENT)
    resource(app, EVENT)
    resource(app, OFFICE)
    resource(app, PERSON)
