"""Versions of a plan in the JSON API, and what differs between them."""

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, request

from ..access import Permission, require
from ..api import Route, additions, answers, conditions
from ..api.bodies import JSON, body
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import (
    BODY_ERRORS,
    ONE_ERRORS,
    TOKEN,
    UNCHANGED,
    WRITE_ERRORS,
    Operations,
    in_json,
)
from ..api.openapi.told import TAGGED
from ..api.problems import Refused
from ..api.records import Records
from ..api.shell import address
from ..db import rfc3339
from ..errors import Invalid
from ..plan.models import Plan
from ..plan.schemas import PLAN
from . import commands, comparing, queries
from .models import PlanVersion
from .schemas import AdoptionSchema, VersionSchema

Told = dict[str, Any]
PATH = "/<reference>/versions"
KEY: Told = {
    "in": "path",
    "name": "key",
    "description": "The key of the version.",
    "schema": {"type": "string", "pattern": "^[a-z0-9]{1,24}$"},
}


def versions(reference: str) -> Response:
    """GET /plans/{reference}/versions."""
    answers.only()
    plan = _plan(reference)
    return _read([_told(version, name) for version, name in queries.versions(plan)])


def freeze(reference: str) -> Response:
    """POST /plans/{reference}/versions."""
    answers.only()
    plan = Records(PLAN).found(reference)
    require(caller(), Permission.RECORD_PUBLISH, plan.record)
    made = commands.freeze(caller(), plan, body(JSON))
    return _written(_whole(made), address(f"/plans/{reference}/versions/{made.key}"))


def version(reference: str, key: str) -> Response:
    """GET /plans/{reference}/versions/{key}."""
    answers.only()
    return _read(_whole(queries.version(_plan(reference), key)))


def adopt_version(reference: str, key: str) -> Response:
    """POST /plans/{reference}/versions/{key}/adoptions."""
    answers.only()
    plan = Records(PLAN).found(reference)
    require(caller(), Permission.RECORD_PUBLISH, plan.record)
    found = queries.version(plan, key)
    return _written(_whole(commands.adopt(caller(), plan, found, body(JSON))))


def comparison(reference: str) -> Response:
    """GET /plans/{reference}/comparison."""
    answers.only("from", "to")
    plan = _plan(reference)
    try:
        before, after = (
            queries.named(plan, request.args.get(name, queries.NOW), name)
            for name in ("from", "to")
        )
    except Invalid as error:
        raise Refused("query", error.errors) from error
    old, new = (queries.seen(caller(), content) for _, content in (before, after))
    found = comparing.compared(old, new)
    return _read(
        {
            "from": before[0],
            "to": after[0],
            "leftOut": max(old["leftOut"], new["leftOut"]),
            "differences": [comparing.as_json(one) for one in found],
        }
    )


def _plan(reference: str) -> Plan:
    plan: Plan = Records(PLAN).found(reference)
    queries.require_core(caller())
    return plan


def _told(found: PlanVersion, name: str | None = None) -> Told:
    adopted = found.adoption.day.isoformat() if found.adoption else None
    told = {"key": found.key, "name": found.name, "frozenAt": rfc3339(found.frozen_at)}
    return {**told, "adoptedOn": adopted, **({"by": name} if name else {})}


def _whole(found: PlanVersion) -> Told:
    return {**_told(found), "content": queries.seen(caller(), found.content)}


def _read(told: Any) -> Response:
    text = json.dumps(told, ensure_ascii=False)
    return answers.readable(text, conditions.tag_of_list(text), public=False)


def _written(told: Told, location: str | None = None) -> Response:
    text = json.dumps(told, ensure_ascii=False)
    return answers.written(text, conditions.tag_of_list(text), location=location)


# --- what the document tells --------------------------------------------------------------

OWN: Told = {
    "key": {"type": "string"},
    "name": {"type": "string"},
    "frozenAt": {"type": "string", "format": "date-time"},
    "adoptedOn": {"type": ["string", "null"], "format": "date"},
}


def _shape() -> Told:
    content = {"type": "object", "description": "{plan, measures, milestones, leftOut}."}
    who = {"type": "string", "description": "Who froze it; in the list."}
    return {
        "type": "object",
        "description": "A version of a plan (planversie), which nobody can change.",
        "properties": {**OWN, "by": who, "content": content},
        "required": list(OWN),
    }


def _differing() -> Told:
    text = {"type": "string"}
    one = {
        "kind": text,
        "reference": text,
        "title": text,
        "titleEn": {"type": ["string", "null"]},
        "change": {"type": "string", "enum": [*comparing.ORDER]},
        "days": {"type": ["integer", "null"], "description": "By how many days; later is more."},
        "fields": {"type": "array", "items": {"type": "object"}},
    }
    many = {"type": "array", "items": {"type": "object", "properties": one, "required": [*one]}}
    left = {"type": "integer", "description": "How many records the caller may not see."}
    return {
        "type": "object",
        "properties": {"from": text, "to": text, "leftOut": left, "differences": many},
        "required": ["from", "to", "leftOut", "differences"],
    }


def _routes(document: Document, told: Operations) -> Iterator[Route]:
    if told.kind is not PLAN:
        return
    shapes = document.shapes
    one = shapes.named("PlanVersion", _shape)
    many = {"type": "array", "items": one}
    at = [*told.path, KEY]
    described = _reading("listPlanVersions", "The versions of a plan", many, told.path)
    yield Route(PATH, "versions", versions, described, "GET")
    sent = shapes.named("PlanVersionInput", lambda: shapes.body(VersionSchema()))
    yield Route(PATH, "freeze", freeze, _making("freezePlan", one, sent, told.path, "201"), "POST")
    described = _reading("getPlanVersion", "A version of a plan", one, at)
    yield Route(f"{PATH}/<key>", "version", version, described, "GET")
    sent = shapes.named("AdoptionInput", lambda: shapes.body(AdoptionSchema()))
    described = _making("adoptPlanVersion", one, sent, at, "200")
    yield Route(f"{PATH}/<key>/adoptions", "adopt_version", adopt_version, described, "POST")
    differing = shapes.named("PlanComparison", _differing)
    asked = [*told.path, *(_side(name) for name in ("from", "to"))]
    described = _reading("comparePlans", "What differs between two versions", differing, asked)
    yield Route("/<reference>/comparison", "comparison", comparison, described, "GET")


def _side(name: str) -> Told:
    text = "The key of a version, a day (as it was registered at its end), or now."
    return {"in": "query", "name": name, "description": text, "schema": {"type": "string"}}


def _reading(name: str, summary: str, schema: Told, parameters: list[Any]) -> Told:
    return {
        "operationId": name,
        "summary": summary,
        "description": "For the core group.",
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


def _making(name: str, one: Told, sent: Told, parameters: list[Any], status: str) -> Told:
    location = {"Location": {"$ref": "#/components/headers/LOCATION"}} if status == "201" else {}
    made = {"description": "The version.", "headers": {**TAGGED, **location}, **in_json(one)}
    return {
        "operationId": name,
        "summary": "Freeze a plan" if status == "201" else "Adopt a version of a plan",
        "description": "For the secretariat.",
        "parameters": parameters,
        "requestBody": {"required": True, **in_json(sent)},
        "responses": {status: made, **WRITE_ERRORS, **BODY_ERRORS},
        "security": TOKEN,
    }


additions.append(_routes)
