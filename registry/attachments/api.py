"""The files of a report in the JSON API: brought as a form, listed, and given out as they are."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app

from ..api import Route, additions, answers, conditions
from ..api.bodies import FORM, only_parts
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
from ..api.openapi.told import TAGGED, VERSION_HEADER
from ..api.records import Records
from ..api.shell import address
from ..db import rfc3339
from ..errors import Forbidden, NotSignedIn
from ..kind import Kind
from ..updates import queries
from ..updates.api import KEY
from ..updates.models import Update
from . import commands, keeping
from .judging import ALLOWED, LARGEST
from .models import UpdateFile

Told = dict[str, Any]
PARTS = ("file", "why")
FILE = {**KEY, "name": "file", "description": "The key of the file."}
PATH = "/<reference>/updates/<key>/files"


@dataclass(frozen=True)
class Files:
    """The endpoints of one kind."""

    kind: Kind

    def index(self, reference: str, key: str) -> Response:
        """GET …/updates/{key}/files."""
        answers.only()
        _entity, update = self._found(reference, key)
        text = json.dumps([_told(file) for file in commands.files(update)], ensure_ascii=False)
        return answers.readable(text, conditions.tag_of_list(text), public=not caller().signed_in)

    def create(self, reference: str, key: str) -> Response:
        """POST …/updates/{key}/files."""
        answers.only()
        entity, update = self._found(reference, key)
        if not commands.theirs(caller(), self.kind, entity, update):
            raise Forbidden if caller().signed_in else NotSignedIn
        only_parts(PARTS)
        at, scanner = keeping.folder(), current_app.config["VIRUS_SCAN"]
        made = commands.add(
            caller(), self.kind, entity, update, keeping.sent(), folder=at, scanner=scanner
        )
        text = json.dumps(_told(made), ensure_ascii=False)
        location = address(f"/{self.kind.collection}/{reference}/updates/{key}/files/{made.key}")
        return answers.written(text, conditions.tag_of_list(text), location=location)

    @answers.offers(keeping.MEDIA)
    def show(self, reference: str, key: str, file: str) -> Response:
        """GET …/updates/{key}/files/{file}."""
        answers.only()
        _entity, update = self._found(reference, key)
        return keeping.handed_out(commands.one(update, file))

    def _found(self, reference: str, key: str) -> tuple[Any, Update]:
        entity = Records(self.kind).found(reference)
        return entity, queries.one(caller(), entity.id, key)


def _told(file: UpdateFile) -> Told:
    return {
        "key": file.key,
        "name": file.name,
        "why": file.why,
        "extension": file.extension,
        "size": file.size,
        "sha256": file.sha256,
        "addedAt": rfc3339(file.added_at),
    }


def _shape(why: Told) -> Told:
    properties: Told = {
        "key": {"type": "string", "description": "The key of the file (sleutel)."},
        "name": {"type": "string", "description": "As it was called, made safe (naam)."},
        "why": why,
        "extension": {"type": "string", "enum": list(ALLOWED), "description": "By its content."},
        "size": {"type": "integer", "description": "In bytes (grootte)."},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "addedAt": {"type": "string", "format": "date-time"},
    }
    told = "A file that a report rests on (bestand)."
    return {
        "type": "object",
        "description": told,
        "properties": properties,
        "required": [*properties],
    }


def _routes(document: Document, told: Operations) -> Iterator[Route]:
    if not told.kind.contributed:
        return
    shapes, views = document.shapes, Files(told.kind)
    one = shapes.named("UpdateFile", lambda: _shape(shapes.answered(commands.WHY)))
    why = shapes.sent(commands.WHY)
    yield Route(PATH, "files", views.index, _listed(told, one), "GET")
    yield Route(PATH, "add_file", views.create, _brought(told, one, why), "POST")
    yield Route(f"{PATH}/<file>", "file", views.show, _handed_out(told), "GET")


def _listed(told: Operations, one: Told) -> Told:
    items = {"type": "array", "items": one}
    return {
        "operationId": f"list{told.name}UpdateFiles",
        "summary": f"Files of a report: {told.one}",
        "description": "Whoever sees the report sees its files.",
        "parameters": [*told.path, KEY, "IfNoneMatch"],
        "responses": {
            "200": {"description": "The files.", "headers": TAGGED, **in_json(items)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **ONE_ERRORS,
        },
        "security": ANYBODY,
    }


def _brought(told: Operations, one: Told, why: Told) -> Told:
    made = {**TAGGED, "Location": {"$ref": "#/components/headers/LOCATION"}}
    file = {
        "type": "string",
        "contentMediaType": keeping.MEDIA,
        "description": f"At most {LARGEST} bytes, judged by its content: {', '.join(ALLOWED)}.",
    }
    form = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"file": file, "why": why},
        "required": [*PARTS],
    }
    return {
        "operationId": f"add{told.name}UpdateFile",
        "summary": f"Add a file to a report: {told.one}",
        "description": "For who reported and the secretariat. A file is not replaced or removed; "
        "to what was released or frozen only the secretariat adds (409).",
        "parameters": [*told.path, KEY],
        "requestBody": {"required": True, "content": {FORM: {"schema": form}}},
        "responses": {
            "201": {"description": "The file.", "headers": made, **in_json(one)},
            **WRITE_ERRORS,
            **BODY_ERRORS,
        },
        "security": TOKEN,
    }


def _handed_out(told: Operations) -> Told:
    content: Told = {"content": {keeping.MEDIA: {"schema": {}}}}
    return {
        "operationId": f"get{told.name}UpdateFile",
        "summary": f"A file of a report: {told.one}",
        "parameters": [*told.path, KEY, FILE],
        "responses": {
            "200": {"description": "The file, to keep.", "headers": VERSION_HEADER, **content},
            "400": "BAD_REQUEST",
            **ONE_ERRORS,
        },
        "security": ANYBODY,
    }


additions.append(_routes)
