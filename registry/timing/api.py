"""The expected occurrences of what recurs, in the JSON API."""

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, request

from .. import clock
from ..api import Route, additions, answers, conditions
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import ANYBODY, ONE_ERRORS, UNCHANGED, Operations, in_json
from ..api.openapi.told import TAGGED
from ..api.validators import by_standing
from ..errors import Message, NotFound
from ..initiatives.schemas import INITIATIVE
from ..record import REFERENCE
from . import queries

YEAR = Message("Give a year of four digits.", "Geef een jaar van vier cijfers.", "wrong_type")
STATES = ("registered", "expected", "open", "unregistered")


@by_standing
def occurrences(reference: str) -> Response:
    """GET /initiatives/{reference}/occurrences."""
    answers.only("asOf", "from", "to")
    if not REFERENCE.fullmatch(reference):
        raise NotFound
    first, last = _year("from"), _year("to")
    with clock.seen_as_of(answers.day("asOf")):
        found = queries.expected(reference, first, last)
    text = json.dumps(found, ensure_ascii=False)
    return answers.readable(text, conditions.tag_of_list(text), public=not caller().signed_in)


def _year(name: str) -> int | None:
    given = request.args.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) == 4 and given > "0999"):
        answers.refuse({name: [YEAR]})
    return int(given)


def _routes(document: Document, told: Operations) -> Iterator[Route]:
    if told.kind is INITIATIVE:
        shape = document.shapes.named("Occurrence", lambda: _shape(document))
        described = _told(told, {"type": "array", "items": shape})
        yield Route("/<reference>/occurrences", "occurrences", occurrences, described, "GET")


def _shape(document: Document) -> dict[str, Any]:
    window = document.shapes.answered(INITIATIVE.dictionary.described()["recurrence"])
    edition = {
        "type": ["object", "null"],
        "description": "The edition in this window: {key, title, when}; null: none is registered.",
    }
    state = {"type": "string", "enum": list(STATES), "description": "On the reference date."}
    return {
        "type": "object",
        "required": ["window", "edition", "state"],
        "properties": {"window": window, "edition": edition, "state": state},
    }


def _told(told: Operations, shape: dict[str, Any]) -> dict[str, Any]:
    year = {"type": "integer", "minimum": 1000, "maximum": 9999}
    names = {"from": "The first year.", "to": "The last year."}
    parameters = [
        {"in": "query", "name": name, "description": text, "schema": year}
        for name, text in names.items()
    ]
    return {
        "operationId": "listInitiativeOccurrences",
        "summary": "When an initiative that recurs every year is expected, and its editions",
        "description": "Without years: from the first edition to the year after the reference "
        "date. That no edition is registered does not say that there was none.",
        "parameters": [*told.path, "asOf", *parameters, "IfNoneMatch"],
        "responses": {
            "200": {"description": "The occurrences.", "headers": TAGGED, **in_json(shape)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **ONE_ERRORS,
        },
        "security": ANYBODY,
    }


additions.append(_routes)
