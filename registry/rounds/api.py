"""Rounds in the JSON API."""

import json
from typing import Any

from flask import Flask, Response

from ..access import Permission, require
from ..api import Resource, answers, conditions, enter
from ..api.bodies import JSON, body
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import (
    BODY_ERRORS,
    ONE_ERRORS,
    TOKEN,
    UNCHANGED,
    WRITE_ERRORS,
    in_json,
)
from ..api.openapi.told import TAGGED
from ..api.shell import address
from ..db import rfc3339, session
from ..errors import NotFound, NotSignedIn
from ..record import PATTERN
from . import commands, queries
from .models import Item, Round
from .schemas import RoundSchema

Told = dict[str, Any]
KEY = {
    "in": "path",
    "name": "key",
    "description": "The key of the round.",
    "schema": {"type": "string", "pattern": "^[a-z0-9]{1,24}$"},
}
FREE: Told = {"type": "object"}


def index() -> Response:
    """GET /rounds."""
    answers.only()
    _signed_in()
    return _read([queries.as_json(found) for found in session().scalars(queries.seen(caller()))])


def create() -> Response:
    """POST /rounds."""
    answers.only()
    require(caller(), Permission.RECORD_PUBLISH)
    made = commands.open_round(caller(), body(JSON))
    return _written(_whole(made), address(f"/rounds/{made.key}"))


def show(key: str) -> Response:
    """GET /rounds/{key}."""
    answers.only()
    return _read(_whole(_found(key)))


def snapshot(key: str) -> Response:
    """GET /rounds/{key}/snapshot."""
    answers.only()
    require(caller(), Permission.RECORD_PUBLISH)
    found = _found(key)
    if found.closed_at is None:
        raise NotFound
    return _read([each.content for each in queries.frozen(found)])


def remind(key: str) -> Response:
    """POST /rounds/{key}/reminders."""
    answers.only()
    require(caller(), Permission.RECORD_PUBLISH)
    return _written({"reminded": commands.remind(caller(), _found(key))})


def close(key: str) -> Response:
    """POST /rounds/{key}/closures."""
    answers.only()
    require(caller(), Permission.RECORD_PUBLISH)
    return _written(_whole(commands.close(caller(), _found(key))))


def _signed_in() -> None:
    if not caller().signed_in:
        raise NotSignedIn


def _found(key: str) -> Round:
    _signed_in()
    return queries.one(caller(), key)


def _whole(found: Round) -> Told:
    """A round with the response, for the secretariat; with what is asked, for members."""
    told = queries.as_json(found)
    if queries.manages(caller()):
        return {**told, "responses": [_response(each) for each in queries.responses(found)]}
    items = queries.asked(caller(), found)
    return {**told, "asked": [_asked(item) for item in items]}


def _asked(item: Item) -> Told:
    return {
        "record": item.record.reference,
        "organisation": item.organisation.reference,
        "reported": item.update_id is not None,
    }


def _response(each: queries.Response) -> Told:
    return {
        "organisation": {"reference": each.reference, "name": each.name},
        "asked": each.asked,
        "answered": each.answered,
        "lastActivityAt": rfc3339(each.last) if each.last else None,
        "remindedOn": each.reminded.isoformat() if each.reminded else None,
    }


def _read(told: Any) -> Response:
    text = json.dumps(told, ensure_ascii=False)
    return answers.readable(text, conditions.tag_of_list(text), public=False)


def _written(told: Told, location: str | None = None) -> Response:
    text = json.dumps(told, ensure_ascii=False)
    return answers.written(text, conditions.tag_of_list(text), location=location)


DAY: Told = {"type": "string", "format": "date"}
MOMENT: Told = {"type": "string", "format": "date-time"}
NAMES: Told = {"type": "array", "items": {"type": "string"}}
REFERENCE: Told = {"type": "string", "pattern": PATTERN}
SCOPE: Told = dict.fromkeys(("kinds", "themes", "organisations"), NAMES)
OWN: Told = {
    "key": {"type": "string"},
    "title": {"type": "string"},
    "starts": DAY,
    "ends": DAY,
    "deadline": DAY,
    "scope": {"type": "object", "properties": SCOPE},
    "openedAt": MOMENT,
    "openedBy": {"type": ["string", "null"]},
    "closedAt": {**MOMENT, "type": ["string", "null"]},
    "closedBy": {"type": ["string", "null"]},
}
RESPONSE: Told = {
    "organisation": {"type": "object", "properties": {"reference": REFERENCE}},
    "asked": {"type": "integer"},
    "answered": {"type": "integer"},
    "lastActivityAt": {**MOMENT, "type": ["string", "null"]},
    "remindedOn": {**DAY, "type": ["string", "null"]},
}


def _shape() -> Told:
    asked = {"record": REFERENCE, "organisation": REFERENCE, "reported": {"type": "boolean"}}
    return {
        "type": "object",
        "description": "A reporting round (voortgangsuitvraag).",
        "properties": {
            **OWN,
            "responses": _array(RESPONSE, "Per organisation; for the secretariat."),
            "asked": _array(asked, "What is asked of the caller's organisations."),
        },
        "required": list(OWN),
    }


def _array(properties: Told, told: str) -> Told:
    items = {"type": "object", "properties": properties}
    return {"type": "array", "description": told, "items": items}


def register(app: Flask) -> None:
    """Enter the resource."""
    document: Document = app.extensions["api"][0]
    shapes = document.shapes
    one = shapes.named("Round", _shape)
    sent = shapes.named("RoundInput", lambda: shapes.body(RoundSchema()))
    routes = Resource("/rounds", "Reporting rounds (voortgangsuitvragen).")
    many = {"type": "array", "items": one}
    frozen = {"type": "array", "items": FREE}
    count = {"type": "object", "properties": {"reminded": {"type": "integer"}}}
    at = [KEY]
    routes.add("", "index", index, _reading("listRounds", "The rounds", many, []), "GET")
    routes.add("", "create", create, _opening(one, sent), "POST")
    routes.add("/<key>", "show", show, _reading("getRound", "One round", one, at), "GET")
    told = _reading("getRoundSnapshot", "What was frozen; for the secretariat", frozen, at)
    routes.add("/<key>/snapshot", "snapshot", snapshot, told, "GET")
    told = _step("remindRound", "Remind who has not reported", count)
    routes.add("/<key>/reminders", "remind", remind, told, "POST")
    told = _step("closeRound", "Close a round and freeze its records", one)
    routes.add("/<key>/closures", "close", close, told, "POST")
    enter(app, routes)


def _reading(name: str, summary: str, schema: Told, parameters: list[Any]) -> Told:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [*parameters, "IfNoneMatch"],
        "responses": {
            "200": {"description": "As it stands.", "headers": TAGGED, **in_json(schema)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            "403": "FORBIDDEN",
            **ONE_ERRORS,
        },
        "security": TOKEN,
    }


def _opening(one: Told, sent: Told) -> Told:
    made = {**TAGGED, "Location": {"$ref": "#/components/headers/LOCATION"}}
    return {
        "operationId": "openRound",
        "summary": "Open a round",
        "description": "What lies within the scope now is fixed. For the secretariat.",
        "requestBody": {"required": True, **in_json(sent)},
        "responses": {
            "201": {"description": "The round.", "headers": made, **in_json(one)},
            **WRITE_ERRORS,
            **BODY_ERRORS,
        },
        "security": TOKEN,
    }


def _step(name: str, summary: str, schema: Told) -> Told:
    return {
        "operationId": name,
        "summary": summary,
        "description": "For the secretariat.",
        "parameters": [KEY],
        "responses": {
            "200": {"description": "Done.", "headers": TAGGED, **in_json(schema)},
            **WRITE_ERRORS,
        },
        "security": TOKEN,
    }
