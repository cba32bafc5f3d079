"""The chains in the JSON API."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from flask import Response

from ..api import Route, additions, answers, conditions
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import ANYBODY, ONE_ERRORS, UNCHANGED, Operations, in_json
from ..api.openapi.told import TAGGED
from ..api.validators import by_standing
from ..commitments.schemas import COMMITMENT
from ..errors import NotFound
from ..record import REFERENCE
from ..sources.schemas import DOCUMENT
from . import steps

LIST = {"type": "array", "items": {"type": "object"}}
JUDGEMENT = {"type": ["string", "null"], "description": "The last judgement; null: none yet."}
OF_COMMITMENT = {
    "type": "object",
    "required": ["commitment", "ministry", "chamber", "steps"],
    "properties": {
        "commitment": {"type": "object"},
        "ministry": JUDGEMENT,
        "chamber": JUDGEMENT,
        "steps": {**LIST, "description": "In the order of time, each with its passages."},
    },
}
OF_DOCUMENT = {
    "type": "object",
    "required": ["document", "settles", "promises", "reports"],
    "properties": {
        "document": {"type": "object"},
        "settles": {**LIST, "description": "The commitments that it settles."},
        "promises": {**LIST, "description": "The commitments made in it."},
        "reports": {**LIST, "description": "The records of which it says how they stand."},
    },
}


@by_standing
def of_commitment(reference: str) -> Response:
    """GET /commitments/{reference}/chain."""
    return _answered(steps.of_commitment, reference)


@by_standing
def of_document(reference: str) -> Response:
    """GET /documents/{reference}/chain."""
    return _answered(steps.of_document, reference)


def _answered(build: Callable[[str], dict[str, Any]], reference: str) -> Response:
    answers.only()
    if not REFERENCE.fullmatch(reference):
        raise NotFound
    text = json.dumps(build(reference), ensure_ascii=False)
    return answers.readable(text, conditions.tag_of_list(text), public=not caller().signed_in)


def _routes(document: Document, told: Operations) -> Iterator[Route]:
    if told.kind is COMMITMENT:
        shape = document.shapes.named("CommitmentChain", lambda: OF_COMMITMENT)
        summary = "The chain of a commitment: from debate to the letter that settles it"
        yield Route(
            "/<reference>/chain", "chain", of_commitment, _told(told, summary, shape), "GET"
        )
    if told.kind is DOCUMENT:
        shape = document.shapes.named("DocumentChain", lambda: OF_DOCUMENT)
        summary = "What a document settled, promised and reported"
        yield Route("/<reference>/chain", "hub", of_document, _told(told, summary, shape), "GET")


def _told(told: Operations, summary: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": f"get{told.name}Chain",
        "summary": summary,
        "description": "Whether something was in time is judged by a person, and not told here.",
        "parameters": [*told.path, "IfNoneMatch"],
        "responses": {
            "200": {"description": "The chain.", "headers": TAGGED, **in_json(shape)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **ONE_ERRORS,
        },
        "security": ANYBODY,
    }


additions.append(_routes)
