"""The log of reminders in the JSON API, for the secretariat."""

import json
from typing import Any

from flask import Flask, Response, request

from ..access import Permission, require
from ..api import Resource, answers, conditions, enter, paging
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import READ_ERRORS, TOKEN, UNCHANGED, in_json
from ..api.openapi.told import TAGGED
from ..api.problems import Refused
from ..db import rfc3339
from ..errors import Invalid
from . import log

Told = dict[str, Any]
TEXT: Told = {"type": "string"}
OR_NULL: Told = {"type": ["string", "null"]}


def index() -> Response:
    """GET /reminders."""
    answers.only(*log.FILTERS, "perPage", "cursor", "count")
    require(caller(), Permission.RECORD_PUBLISH)
    counted = answers.flag("count")
    answers.short(log.LONGEST, "who", "record", "organisation")
    try:
        found, order = log.query(caller(), log.ask(request.args.to_dict(flat=False)))
    except Invalid as error:
        raise Refused("query", error.errors) from error
    walk = paging.walked(found, order)
    headers = {"Link": paging.links("/reminders", walk.next, walk.prev)}
    if counted:
        headers["Total-Count"] = str(log.counted(found))
    text = json.dumps([_told(row) for row in walk.rows], ensure_ascii=False)
    tag = conditions.tag_of_list(f"{text}{headers}")
    return answers.readable(text, tag, public=False, headers=headers)


def _told(row: Any) -> Told:
    return {
        "day": row.day.isoformat(),
        "rule": row.rule,
        "number": row.number,
        "term": row.words,
        "state": row.state,
        "why": row.failure if row.state != "sent" else None,
        "sentAt": rfc3339(row.done_at) if row.done_at and row.state == "sent" else None,
        "to": {"name": row.name, "email": row.email},
        "organisation": {"reference": row.organisation, "name": row.organisation_title},
        "record": {"reference": row.reference, "title": row.title} if row.record_id else None,
        "round": {"key": row.reference, "title": row.title} if not row.record_id else None,
    }


def _shape() -> Told:
    pair = {"type": "object", "properties": {"reference": TEXT, "title": TEXT}}
    properties = {
        "day": {**TEXT, "format": "date", "description": "The reference date that it is about."},
        "rule": {**TEXT, "enum": list(log.RULES)},
        "number": {"type": "integer", "description": "For the how-many-th time."},
        "term": {**OR_NULL, "description": "The term as it was written."},
        "state": {**TEXT, "enum": list(log.STATES)},
        "why": {**OR_NULL, "description": "Why it did not arrive (yet)."},
        "sentAt": {**OR_NULL, "format": "date-time"},
        "to": {"type": "object", "properties": {"name": TEXT, "email": TEXT}},
        "organisation": {"type": "object", "properties": {"reference": TEXT, "name": TEXT}},
        "record": {**pair, "type": ["object", "null"]},
        "round": {"type": ["object", "null"], "properties": {"key": TEXT, "title": TEXT}},
    }
    return {
        "type": "object",
        "description": "A reminder to one person (herinnering).",
        "properties": properties,
        "required": list(properties),
    }


def _parameters() -> list[Any]:
    told: dict[str, tuple[str, Told]] = {
        "state": ("How it stands.", {**TEXT, "enum": list(log.STATES)}),
        "rule": ("By which rule.", {**TEXT, "enum": list(log.RULES)}),
        "who": ("Part of the name or address of who is reminded.", TEXT),
        "record": ("Of one record, or of a round by its key.", TEXT),
        "organisation": ("On behalf of which organisation, by its reference.", TEXT),
        "from": ("From this day on.", {**TEXT, "format": "date"}),
        "until": ("Until and including this day.", {**TEXT, "format": "date"}),
    }
    own = [
        {"in": "query", "name": name, "description": text, "schema": schema}
        for name, (text, schema) in told.items()
    ]
    return [*own, "perPage", "cursor", "count", "IfNoneMatch"]


def register(app: Flask) -> None:
    """Enter the resource."""
    document: Document = app.extensions["api"][0]
    shape = document.shapes.named("Reminder", _shape)
    resource = Resource("/reminders", "The log of reminders (herinneringen).")
    resource.add("", "index", index, _described({"type": "array", "items": shape}), "GET")
    enter(app, resource)


def _described(many: Told) -> Told:
    headers = {
        **TAGGED,
        "Link": {"$ref": "#/components/headers/LINK"},
        "Total-Count": {"$ref": "#/components/headers/TOTAL_COUNT"},
    }
    return {
        "operationId": "listReminders",
        "summary": "What was sent to whom, or waits to be sent",
        "description": "The latest first. For the secretariat.",
        "parameters": _parameters(),
        "responses": {
            "200": {"description": "A page.", "headers": headers, **in_json(many)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            "403": "FORBIDDEN",
            **READ_ERRORS,
        },
        "security": TOKEN,
    }
