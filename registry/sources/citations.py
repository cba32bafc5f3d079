"""The sources of a record in the JSON API, page after page: which words of which document say which
of its fields."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response
from sqlalchemy import select

from ..api import Route, additions, answers, conditions, paging
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import ANYBODY, ONE_ERRORS, UNCHANGED, Operations, in_json
from ..api.openapi.told import TAGGED
from ..api.records import Records
from ..api.validators import by_standing
from ..kind import Kind
from ..listing import cursors
from ..listing.filters import shown
from ..schema import loading
from .models import Citation
from .schemas import Sources, SourceSchema

ORDER: cursors.Order = [(Citation.position, False), (Citation.id, False)]
LINKED = {**TAGGED, "Link": {"$ref": "#/components/headers/LINK"}}


@dataclass(frozen=True)
class Citations:
    """The endpoint of one kind."""

    kind: Kind

    @by_standing
    def index(self, reference: str) -> Response:
        """GET /{collection}/{reference}/sources."""
        answers.only("perPage", "cursor")
        schema, sources = SourceSchema(), self.kind.dictionary.fields["sources"]
        assert isinstance(sources, Sources)
        query = select(Citation).options(*loading(schema, Citation))
        query = query.where(Citation.parent_id == Records(self.kind).found(reference).id)
        walk = paging.walked(query.where(*shown(sources, Citation)), ORDER)
        text = json.dumps([schema.dump(row[0]) for row in walk.rows], ensure_ascii=False)
        path = f"/{self.kind.collection}/{reference}/sources"
        headers = {"Link": paging.links(path, walk.next, walk.prev)}
        tag = conditions.tag_of_list(f"{text}{headers}")
        return answers.readable(text, tag, public=not caller().signed_in, headers=headers)


def _routes(document: Document, told: Operations) -> Iterator[Route]:
    items = {"type": "array", "items": document.shapes.row(SourceSchema, sent=False)}
    described: dict[str, Any] = {
        "operationId": f"list{told.name}Sources",
        "summary": f"Sources of {told.one}",
        "description": "Which words of which document say which field, and how that is known "
        "(bronnen): as in the record itself, page after page.",
        "parameters": [*told.path, "perPage", "cursor", "IfNoneMatch"],
        "responses": {
            "200": {"description": "A page.", "headers": LINKED, **in_json(items)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **ONE_ERRORS,
        },
        "security": ANYBODY,
    }
    yield Route("/<reference>/sources", "sources", Citations(told.kind).index, described, "GET")


additions.append(_routes)
