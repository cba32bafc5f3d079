"""The entries of the calendars in the JSON API."""

import json
from datetime import timedelta
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import select

from .. import clock
from ..access import acting, visible_to
from ..api import Resource, answers, conditions, enter
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import ANYBODY, READ_ERRORS, UNCHANGED, in_json
from ..api.openapi.told import TAGGED
from ..api.validators import by_standing
from ..db import session
from ..errors import Message
from ..listing.question import NOWHERE
from ..partners.schemas import PARTNER
from ..record import PATTERN, REFERENCE, Record
from .entries import Entry, entries
from .queries import MOST, Scope, horizon
from .writing import address_of, status

LONGEST = timedelta(days=20 * 366)
TOO_LONG = Message(
    "Ask for at most 20 years, from an earlier day to a later.",
    "Vraag hoogstens 20 jaar, van een eerdere dag tot een latere.",
    "window",
)
Told = dict[str, Any]


@by_standing
def index() -> Response:
    """GET /calendar."""
    answers.only("asOf", "from", "to", "organisation")
    with clock.seen_as_of(answers.day("asOf")):
        span = horizon(answers.day("from"), answers.day("to"))
        if not timedelta() <= span.last - span.first <= LONGEST:
            answers.refuse({"to": [TOO_LONG]})
        found = [_as_json(one) for one in entries(_scope(), span)]
    text = json.dumps(found, ensure_ascii=False)
    return answers.readable(text, conditions.tag_of_list(text), public=not caller().signed_in)


def _scope() -> Scope:
    reference = request.args.get("organisation", "").strip()
    if not reference:
        return Scope()
    query = select(Record.id).where(Record.reference == reference, Record.kind == PARTNER.name)
    known = REFERENCE.fullmatch(reference)
    found = session().scalar(query.where(visible_to(acting()))) if known else None
    if found is None:
        answers.refuse({"organisation": [NOWHERE.format(reference=reference[:20])]})
    return Scope(frozenset({found or 0}))


def _as_json(one: Entry) -> Told:
    row, kind = one.row or {}, one.kind
    name = kind.dictionary.fields[kind.title_field].data_key if kind else None
    return {
        "uid": one.name,
        "type": one.of,
        "mark": one.mark,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "status": status(one).lower(),
        "reference": one.item.get("reference"),
        "title": one.item[name or "title"],
        "titleEn": one.item.get(f"{name}En"),
        "row": row.get("title") or row.get("text"),
        "term": one.window.as_json() if one.window else None,
        "updatedAt": one.item["updatedAt"],
        "href": address_of(one),
    }


TEXT: Told = {"type": "string"}
MAYBE: Told = {"type": ["string", "null"]}
DAY: Told = {"type": "string", "format": "date"}
ENTRY: Told = {
    "uid": {**TEXT, "description": "Stable; in the feeds followed by @ and the host."},
    "type": {
        **TEXT,
        "enum": ["commitment", "milestone", "edition", "expected", "meeting", "action"],
    },
    "mark": {
        **TEXT,
        "enum": ["on", "during", "from", "until"],
        "description": "A day; a window of at most 31 days; the first or last day of a longer one.",
    },
    "first": DAY,
    "last": {**DAY, "description": "Inclusive."},
    "status": {**TEXT, "enum": ["confirmed", "tentative", "cancelled"]},
    "reference": MAYBE,
    "title": TEXT,
    "titleEn": MAYBE,
    "row": {**MAYBE, "description": "The edition or the action point that it is about."},
    "term": {"type": ["object", "null"], "description": "The policy date that this is a mark of."},
    "updatedAt": {**TEXT, "format": "date-time"},
    "href": {**TEXT, "format": "uri", "description": "The page of the record."},
}


def _shape() -> Told:
    return {"type": "object", "properties": ENTRY, "required": [*ENTRY]}


def register(app: Flask) -> None:
    """Enter the resource."""
    document: Document = app.extensions["api"][0]
    shape = document.shapes.named("CalendarEntry", _shape)
    routes = Resource("/calendar", "What happens when (agenda).")
    routes.add("", "index", index, _described({"type": "array", "items": shape}), "GET")
    enter(app, routes)


def _parameter(name: str, told: str, schema: Told) -> Told:
    return {"in": "query", "name": name, "description": told, "schema": schema}


REFERENCED: Told = {"type": "string", "pattern": PATTERN}
ASKED = (
    _parameter("from", "The first day; a year before the reference date by default.", DAY),
    _parameter("to", "The last day; five years after the reference date by default.", DAY),
    _parameter("organisation", "The reference of one organisation.", REFERENCED),
)


def _described(shape: Told) -> Told:
    return {
        "operationId": "listCalendarEntries",
        "summary": "The days of terms, milestones, editions and meetings",
        "description": "What has no day, or waits for a condition, is not told; nor more than "
        f"{MOST}, of which those nearest to the reference date are. The same as iCalendar "
        "(`text/calendar`), outside this API: `/calendar.ics` is public, "
        "`/partners/{reference}/calendar.ics` is of one organisation; `?lang=nl` or `?lang=en` "
        "chooses the words. They answer with an ETag.",
        "parameters": ["asOf", *ASKED, "IfNoneMatch"],
        "responses": {
            "200": {"description": "In the order of time.", "headers": TAGGED, **in_json(shape)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **READ_ERRORS,
        },
        "security": ANYBODY,
    }
