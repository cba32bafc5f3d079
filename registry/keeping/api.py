"""Handing a record over in the JSON API."""

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
from ..errors import Invalid, Message
from ..kind import Kind
from .commands import hand_over
from .schemas import HandoverSchema

MISSING = Message(
    "Say who keeps it: a reference, or null for the secretariat.",
    "Zeg wie het beheert: een kenmerk, of null voor het secretariaat.",
    "required",
)


@dataclass(frozen=True)
class Handovers:
    """The endpoint of one kind."""

    kind: Kind

    def create(self, reference: str) -> Response:
        """POST /{collection}/{reference}/handovers."""
        answers.only()
        records = Records(self.kind)
        entity = records.found(reference)
        require(caller(), Permission.RECORD_HAND_OVER, entity.record)
        version = conditions.expected(entity.record.version, required=False)
        asked = loaded(HandoverSchema())
        if "keeper" not in asked:
            raise Invalid({"keeper": [MISSING]})
        hand_over(caller(), self.kind, entity, version=version, **asked)
        return answers.written(*records.sent(reference))


def _routes(document: Document, told: Operations) -> Iterator[Route]:
    shapes = document.shapes
    handover = shapes.named("Handover", lambda: shapes.body(HandoverSchema()))
    stale = {"412": CONDITION_ERRORS["412"]}
    described = {
        "operationId": f"handOver{told.name}",
        "summary": f"Hand over: {told.one}",
        "description": "Another organisation keeps it from now on; null: the secretariat. "
        "For the secretariat.",
        "parameters": [*told.path, "IfMatchOptional"],
        "requestBody": {"required": True, "content": {JSON: {"schema": handover}}},
        "responses": told.changed(WRITE_ERRORS, BODY_ERRORS, stale),
        "security": TOKEN,
    }
    yield Route(
        "/<reference>/handovers", "hand_over", Handovers(told.kind).create, described, "POST"
    )


additions.append(_routes)
