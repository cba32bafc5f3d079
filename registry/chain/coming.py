"""The screen on which open commitments are linked to a letter that is still to come."""

from collections.abc import Iterator
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import editing
from ..access import Permission, acting, can, require
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..errors import Conflict, Invalid, Stale, messages
from ..screens.lists import pager
from ..sources.models import Document
from ..sources.schemas import DOCUMENT
from ..web import Item, View, actor, blueprint, cells, lang, links, notice, paging, say, t
from . import commands, queries

PER_PAGE = 100


@blueprint(DOCUMENT).route("/<reference>/commitments", methods=["GET", "POST"])
def coming(reference: str) -> ResponseReturnValue:
    """Which open commitments come back in a coming letter."""
    letter: Document = editing.one(DOCUMENT, actor(), reference)
    require(actor(), Permission.RECORD_PUBLISH, letter.record)
    if not letter.planned:
        raise Conflict(commands.SENT)
    if request.method == "GET":
        return _drawn(letter)
    try:
        linked, gone = commands.link(
            actor(), letter, dict(_shown()), frozenset(request.form.getlist("chosen"))
        )
    except (Invalid, Stale) as refused:
        session().rollback()
        flash(_why(refused), "error")
        return redirect(request.full_path)
    told = t(f"Gekoppeld: {linked}. Losgemaakt: {gone}.", f"Linked: {linked}. Unlinked: {gone}.")
    flash(told, "ok")
    return redirect(links.of_record(DOCUMENT, reference))


def _shown() -> Iterator[tuple[str, int]]:
    """The commitments that stood on the page, each with its version."""
    for given in request.form.getlist("shown")[:PER_PAGE]:
        reference, _, version = given.partition(" ")
        if version.isascii() and version.isdigit() and len(version) < 10:
            yield reference[:20], int(version)


def _why(refused: Invalid | Stale) -> str:
    if isinstance(refused, Stale):
        return say(refused.title)
    return " ".join(message.in_(lang()) for message in messages(refused.errors))


def _drawn(letter: Document) -> str:
    number = paging.number()
    found, total = queries.still_open(number, PER_PAGE)
    title = t("Toezeggingen die in dit stuk terugkomen", "Commitments that come back in this")
    page = {
        "title": title,
        "intro": t(
            "Vink aan wat in deze brief wordt afgedaan of gemeld. Hier staat alles wat op de "
            "peildatum openstaat.",
            "Tick what this letter will settle or report. All that is open on the reference date "
            "stands here.",
        ),
        "name": letter.title,
        "breadcrumb": [
            {"label": say(DOCUMENT.plural), "url": links.of_list(DOCUMENT)},
            {"label": letter.title, "url": links.of_record(DOCUMENT, letter.reference)},
            {"label": title, "url": None},
        ],
        "rows": [_row(item, letter) for item in found],
        "cancel_url": links.of_record(DOCUMENT, letter.reference),
        "pager": pager(number, PER_PAGE, total),
    }
    return render_template("coming.html", page=page)


def _row(item: Item, letter: Document) -> View:
    there: dict[str, Any] = item["expectedIn"] or {}
    here = there.get("reference") == letter.reference
    due = cells.plain(cells.described(COMMITMENT.dictionary, item, "due"))
    other = t(f"staat nu bij: {there['title']}", f"now in: {there['title']}") if there else ""
    return {
        "reference": item["reference"],
        "shown": f"{item['reference']} {item['version']}",
        "label": COMMITMENT.title(item, lang()),
        "hint": " · ".join(filter(None, (item["reference"], due, "" if here else other))),
        "chosen": here,
    }


def _notice(item: Item) -> list[View]:
    """The way here, on the page of a coming letter."""
    if not item.get("planned") or not can(acting(), Permission.RECORD_PUBLISH):
        return []
    text = t(
        "Leg vast welke openstaande toezeggingen in deze brief terugkomen.",
        "Note which open commitments come back in this letter.",
    )
    url = url_for("documents.coming", reference=item["reference"])
    label = t("Toezeggingen koppelen", "Link commitments")
    return [{"tone": "info", "text": text, "url": url, "label": label}]


notice(DOCUMENT, _notice)
