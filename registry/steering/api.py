"""The figures in the JSON API, each with the address of the collection that it counts."""

import json
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request

from .. import clock
from ..access import acting
from ..api import Resource, answers, conditions, enter
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import ANYBODY, READ_ERRORS, UNCHANGED, in_json
from ..api.openapi.told import TAGGED
from ..api.problems import Refused
from ..api.shell import address
from ..api.validators import by_standing
from ..errors import Invalid
from ..rounds import queries as rounds
from .figures import Figure, Progress, progress
from .scope import NAMES, asked

Told = dict[str, Any]


@by_standing
def index() -> Response:
    """GET /progress."""
    answers.only(*NAMES)
    with clock.seen_as_of(answers.day("asOf")):
        try:
            found = progress(asked(request.args))
        except Invalid as error:
            raise Refused("query", error.errors) from error
        text = json.dumps(_as_json(found), ensure_ascii=False)
    return answers.readable(text, conditions.tag_of_list(text), public=not caller().signed_in)


def _as_json(found: Progress) -> Told:
    scope = found.scope
    told = {
        "asOf": scope.day.isoformat(),
        "since": scope.since.isoformat(),
        "organisation": scope.organisation,
        "theme": scope.theme,
        "plan": found.plan,
        "figures": [_figure(found, figure) for figure in found.figures],
    }
    return {**told, "round": _round(found)} if found.judging else told


def _figure(found: Progress, figure: Figure) -> Told:
    query = urlencode({**figure.asked, "asOf": found.scope.day.isoformat()}, doseq=True)
    return {
        "section": figure.section,
        "of": dict(figure.of),
        "count": figure.count,
        "href": f"{address(f'/{figure.kind.collection}')}?{query}",
    }


def _round(found: Progress) -> Told | None:
    one = rounds.current(acting())
    if one is None:
        return None
    asked, answered = rounds.response(acting(), one, found.scope.organisation)
    href = address(f"/rounds/{one.key}")
    return {"key": one.key, "asked": asked, "answered": answered, "href": href}


TEXT: Told = {"type": "string"}
NUMBER: Told = {"type": "integer"}
ADDRESS: Told = {"type": "string", "format": "uri"}
DAY: Told = {"type": "string", "format": "date"}
FIGURE: Told = {
    "section": {
        **TEXT,
        "description": "What is counted: commitments (without the agreements within the "
        "collaboration), agreements, initiatives, milestones, actuality.* (how long ago what "
        "runs was reported on), attention (what asks for it, by reason), changes (since a day).",
    },
    "of": {
        "type": "object",
        "additionalProperties": TEXT,
        "description": "The values that these records have, such as a strength and a termState; "
        "empty for all of a section. `none` is a value that is not filled in.",
    },
    "count": {**NUMBER, "minimum": 1},
    "href": {**ADDRESS, "description": "The list of exactly these records."},
}
ROUND: Told = {"key": TEXT, "asked": NUMBER, "answered": NUMBER, "href": ADDRESS}


def _shape() -> Told:
    properties = {
        "asOf": DAY,
        "since": {**DAY, "description": "From when changes are counted."},
        "organisation": {"type": ["string", "null"]},
        "theme": {"type": ["string", "null"]},
        "plan": {"type": ["object", "null"], "description": "The plan, with the term it has."},
        "figures": {"type": "array", "items": _all(FIGURE)},
        "round": {
            "type": ["object", "null"],
            "description": "The open round: what was asked and answered. For the core group.",
            "properties": ROUND,
        },
    }
    required = [name for name in properties if name != "round"]
    return {"type": "object", "properties": properties, "required": required}


def _all(properties: Told) -> Told:
    return {"type": "object", "properties": properties, "required": list(properties)}


def register(app: Flask) -> None:
    """Enter the resource."""
    document: Document = app.extensions["api"][0]
    shape = document.shapes.named("Progress", _shape)
    routes = Resource("/progress", "Where the road to the plan stands (stand van zaken).")
    routes.add("", "index", index, _described(shape), "GET")
    enter(app, routes)


def _described(shape: Told) -> Told:
    return {
        "operationId": "getProgress",
        "summary": "The figures on the reference date",
        "description": "Combinations without records are left out. States of terms, actuality, "
        "what asks for attention and the round are judgements: they are for the core group.",
        "parameters": [
            "asOf",
            _parameter("since", "From when changes are counted; 30 days ago by default.", "date"),
            _parameter("organisation", "The reference of one organisation."),
            _parameter("theme", "The reference of one theme."),
            "IfNoneMatch",
        ],
        "responses": {
            "200": {"description": "The figures.", "headers": TAGGED, **in_json(shape)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **READ_ERRORS,
        },
        "security": ANYBODY,
    }


def _parameter(name: str, told: str, form: str | None = None) -> Told:
    schema = {"type": "string", **({"format": form} if form else {})}
    return {"in": "query", "name": name, "description": told, "schema": schema}
