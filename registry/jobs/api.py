"""Long work in the JSON API: followed, and called off while it waits."""

import json
from typing import Any

from flask import Flask, Response

from ..api import Resource, answers, conditions, enter
from ..api.bodies import JSON
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import ONE_ERRORS, TOKEN, UNCHANGED, WRITE_ERRORS, in_json
from ..api.openapi.told import TAGGED, VERSION_HEADER
from ..api.shell import address
from ..db import rfc3339
from ..errors import NotSignedIn
from . import commands
from .models import Job, Stage
from .working import progress

Told = dict[str, Any]
MOST = 50
KEY = {
    "in": "path",
    "name": "key",
    "description": "The key of the job.",
    "schema": {"type": "string", "pattern": "^[a-f0-9]{24}$"},
}


def index() -> Response:
    """GET /jobs."""
    answers.only()
    if not caller().signed_in:
        raise NotSignedIn
    return _read([as_json(job) for job in commands.latest(caller(), MOST)])


def show(key: str) -> Response:
    """GET /jobs/{key}."""
    answers.only()
    return _read(as_json(_found(key)))


def cancel(key: str) -> Response:
    """DELETE /jobs/{key}."""
    answers.only()
    commands.cancel(caller(), _found(key))
    return Response(status=204)


def accepted(job: Job) -> Response:
    """The answer to who asked for long work: 202, and where to follow it."""
    response = Response(json.dumps(as_json(job), ensure_ascii=False), 202, mimetype=JSON)
    response.headers["Location"] = address(f"/jobs/{job.key}")
    response.headers["Retry-After"] = "1"
    response.headers["Cache-Control"] = "no-store"
    return response


def as_json(job: Job) -> Told:
    """A job as the API tells it."""
    done, total = progress(job)
    words: list[str | None] = [*job.words] if job.words else [None, None]
    return {
        "key": job.key,
        "work": job.work,
        "state": job.state,
        "done": done,
        "total": total,
        "outcome": words[0],
        "outcomeEn": words[1],
        "askedAt": rfc3339(job.asked_at),
        "endedAt": rfc3339(job.ended_at) if job.ended_at else None,
    }


def _found(key: str) -> Job:
    if not caller().signed_in:
        raise NotSignedIn
    return commands.one(caller(), key)


def _read(told: Any) -> Response:
    text = json.dumps(told, ensure_ascii=False)
    return answers.readable(text, conditions.tag_of_list(text), public=False)


MOMENT: Told = {"type": "string", "format": "date-time"}
TEXT: Told = {"type": ["string", "null"]}
PROPERTIES: Told = {
    "key": {"type": "string"},
    "work": {"type": "string"},
    "state": {"type": "string", "enum": list(Stage)},
    "done": {"type": "integer"},
    "total": {"type": "integer", "description": "0 while it is not known."},
    "outcome": TEXT,
    "outcomeEn": TEXT,
    "askedAt": MOMENT,
    "endedAt": {**MOMENT, "type": ["string", "null"]},
}


def _shape() -> Told:
    told = "Long work that somebody asked for (werk op de achtergrond)."
    names = list(PROPERTIES)
    return {"type": "object", "description": told, "properties": PROPERTIES, "required": names}


def register(app: Flask) -> None:
    """Enter the resource."""
    document: Document = app.extensions["api"][0]
    one = document.shapes.named("Job", _shape)
    many = {"type": "array", "items": one}
    routes = Resource("/jobs", "Long work (werk op de achtergrond).")
    routes.add("", "index", index, _reading("listJobs", "What the caller asked for", many), "GET")
    told = {**_reading("getJob", "How far one is", one), "parameters": [KEY, "IfNoneMatch"]}
    routes.add("/<key>", "show", show, told, "GET")
    routes.add("/<key>", "cancel", cancel, _cancelling(), "DELETE")
    enter(app, routes)


def _reading(name: str, summary: str, schema: Told) -> Told:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": ["IfNoneMatch"],
        "responses": {
            "200": {"description": "As it stands.", "headers": TAGGED, **in_json(schema)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **ONE_ERRORS,
        },
        "security": TOKEN,
    }


def _cancelling() -> Told:
    return {
        "operationId": "cancelJob",
        "summary": "Call it off while it waits",
        "parameters": [KEY],
        "responses": {
            "204": {"description": "It was called off.", "headers": VERSION_HEADER},
            **WRITE_ERRORS,
        },
        "security": TOKEN,
    }
