"""What this room adds to the JSON API: a record as known then, and putting a version back."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, Response

from ..access import require
from ..api import Route, additions, answers, conditions, remember
from ..api.bodies import JSON
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import BODY_ERRORS, CONDITION_ERRORS, TOKEN, WRITE_ERRORS, Operations
from ..api.publications import loaded
from ..api.records import Records
from ..fields import Whole
from ..kind import Kind
from ..reasons import ReasonSchema
from . import replay
from .commands import put_back


class RestorationSchema(ReasonSchema):
    """The body of POST …/restorations."""

    version = Whole("Versie die terugkomt", "Version to put back", low=1, required=True)


@dataclass(frozen=True)
class Restorations:
    """The endpoint of one kind."""

    kind: Kind

    def create(self, reference: str) -> Response:
        """POST /{collection}/{reference}/restorations."""
        answers.only()
        records = Records(self.kind)
        entity = records.found(reference)
        require(caller(), self.kind.edit, entity.record)
        version = conditions.expected(entity.record.version)
        asked = loaded(RestorationSchema())
        earlier, reason = asked["version"], asked.get("reason")
        put_back(caller(), self.kind, entity, earlier, version=version, reason=reason)
        return answers.written(*records.sent(reference))


def _routes(document: Document, told: Operations) -> Iterator[Route]:
    shapes = document.shapes
    restoration = shapes.named("Restoration", lambda: shapes.body(RestorationSchema()))
    described = {
        "operationId": f"restore{told.name}",
        "summary": f"Put an earlier version back: {told.one}",
        "description": "The fields become those of that version; for whom it is visible stays. "
        "What cannot come back is refused with all reasons.",
        "parameters": [*told.path, "IfMatch"],
        "requestBody": {"required": True, "content": {JSON: {"schema": restoration}}},
        "responses": told.changed(WRITE_ERRORS, BODY_ERRORS, CONDITION_ERRORS),
        "security": TOKEN,
    }
    view = Restorations(told.kind).create
    yield Route("/<reference>/restorations", "put_back", view, described, "POST")


additions.append(_routes)


def register(app: Flask) -> None:
    """Tell the API who remembers."""
    remember(app, replay.known_at)
