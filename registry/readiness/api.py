"""Readiness of a plan in the JSON API."""

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, request

from .. import clock
from ..api import Route, additions, answers, conditions, papers
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import ONE_ERRORS, TOKEN, UNCHANGED, Operations, in_json
from ..api.openapi.told import TAGGED
from ..api.records import Records
from ..plan.schemas import PLAN
from ..planning.api import KEY
from ..web import paper as onpaper
from ..web.language import speak
from . import document as documents
from . import judging, queries
from .judging import Reason
from .texts import SENTENCES, sentence

Told = dict[str, Any]
LEVELS = (judging.READY, judging.ON_COURSE, judging.AT_RISK, judging.NOT_READY)


def readiness(reference: str) -> Response:
    """GET /plans/{reference}/readiness."""
    answers.only("asOf")
    with clock.seen_as_of(answers.day("asOf")):
        found = queries.readiness(caller(), Records(PLAN).found(reference))
    told = {
        "level": found.level,
        "asOf": found.day.isoformat(),
        "reasons": [_reason(one) for one in found.reasons],
    }
    text = json.dumps(told, ensure_ascii=False)
    return answers.readable(text, conditions.tag_of_list(text), public=False)


@papers.offered
def as_file(reference: str) -> Response:
    """GET /plans/{reference}/document."""
    answers.only("format", "version", "language", "asOf")
    format_, language = papers.asked()
    speak(language)
    with clock.seen_as_of(answers.day("asOf")):
        plan = Records(PLAN).found(reference)
        reading = documents.read(caller(), plan, request.args.get("version", ""))
        return onpaper.sent(documents.paper(reading), format_, documents.file_name(reading))


def _reason(one: Reason) -> Told:
    words = sentence(one)
    return {
        "code": one.code,
        "record": one.of["reference"] if one.of else None,
        "other": one.other["reference"] if one.other else None,
        "text": words.nl,
        "textEn": words.en,
    }


def _shape() -> Told:
    pointer = {"type": ["string", "null"]}
    reason = {
        "code": {"type": "string", "enum": [*SENTENCES]},
        "record": pointer,
        "other": pointer,
        "text": {"type": "string"},
        "textEn": {"type": "string"},
    }
    reasons = {"type": "object", "properties": reason, "required": [*reason]}
    own = {
        "level": {"type": "string", "enum": [*LEVELS]},
        "asOf": {"type": "string", "format": "date"},
        "reasons": {"type": "array", "items": reasons},
    }
    return {
        "type": "object",
        "description": "How ready a plan is on a day (gereedheid), with every reason.",
        "properties": own,
        "required": [*own],
    }


def _routes(document: Document, told: Operations) -> Iterator[Route]:
    if told.kind is not PLAN:
        return
    shape = document.shapes.named("PlanReadiness", _shape)
    described: Told = {
        "operationId": "getPlanReadiness",
        "summary": "How ready a plan is on a day",
        "description": "Computed from the milestones of the plan. For the core group.",
        "parameters": [*told.path, "asOf", "IfNoneMatch"],
        "responses": {
            "200": {"description": "As it stands.", "headers": TAGGED, **in_json(shape)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            "403": "FORBIDDEN",
            **ONE_ERRORS,
        },
        "security": TOKEN,
    }
    yield Route("/<reference>/readiness", "readiness", readiness, described, "GET")
    yield Route("/<reference>/document", "document", as_file, _file(told), "GET")


def _file(told: Operations) -> Told:
    said = {
        "operationId": "getPlanDocument",
        "summary": "A plan as a document",
        "description": "The same bytes for the same plan, version and day. Versions are for the "
        "core group.",
    }
    return papers.described(told, said, [{**KEY, "in": "query", "name": "version"}, "asOf"])


additions.append(_routes)
