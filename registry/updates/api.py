"""The state of affairs in the JSON API, under each record that has one."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response

from ..access import Permission, require
from ..api import Route, additions, answers, conditions, paging
from ..api.bodies import JSON, body
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import (
    ANYBODY,
    BODY_ERRORS,
    ONE_ERRORS,
    TOKEN,
    UNCHANGED,
    WRITE_ERRORS,
    Operations,
    in_json,
)
from ..api.openapi.told import TAGGED
from ..api.records import Records
from ..api.shell import address
from ..api.validators import by_standing
from ..errors import Forbidden, NotSignedIn
from ..kind import Kind
from ..listing import cursors
from . import commands, queries
from .models import Update
from .schemas import ReportSchema, UpdateSchema

Told = dict[str, Any]
LINKED = {**TAGGED, "Link": {"$ref": "#/components/headers/LINK"}}
ORDER: cursors.Order = [(Update.day, True), (Update.id, True)]
KEY = {
    "in": "path",
    "name": "key",
    "description": "The key of the report.",
    "schema": {"type": "string", "pattern": "^[a-z0-9]{1,24}$"},
}

FILE = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("key", "name", "sha256", "why")},
}


@dataclass(frozen=True)
class Updates:
    """The endpoints of one kind."""

    kind: Kind

    @by_standing
    def index(self, reference: str) -> Response:
        """GET /{collection}/{reference}/updates."""
        answers.only("perPage", "cursor")
        record_id = Records(self.kind).found(reference).id
        query = queries.seen(caller()).where(Update.record_id == record_id)
        walk = paging.walked(query, ORDER)
        text = json.dumps(_told([row[0] for row in walk.rows]), ensure_ascii=False)
        path = f"/{self.kind.collection}/{reference}/updates"
        headers = {"Link": paging.links(path, walk.next, walk.prev)}
        tag = conditions.tag_of_list(f"{text}{headers}")
        return answers.readable(text, tag, public=not caller().signed_in, headers=headers)

    def create(self, reference: str) -> Response:
        """POST /{collection}/{reference}/updates."""
        answers.only()
        entity = Records(self.kind).found(reference)
        if not queries.may_report(caller(), self.kind, entity.record):
            raise Forbidden if caller().signed_in else NotSignedIn
        made = commands.report(caller(), self.kind, entity, body(JSON))
        location = address(f"/{self.kind.collection}/{reference}/updates")
        return self._sent(entity.id, made.key, location)

    def release(self, reference: str, key: str) -> Response:
        """POST /{collection}/{reference}/updates/{key}/releases."""
        answers.only()
        entity = Records(self.kind).found(reference)
        require(caller(), Permission.RECORD_PUBLISH, entity.record)
        commands.release(caller(), self.kind, entity, queries.one(caller(), entity.id, key))
        return self._sent(entity.id, key, None)

    @staticmethod
    def _sent(record_id: int, key: str, location: str | None) -> Response:
        update = queries.one(caller(), record_id, key)
        text = json.dumps(_told([update])[0], ensure_ascii=False)
        return answers.written(text, conditions.tag_of_list(text), location=location)


def _told(updates: Sequence[Update]) -> list[Told]:
    among, files = queries.around(caller(), updates), queries.files(updates)
    return [
        {**queries.told(caller(), update, among), "files": files[update.id]} for update in updates
    ]


def _shape(document: Document) -> tuple[Told, Told]:
    """A report as it is answered, and as it is sent."""
    shapes, schema = document.shapes, UpdateSchema()
    described = schema.described()
    own = {str(field.data_key): shapes.answered(field) for field in described.values()}
    always = {n for n, f in described.items() if not f.about.view}
    pointer = {
        "type": ["object", "null"],
        "description": "The organisation that reported (organisatie); null: the secretariat.",
        "properties": {"reference": {"type": "string"}, "name": {"type": "string"}},
    }
    key = {"type": "string", "description": "The key of the report (sleutel)."}
    more = {
        "key": key,
        "replaces": {"type": ["string", "null"], "description": "Which report it corrects."},
        "replaced": {"type": "boolean", "description": "Whether a later report corrects it."},
        "organisation": pointer,
        "by": {"type": "string", "description": "Who reported; for who is signed in."},
        "files": {"type": "array", "description": "Its files (bestanden).", "items": FILE},
    }
    required = [str(described[n].data_key) for n in described if n in always]
    answered = {
        "type": "object",
        "description": "How things stood on a day (stand van zaken).",
        "properties": {**own, **more},
        "required": [*required, "key", "replaces", "replaced", "organisation", "files"],
    }
    sent = shapes.body(ReportSchema())
    sent["properties"]["replaces"] = more["replaces"]
    return answered, sent


def _routes(document: Document, told: Operations) -> Iterator[Route]:
    if not told.kind.contributed:
        return
    shapes = document.shapes
    one = shapes.named("Update", lambda: _shape(document)[0])
    sent = shapes.named("UpdateInput", lambda: _shape(document)[1])
    views = Updates(told.kind)
    path = "/<reference>/updates"
    yield Route(path, "updates", views.index, _listed(told, one), "GET")
    yield Route(path, "report", views.create, _made(told, one, sent), "POST")
    yield Route(
        f"{path}/<key>/releases", "release_update", views.release, _released(told, one), "POST"
    )


def _listed(told: Operations, one: Told) -> Told:
    items = {"type": "array", "items": one}
    return {
        "operationId": f"list{told.name}Updates",
        "summary": f"State of affairs of {told.one}",
        "description": "The last report first. Outside the core group: what was released.",
        "parameters": [*told.path, "perPage", "cursor", "IfNoneMatch"],
        "responses": {
            "200": {"description": "The reports.", "headers": LINKED, **in_json(items)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **ONE_ERRORS,
        },
        "security": ANYBODY,
    }


def _made(told: Operations, one: Told, sent: Told) -> Told:
    made = {**TAGGED, "Location": {"$ref": "#/components/headers/LOCATION"}}
    return {
        "operationId": f"report{told.name}Update",
        "summary": f"Report the state of affairs of {told.one}",
        "description": "A report is never overwritten: a correction names the one it replaces.",
        "parameters": told.path,
        "requestBody": {"required": True, **in_json(sent)},
        "responses": {
            "201": {"description": "The report.", "headers": made, **in_json(one)},
            **WRITE_ERRORS,
            **BODY_ERRORS,
        },
        "security": TOKEN,
    }


def _released(told: Operations, one: Told) -> Told:
    return {
        "operationId": f"release{told.name}Update",
        "summary": f"Release a report: {told.one}",
        "description": "Show it to all who see the record. For the secretariat.",
        "parameters": [*told.path, KEY],
        "responses": {
            "200": {"description": "The report.", "headers": TAGGED, **in_json(one)},
            **WRITE_ERRORS,
        },
        "security": TOKEN,
    }


additions.append(_routes)
