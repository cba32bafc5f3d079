"""Merging in the JSON API."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response

from ..access import Permission, require
from ..api import Route, additions, answers, conditions
from ..api.bodies import JSON
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import BODY_ERRORS, CONDITION_ERRORS, TOKEN, WRITE_ERRORS, Operations
from ..api.publications import loaded
from ..api.records import Records
from ..api.shell import address
from ..kind import Kind
from .commands import merge
from .schemas import merger


@dataclass(frozen=True)
class Mergers:
    """The endpoint of one kind."""

    kind: Kind

    def create(self, reference: str) -> Response:
        """POST /{collection}/{reference}/mergers."""
        answers.only()
        records = Records(self.kind)
        entity = records.found(reference)
        require(caller(), Permission.RECORD_MERGE, entity.record)
        version = conditions.expected(entity.record.version, required=False)
        asked = loaded(merger(self.kind)())
        into = merge(caller(), self.kind, entity, asked["into"], asked["reason"], version=version)
        text, tag = records.sent(into.record.reference)
        response = answers.written(text, tag)
        response.headers["Content-Location"] = address(
            f"/{self.kind.collection}/{into.record.reference}"
        )
        return response


def _routes(document: Document, told: Operations) -> Iterator[Route]:
    shapes = document.shapes
    body = shapes.named(f"{told.name}Merger", lambda: shapes.body(merger(told.kind)()))
    stale = {"412": CONDITION_ERRORS["412"]}
    described = {
        "operationId": f"merge{told.name}",
        "summary": f"Merge into another: {told.one}",
        "description": "What points at this record points at the other afterwards; this one "
        "answers 308. It cannot be undone. For the secretariat.",
        "parameters": [*told.path, "IfMatchOptional"],
        "requestBody": {"required": True, "content": {JSON: {"schema": body}}},
        "responses": told.changed(WRITE_ERRORS, BODY_ERRORS, stale),
        "security": TOKEN,
    }
    yield Route("/<reference>/mergers", "merge", Mergers(told.kind).create, described, "POST")


additions.append(_routes)
