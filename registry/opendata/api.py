"""The catalogue in the API, as JSON-LD or Turtle."""

from typing import Any

from flask import Flask, Response, request

from ..api import Resource, answers, conditions, enter
from ..api.openapi.operations import ANYBODY, READ_ERRORS, UNCHANGED
from ..api.openapi.told import TAGGED
from .catalogue import catalogue
from .facts import facts
from .graph import JSON_LD, TURTLE


@answers.offers(JSON_LD, TURTLE)
def show() -> Response:
    """GET /catalog."""
    answers.only()
    known = facts()
    media = request.accept_mimetypes.best_match((JSON_LD, TURTLE)) or JSON_LD
    response = answers.readable("", conditions.tag_of_list(f"{media}{known}"), public=True)
    if response.status_code == 200:
        response.set_data(catalogue(known, media))
        response.mimetype = media
    return response


TOLD: dict[str, Any] = {
    "operationId": "getCatalog",
    "summary": "The catalogue of the data (DCAT-AP-NL 3)",
    "parameters": ["IfNoneMatch"],
    "responses": {
        "200": {
            "description": "The catalogue.",
            "headers": TAGGED,
            "content": {
                JSON_LD: {"schema": {"type": "object", "description": "JSON-LD."}},
                TURTLE: {"schema": {"type": "string", "description": "Turtle."}},
            },
        },
        "304": UNCHANGED,
        "400": "BAD_REQUEST",
        **READ_ERRORS,
    },
    "security": ANYBODY,
}


def register(app: Flask) -> None:
    """Enter the catalogue."""
    resource = Resource("/catalog", "The catalogue of these open data (datacatalogus).")
    resource.add("", "show", show, TOLD, "GET")
    enter(app, resource)
