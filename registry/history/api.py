"""The history in the JSON API: of one record, and of everything."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request

from ..access import Actor
from ..api import Resource, Route, additions, answers, conditions, enter, paging
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import Operations
from ..api.problems import Refused
from ..api.records import Records
from ..api.validators import by_standing
from ..errors import Invalid, NotFound
from ..kind import Kind
from ..ledger import Change
from ..listing import cursors
from ..past.queries import record_of
from ..record import Record
from . import asking, describing, queries, told
from .seen import Seen
from .subjects import subject

PAGING = ("perPage", "cursor", "count")
ORDER: cursors.Order = [(Change.seq, True)]


@dataclass(frozen=True)
class OfRecords:
    """The endpoint of one kind."""

    kind: Kind

    @by_standing
    def index(self, reference: str) -> Response:
        """GET /{collection}/{reference}/history."""
        who = caller()
        names = [name for name in asking.NAMES if name not in ("kind", "record")]
        try:
            record = record_of(self.kind, who, reference)
        except NotFound:
            record = Records(self.kind).found_removed(reference).record
        query = queries.of_record(who, record).join(Record, Record.id == Change.record_id)
        path = f"/{self.kind.collection}/{reference}/history"
        return _answered(who, query.add_columns(Record), path, names)


@by_standing
def everything() -> Response:
    """GET /history."""
    who = caller()
    return _answered(who, queries.of_everything(who), "/history", list(asking.NAMES))


def _answered(who: Actor, query: Any, path: str, names: list[str]) -> Response:
    answers.only(*names, *PAGING, several=[name for name in asking.LISTED if name in names])
    answers.flag("count")
    answers.short(asking.LONGEST, "who", "record")
    try:
        question = asking.ask(request.args.to_dict(flat=False))
    except Invalid as error:
        raise Refused("query", error.errors) from error
    query = query.where(*asking.clauses(who, question))
    walk = paging.walked(query, ORDER)
    page = [(row[0], row[1]) for row in walk.rows]
    headers = {"Link": paging.links(path, walk.next, walk.prev)}
    if answers.flag("count"):
        headers["Total-Count"] = str(queries.counted(query))
    seen = Seen(who, [(subject(change, record), change) for change, record in page])
    entries = [told.entry(who, seen, change, record) for change, record in page]
    text = json.dumps(entries, ensure_ascii=False)
    tag = conditions.tag_of_list(f"{text}{headers}")
    return answers.readable(text, tag, public=not who.signed_in, headers=headers)


def _routes(document: Document, of: Operations) -> Iterator[Route]:
    described = describing.of_record(document, of)
    yield Route("/<reference>/history", "history", OfRecords(of.kind).index, described, "GET")


additions.append(_routes)


def register(app: Flask) -> None:
    """Enter the log."""
    resource = Resource("/history", "The log of all changes (geschiedenis).")
    resource.add("", "index", everything, describing.of_everything(), "GET")
    enter(app, resource)
