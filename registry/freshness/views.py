"""The list of what runs by its actuality, for the secretariat."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import format_date

from .. import vocabulary, web
from ..access import Actor, Permission, require
from ..kind import kind_named
from ..web import View, actor, book, cells, say, t, titled
from ..web.links import of_record
from ..web.tones import tone
from . import queries

pages = web.pages(Blueprint("freshness", __name__, url_prefix="/actuality"))


@pages.get("")
def index() -> str:
    """The running records, the longest ago reported on first."""
    require(actor(), Permission.RECORD_PUBLISH)
    chosen = request.args.get("band", "")
    known = vocabulary.terms("actuality")
    found = queries.running_records(actor(), only=chosen if chosen in known else None)
    options = [{"value": code, "label": say(term.words)} for code, term in known.items()]
    columns = [t("Naam", "Name"), t("Soort", "Kind"), t("Bijgewerkt", "Updated"), _title()]
    table = {
        "id": "tabel-actualiteit",
        "title": None,
        "caption": _title(),
        "columns": columns,
        "rows": [_row(one) for one in found],
        "empty": t("Niets.", "Nothing."),
    }
    group = {
        "id": "lopend",
        "title": t(f"Lopend: {len(found)}", f"Running: {len(found)}"),
        "table": table,
        "filter": {"label": _title(), "name": "band", "options": options, "chosen": chosen},
    }
    intro = t(
        "Wat loopt, en wanneer er voor het laatst een stand van zaken is gemeld: tot 30 dagen "
        "actueel, tot 60 nog actueel, na 180 dagen niet actueel.",
        "What runs, and when the state of affairs was last reported: up to date until 30 days, "
        "still until 60, not up to date after 180 days.",
    )
    page = {"title": _title(), "intro": intro, "breadcrumb": [], "groups": [group]}
    return render_template("admin/page.html", page=page)


def _title() -> str:
    return t("Actualiteit", "Actuality")


def _row(one: queries.RunningRecord) -> dict[str, Any]:
    kind, record = kind_named(one.record.kind), one.record
    title = titled(record)
    label = say(vocabulary.label("actuality", one.band))
    return {
        "cells": [
            {"type": "link", "url": of_record(kind, record.reference), "label": title},
            cells.text(say(kind.words)),
            cells.text(format_date(one.day, "long") if one.day else ""),
            {"type": "badge", "label": label, "tone": tone("actuality", one.band)},
        ]
    }


def tasks(who: Actor) -> list[View]:
    """The way to the list, for the secretariat."""
    if not who.editorial:
        return []
    return [{"label": _title(), "url": url_for("freshness.index")}]


book.tasks.append(tasks)
