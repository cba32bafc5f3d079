"""Records by the keys of partners in the JSON API, under each kind."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import Response, request

from ..access import require
from ..api import Route, additions, answers, changing, conditions
from ..api.bodies import JSON, body
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import Operations
from ..api.problems import Refused
from ..api.records import Records
from ..api.rehearsing import rehearsable
from ..api.shell import address
from ..api.validators import by_memory, by_standing
from ..errors import Invalid, NotFound, VersionMissing
from ..kind import Kind
from ..words import Words
from . import commands, describing, queries
from .commands import Place

HOW = Words(
    "Stuur If-None-Match: * om te maken, of If-Match met de ETag die u las om te vervangen.",
    "Send If-None-Match: * to create, or If-Match with the ETag that you read to replace.",
)


class Condition(NamedTuple):
    """What must hold for a record to be written: that there is none, or that it is as read."""

    none: str | None
    match: str | None


def put(kind: Kind, place: Place, payload: Any, condition: Condition, reason: str | None) -> Any:
    """Make or replace the record with this key: (created, entity or what was proposed). Raises
    VersionMissing, Stale, Unmet, Conflict, or Unclear where a condition cannot be read."""
    commands.allow(caller(), kind, place.system)
    if condition == (None, None):
        raise VersionMissing(HOW)
    if condition.none is not None:
        if condition.none.strip() != "*":
            raise conditions.Unclear("If-None-Match")
        if condition.match is not None:
            raise commands.Unmet(commands.EITHER)
        return True, commands.register(caller(), kind, payload, place)
    entity = commands.known(caller(), kind, place)
    changing.allow(kind, entity)
    version = conditions.matched(str(condition.match), entity.record.version)
    filled = commands.whole(kind, entity, payload)
    proposed = changing.change(kind, entity, filled, version=version, reason=reason)
    return False, proposed or entity


@dataclass(frozen=True)
class Elsewhere:
    """The endpoints of one kind."""

    kind: Kind

    @by_memory
    def show(self, system: str, key: str) -> Response:
        """GET /{collection}/external/{system}/{key}."""
        place = Place(system, key)
        if place.faults() or not queries.may_read(caller(), system):
            raise NotFound
        record = queries.found(*place)
        if record is None or record.kind != self.kind.name:
            raise NotFound
        response = Records(self.kind).show(record.reference)
        response.headers["Content-Location"] = self._address(record.reference)
        return response

    @rehearsable
    def put(self, system: str, key: str) -> Response:
        """PUT /{collection}/external/{system}/{key}."""
        answers.only("dryRun")
        require(caller(), self.kind.create)
        place = Place(system, key)
        try:
            commands.require_place(place)
        except Invalid as error:
            raise Refused("path", error.errors) from error
        given = Condition(request.headers.get("If-None-Match"), request.headers.get("If-Match"))
        try:
            created, made = put(self.kind, place, body(JSON), given, conditions.reason())
        except conditions.Unclear as error:
            raise error.in_header() from None
        if isinstance(made, changing.Proposed):
            return made.response()
        where = self._address(made.record.reference)
        text, tag = Records(self.kind).sent(made.record.reference)
        response = answers.written(text, tag, location=where if created else None)
        response.headers["Content-Location"] = where
        return response

    @by_standing
    def keys(self, reference: str) -> Response:
        """GET /{collection}/{reference}/external-keys."""
        answers.only()
        entity = Records(self.kind).found(reference)
        found = [
            {
                "system": one.system,
                "key": one.key,
                "href": address(f"/{self.kind.collection}/external/{one.system}/{one.key}"),
            }
            for one in queries.keys_of(caller(), entity.id)
        ]
        text = json.dumps(found, ensure_ascii=False)
        tag = conditions.tag_of_list(text)
        return answers.readable(text, tag, public=not caller().signed_in)

    def _address(self, reference: str) -> str:
        return address(f"/{self.kind.collection}/{reference}")


def _routes(document: Document, told: Operations) -> Iterator[Route]:
    views, described = Elsewhere(told.kind), describing.Described(document, told)
    path = "/external/<system>/<key>"
    yield Route(path, "by_key", views.show, described.show(), "GET")
    yield Route(path, "put_by_key", views.put, described.put(), "PUT")
    keys = "/<reference>/external-keys"
    yield Route(keys, "external_keys", views.keys, described.keys(), "GET")


additions.append(_routes)
