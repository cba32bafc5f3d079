"""Holders in the JSON API."""

import json
from typing import Any

from flask import Flask, Response

from ..api import Resource, answers, conditions, enter
from ..api.callers import caller
from ..api.openapi.operations import ANYBODY, READ_ERRORS, UNCHANGED, in_json
from ..api.openapi.told import TAGGED
from ..api.validators import by_standing
from ..record import PATTERN
from .queries import Holder, Item, Whole, compared, whole

Told = dict[str, Any]
SAID = ("stance", "certainty", "prompting", "note")


@by_standing
def index() -> Response:
    """GET /holders."""
    answers.only()
    text = json.dumps(_told(whole()), ensure_ascii=False)
    tag = conditions.tag_of_list(text)
    return answers.readable(text, tag, public=not caller().signed_in)


def _told(found: Whole) -> Told:
    twice = {holder.key: documents for holder, documents in found.speaking_twice()}
    return {
        "documents": [document["reference"] for document in found.documents],
        "holders": [_holder(holder, twice.get(holder.key)) for holder in found.holders],
        "comparisons": [
            {
                "view": view["reference"],
                "other": row["view"]["reference"],
                **{name: row.get(name) for name in ("how", "basis", "why")},
            }
            for view in found.views
            for row in view["comparisons"]
        ],
    }


def _holder(holder: Holder, documents: list[Item] | None) -> Told:
    return {
        "reference": holder.pointer["reference"] if holder.pointer else None,
        "words": holder.words,
        "claims": [
            {
                "cause": said.cause["reference"],
                "document": said.document,
                **{name: said.row.get(name) for name in SAID},
            }
            for said in holder.said
        ],
        "views": [view["reference"] for view in holder.views],
        "named": [
            {"cause": one.cause["reference"], "in": one.named_in}
            for one in (compared(holder, documents) if documents else [])
            if one.named_in
        ],
    }


TEXT: Told = {"type": "string"}
MAYBE: Told = {"type": ["string", "null"]}
REFERENCE: Told = {**TEXT, "pattern": PATTERN}


def _many(items: Told, told: str = "") -> Told:
    return {"type": "array", "items": items, **({"description": told} if told else {})}


def _object(**properties: Told) -> Told:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _shape() -> Told:
    said = _object(cause=REFERENCE, document=MAYBE, **dict.fromkeys(SAID, MAYBE))
    named = _object(**{"cause": REFERENCE, "in": _many(REFERENCE)})
    holder = _object(
        reference=MAYBE,
        words=MAYBE,
        claims=_many(said),
        views=_many(REFERENCE),
        named=_many(named, "Who speaks in more documents: where each cause is named as one."),
    )
    beside = _object(view=REFERENCE, other=REFERENCE, how=TEXT, basis=TEXT, why=MAYBE)
    whole = _object(
        documents=_many(REFERENCE, "The oldest first."),
        holders=_many(holder),
        comparisons=_many(beside),
    )
    return {**whole, "description": "Who holds what of causes, and which views (wie vindt wat)."}


def register(app: Flask) -> None:
    """Enter the resource."""
    shape = app.extensions["api"][0].shapes.named("Holders", _shape)
    routes = Resource("/holders", "Whose view it is (wie vindt wat).")
    told = {
        "operationId": "listHolders",
        "summary": "Who holds what, side by side (wie vindt wat)",
        "parameters": ["IfNoneMatch"],
        "responses": {
            "200": {"description": "All holders.", "headers": TAGGED, **in_json(shape)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **READ_ERRORS,
        },
        "security": ANYBODY,
    }
    routes.add("", "index", index, told, "GET")
    enter(app, routes)
