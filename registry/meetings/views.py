"""The screens of meetings: reading them, adopting the minutes, making action points agreements."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from .. import editing
from ..access import Actor, Permission, can, require
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..errors import Conflict, Invalid, messages
from ..initiatives.schemas import INITIATIVE
from ..partners.schemas import PARTNER
from ..record import State
from ..screens import screens
from ..screens.panels import Pointing
from ..sources.schemas import DOCUMENT
from ..themes.schemas import THEME
from ..web import (
    Item,
    View,
    actor,
    blueprint,
    book,
    cells,
    lang,
    links,
    panel,
    say,
    sums_up,
    t,
)
from ..web.notices import links_to
from ..words import Words
from ..writing.moving import version
from . import commands
from .queries import any_seen
from .schemas import MEETING, ActionSchema, AttendanceSchema

TOLD = ("text", "owner", "due")


def menu(who: Actor) -> list[View]:
    """The meetings, for who may see any or makes the first."""
    if not (can(who, MEETING.create) or any_seen(who)):
        return []
    return [{"label": say(MEETING.plural), "url": links.of_list(MEETING), "count": 0}]


def steps(item: Item) -> View:
    """What the secretariat can do with what was decided and agreed."""
    shown = item["workflow"] in (State.PUBLISHED, State.ARCHIVED)
    if not (shown and can(actor(), Permission.RECORD_PUBLISH)) or request.args.get("knownAt"):
        return {"steps": None}
    return {"steps": {"minutes": _minutes(item), "table": _open(item)}}


def _minutes(item: Item) -> View:
    meeting = editing.one(MEETING, actor(), item["reference"])
    url = url_for("meetings.minutes", reference=item["reference"])
    if meeting.minutes is None:
        text = t(
            "Het verslag is nog niet vastgesteld. Daarna kan elk besluit als bron worden "
            "aangehaald.",
            "The minutes have not been adopted yet. Then each decision can be cited as a source.",
        )
        return {
            "text": text,
            "actions": [_post(url, item, t("Verslag vaststellen", "Adopt the minutes"))],
        }
    try:
        document = commands.minutes_of(actor(), meeting)
        current = document is not None and commands.in_step(actor(), meeting, document)
    except Conflict as refused:
        return {"text": say(refused.detail), "actions": []}
    if current:
        return {"text": t("Het verslag is bij.", "The minutes are up to date."), "actions": []}
    text = t(
        "Er is iets gewijzigd sinds het verslag is vastgesteld.",
        "Something has changed since the minutes were adopted.",
    )
    return {"text": text, "actions": [_post(url, item, t("Verslag bijwerken", "Update minutes"))]}


def _open(item: Item) -> View:
    """The action points that are no agreement yet."""
    schema = ActionSchema()
    fields = schema.described()
    waiting = [row for row in item["actions"] if not row["commitment"] and row["state"] == "open"]
    return {
        "id": "afspraken",
        "title": t("Actiepunten die nog geen afspraak zijn", "Action points, no agreement yet"),
        "columns": [say(fields[name].about.words) for name in TOLD],
        "rows": [
            {
                "cells": [cells.described(schema, row, n) or cells.text("–") for n in TOLD],
                "actions": [_agreeing(item, row)],
            }
            for row in waiting
        ],
        "empty": t(
            "Elk open actiepunt is als afspraak vastgelegd.",
            "Each open action point has been registered as an agreement.",
        ),
    }


def _agreeing(item: Item, row: Item) -> View:
    url = url_for("meetings.agree", reference=item["reference"], key=row["key"])
    return _post(url, item, t("Maak er een afspraak van", "Make it an agreement"))


def _post(url: str, item: Item, label: str) -> View:
    fields = [("version", str(item["version"]))]
    return {"label": label, "url": url, "method": "post", "tone": "secondary", "fields": fields}


def _attended(row: Mapping[str, Any]) -> View:
    """Who it was, and whether they were there."""
    schema = AttendanceSchema()
    parts = (cells.described(schema, row, name) for name in ("partner", "person", "presence"))
    return cells.text(", ".join(cells.plain(part) for part in parts if part))


sums_up(AttendanceSchema, _attended)
screens(MEETING, template="meeting.html", more=steps)
book.tasks.append(menu)


@blueprint(MEETING).post("/<reference>/minutes")
def minutes(reference: str) -> ResponseReturnValue:
    """Adopt the minutes, or bring them up to date."""
    meeting = editing.one(MEETING, actor(), reference)
    require(actor(), Permission.RECORD_PUBLISH, meeting.record)
    try:
        document = commands.publish_minutes(actor(), meeting, version=version())
    except (Invalid, Conflict) as refused:
        return _refused(reference, refused)
    text = t("Het verslag is vastgesteld: ", "The minutes have been adopted: ")
    pairs = [(links.of_record(DOCUMENT, document.reference), document.title)]
    flash(links_to(text, pairs), "ok")
    return redirect(links.of_record(MEETING, reference))


@blueprint(MEETING).post("/<reference>/actions/<key>/commitments")
def agree(reference: str, key: str) -> ResponseReturnValue:
    """Make an action point an agreement; the second time say which one it is."""
    meeting = editing.one(MEETING, actor(), reference)
    require(actor(), Permission.RECORD_PUBLISH, meeting.record)
    try:
        made = commands.agree(actor(), meeting, key, version=version()).reference
        tone, text = "ok", t("Vastgelegd als afspraak: ", "Registered as an agreement: ")
    except commands.Agreed as already:
        made = already.reference
        tone, text = (
            "warning",
            t("Dit actiepunt is al een afspraak: ", "This is an agreement already: "),
        )
    except (Invalid, Conflict) as refused:
        return _refused(reference, refused)
    flash(links_to(text, [(links.of_record(COMMITMENT, made), made)]), tone)
    return redirect(links.of_record(MEETING, reference))


def _refused(reference: str, refused: Invalid | Conflict) -> ResponseReturnValue:
    session().rollback()
    if isinstance(refused, Conflict):
        flash(say(refused.detail), "error")
    else:
        for message in messages(refused.errors):
            flash(message.in_(lang()), "error")
    return redirect(links.of_record(MEETING, reference))


# --- where meetings are pointed at --------------------------------------------------------

ATTENDED = Words("Overleggen", "Meetings")
TO_DO = Words("Actiepunten uit overleggen", "Action points of meetings")
DECISIONS = Words("Besluiten hierover", "Decisions about it")
AGREED = Words("Afgesproken in", "Agreed in")
WHEN = ("when",)

panel(Pointing(PARTNER, MEETING, ATTENDED, ["attendance.partner"], shows=["when", "attendance"]))
panel(Pointing(PARTNER, MEETING, TO_DO, ["actions.owner"], "owner", WHEN))
panel(Pointing(THEME, MEETING, DECISIONS, ["decisions.theme"], "theme", ("when", "decisions")))
panel(
    Pointing(
        INITIATIVE,
        MEETING,
        DECISIONS,
        ["decisions.initiative"],
        "initiative",
        ("when", "decisions"),
    )
)
panel(Pointing(COMMITMENT, MEETING, AGREED, ["actions.commitment"], "commitment", WHEN))
panel(Pointing(DOCUMENT, MEETING, Words("Verslag van", "Minutes of"), ["minutes"], shows=WHEN))
