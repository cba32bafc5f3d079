"""The meetings in the JSON API, with what comes of them."""

from collections.abc import Iterator
from typing import Any

from flask import Flask, Response

from ..access import Permission, require
from ..api import Route, additions, answers, conditions, resource
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import CONDITION_ERRORS, TOKEN, WRITE_ERRORS, Operations, in_json
from ..api.openapi.told import TAGGED
from ..api.records import Records
from ..api.shell import address
from ..commitments.schemas import COMMITMENT
from ..errors import Conflict
from ..kind import Kind
from ..sources.schemas import DOCUMENT
from ..words import Words
from . import commands
from .schemas import MEETING

MEETINGS = Records(MEETING)
ROW: dict[str, Any] = {
    "in": "path",
    "name": "key",
    "description": "The key of the action point.",
    "schema": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,23}$"},
}


def minutes(reference: str) -> Response:
    """POST /meetings/{reference}/minutes."""
    meeting, version = _asked(reference)
    new = commands.minutes_of(caller(), meeting) is None
    document = commands.publish_minutes(caller(), meeting, version=version)
    return _made(DOCUMENT, document.reference, new=new)


def agree(reference: str, key: str) -> Response:
    """POST /meetings/{reference}/actions/{key}/commitments."""
    meeting, version = _asked(reference)
    try:
        made = commands.agree(caller(), meeting, key, version=version)
    except commands.Agreed as already:
        raise Conflict(_linked(already)) from already
    return _made(COMMITMENT, made.reference, new=True)


def _asked(reference: str) -> tuple[Any, int | None]:
    answers.only()
    meeting = MEETINGS.found(reference)
    require(caller(), Permission.RECORD_PUBLISH, meeting.record)
    return meeting, conditions.expected(meeting.record.version, required=False)


def _made(kind: Kind, reference: str, *, new: bool) -> Response:
    location = address(f"/{kind.collection}/{reference}") if new else None
    return answers.written(*Records(kind).sent(reference), location=location)


def _linked(already: commands.Agreed) -> Words:
    link = address(f"/{COMMITMENT.collection}/{already.reference}")
    return Words(f"{already.detail.nl} {link}", f"{already.detail.en} {link}")


# --- what the document tells --------------------------------------------------------------


def _routes(document: Document, told: Operations) -> Iterator[Route]:
    if told.kind is not MEETING:
        return
    shapes, made, changed = document.shapes, *_answers()
    described: dict[str, Any] = {
        "operationId": "adoptMinutes",
        "summary": "Adopt the minutes of a meeting",
        "description": "They become a document for the readers of the meeting, with a passage "
        "per decision. Once more: what changed follows, and a decision that is cited stays.",
        "parameters": [*told.path, "IfMatchOptional"],
        "responses": {
            "200": {**changed, **in_json(shapes.record(DOCUMENT))},
            "201": {**made, **in_json(shapes.record(DOCUMENT))},
            **ERRORS,
        },
        "security": TOKEN,
    }
    yield Route("/<reference>/minutes", "minutes", minutes, described, "POST")
    described = {
        "operationId": "agreeOnAction",
        "summary": "Make an action point an agreement",
        "description": "A commitment of strength agreement by the organisation that does it. "
        "An action point becomes one once.",
        "parameters": [*told.path, ROW, "IfMatchOptional"],
        "responses": {"201": {**made, **in_json(shapes.record(COMMITMENT))}, **ERRORS},
        "security": TOKEN,
    }
    yield Route("/<reference>/actions/<key>/commitments", "agree", agree, described, "POST")


ERRORS: dict[str, Any] = {**WRITE_ERRORS, "412": CONDITION_ERRORS["412"]}


def _answers() -> tuple[dict[str, Any], dict[str, Any]]:
    location = {"Location": {"$ref": "#/components/headers/LOCATION"}}
    made = {"description": "What was made.", "headers": {**TAGGED, **location}}
    return made, {"description": "The minutes as they are now.", "headers": TAGGED}


additions.append(_routes)


def register(app: Flask) -> None:
    """Enter the resource."""
    resource(app, MEETING)
