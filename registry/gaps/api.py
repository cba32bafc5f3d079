"""The gap map in the JSON API."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request

from .. import clock
from ..api import Resource, answers, conditions, enter
from ..api.callers import caller
from ..api.openapi.operations import ANYBODY, READ_ERRORS, UNCHANGED, in_json
from ..api.openapi.told import TAGGED
from ..api.shell import address
from ..api.validators import by_standing
from ..listing.question import ALLOWED
from ..record import PATTERN
from .axes import COLUMNS, ROWS, Axis, Place
from .queries import STATES, Map, gap_map

Told = dict[str, Any]


@by_standing
def index() -> Response:
    """GET /gaps."""
    answers.only("rows", "columns", "asOf")
    rows, columns = _axis("rows", ROWS), _axis("columns", COLUMNS)
    with clock.seen_as_of(answers.day("asOf")):
        text = json.dumps(_told(rows, columns, gap_map(rows, columns)), ensure_ascii=False)
    tag = conditions.tag_of_list(text)
    return answers.readable(text, tag, public=not caller().signed_in)


def _axis(name: str, known: Mapping[str, Axis]) -> Axis:
    asked = request.args.get(name) or next(iter(known))
    if asked not in known:
        answers.refuse({name: [ALLOWED.format(allowed=", ".join(known))]})
    return known[asked]


def _told(rows: Axis, columns: Axis, found: Map) -> Told:
    return {
        "asOf": clock.as_of().isoformat(),
        "rows": [_place(rows, place) for place in found.rows],
        "columns": [_place(columns, place) for place in found.columns],
        "unclassified": found.unclassified,
        "unaddressed": [place.reference for place in found.unaddressed],
        "cells": [
            {
                "row": row,
                "column": column,
                "state": cell.state,
                "count": cell.count,
                "counts": {state: n for state, n in cell.counts.items() if n},
                "records": _records(cell.asked),
            }
            for (row, column), cell in found.cells.items()
        ],
    }


def _place(axis: Axis, place: Place) -> Told:
    name = axis.kind.title_field
    return {
        "reference": place.reference,
        "nl": place.item[name],
        "en": place.item.get(f"{name}En"),
        "parent": place.wholes[0] if place.wholes else None,
    }


def _records(asked: Mapping[str, list[str]]) -> str:
    pairs = [(name, value) for name, values in asked.items() for value in values]
    if given := request.args.get("asOf"):
        pairs.append(("asOf", given))
    return f"{address('/initiatives')}?{urlencode(pairs)}"


# --- the document -------------------------------------------------------------------------

TEXT: Told = {"type": "string"}
MAYBE: Told = {"type": ["string", "null"]}
NUMBER: Told = {"type": "integer", "minimum": 0}
STATE: Told = {**TEXT, "enum": list(STATES)}
REFERENCE: Told = {**TEXT, "pattern": PATTERN}
PLACE: Told = {"reference": REFERENCE, "nl": TEXT, "en": MAYBE, "parent": MAYBE}
CELL: Told = {
    "row": {**MAYBE, "description": "Null: what is not classified in the rows."},
    "column": {**MAYBE, "description": "Null: what is of no one column, so general."},
    "state": {**STATE, "description": "The strongest state."},
    "count": {**NUMBER, "description": "How many initiatives have that state."},
    "counts": {"type": "object", "additionalProperties": NUMBER},
    "records": {**TEXT, "format": "uri", "description": "Exactly the initiatives counted."},
}


def _object(properties: Told, **more: Any) -> Told:
    return {"type": "object", "properties": properties, "required": list(properties), **more}


def _many(items: Told) -> Told:
    return {"type": "array", "items": items}


def _shape() -> Told:
    return _object(
        {
            "asOf": {**TEXT, "format": "date"},
            "rows": _many(_object(PLACE)),
            "columns": _many(_object(PLACE)),
            "unclassified": {**NUMBER, "description": "Initiatives under no row: no gap."},
            "unaddressed": _many(REFERENCE),
            "cells": _many(_object(CELL)),
        },
        description="A gap map (witte vlekken) as of a reference date.",
    )


def _side(name: str, told: str, known: Mapping[str, Axis]) -> Told:
    return {"in": "query", "name": name, "description": told, "schema": {"enum": list(known)}}


def register(app: Flask) -> None:
    """Enter the resource."""
    document = app.extensions["api"][0]
    shape = document.shapes.named("GapMap", _shape)
    routes = Resource("/gaps", "Gap maps (witte vlekken).")
    told = {
        "operationId": "getGapMap",
        "summary": "What is known, and where (witte vlekken)",
        "description": "A cell counts what is specific to its column; the rest is general.",
        "parameters": [
            _side("rows", "What runs down.", ROWS),
            _side("columns", "What runs across.", COLUMNS),
            "asOf",
            "IfNoneMatch",
        ],
        "responses": {
            "200": {"description": "The map.", "headers": TAGGED, **in_json(shape)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **READ_ERRORS,
        },
        "security": ANYBODY,
    }
    routes.add("", "index", index, told, "GET")
    enter(app, routes)
