"""The page on which many records are changed: choose them, look, and change them."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from .. import listing
from ..access import can, require
from ..db import session
from ..downloads.writing import items
from ..errors import Invalid
from ..forms import DictionaryForm
from ..forms.posted import printable
from ..kind import Kind
from ..record import Record
from ..uploads import drawing
from ..uploads.commands import CHANGED, Outcome, Rejected
from ..web import actor, lang, links, pages, say, t
from .changes import BULKS, Bulk, Payload
from .commands import change, rehearse

Page = dict[str, Any]
MOST = 200
blueprint = pages(Blueprint("bulk", __name__))


def many(bulk: Bulk) -> ResponseReturnValue:
    """Choose records of a list and what changes of all; see what that does; do it."""
    require(actor(), bulk.kind.edit)
    form = DictionaryForm(bulk.schema(), actor(), lang())
    if request.method == "GET":
        return _draw(bulk, form, list(_found(bulk.kind)))
    form.take(request.form.items(multi=True))
    versions = dict(_chosen())
    errors = [] if versions else [t("Kies ten minste één rij.", "Choose at least one row.")]
    try:
        asked = form.payload()
        bulk.refuse_nothing(asked)
    except Invalid as refused:
        form.refuse(refused)
        errors.append(t("Kies wat er moet veranderen.", "Choose what is to change."))
    if errors or request.form.get("step") == "back":
        rows = list(_found(bulk.kind, versions))
        return _draw(bulk, form, rows, errors, 400 if errors else 200)
    return _go_on(bulk, versions, asked)


def _go_on(bulk: Bulk, versions: dict[str, int], asked: Payload) -> ResponseReturnValue:
    if request.form.get("step") != "change":
        return _preview(bulk, rehearse(actor(), bulk, versions, asked, lang()))
    try:
        outcomes = change(actor(), bulk, versions, asked, lang())
    except Rejected as refused:
        return _preview(bulk, refused.outcomes, refused.status)
    count = sum(outcome.what == CHANGED for outcome in outcomes)
    flash(t(f"{count} gewijzigd.", f"{count} changed."), "ok")
    return redirect(links.of_list(bulk.kind))


def _chosen() -> Iterator[tuple[str, int]]:
    """The records that were ticked, each with the version that was looked at."""
    for given in request.form.getlist("record")[:MOST]:
        reference, _, version = given.partition(" ")
        if version.isascii() and version.isdigit() and len(version) < 10:
            yield reference[:20], int(version)


def _found(kind: Kind, ticked: dict[str, int] | None = None) -> Iterator[Page]:
    """The records of the list that this person may change; all ticked unless some were chosen."""
    asked = {name: request.args.getlist(name) for name in request.args if name != "cursor"}
    question = listing.ask(kind, actor(), asked, html=True)
    shown = list(islice(items(kind, actor(), question), MOST))
    query = select(Record).where(Record.reference.in_([item["reference"] for item in shown]))
    known = {record.reference: record for record in session().scalars(query)}
    for item in shown:
        reference, version = item["reference"], item["version"]
        if can(actor(), kind.edit, known[reference]):
            yield {
                "value": f"{reference} {version}",
                "label": f"{reference} {kind.title(item, lang())}",
                "checked": ticked is None or reference in ticked,
            }


def _draw(
    bulk: Bulk,
    form: DictionaryForm,
    rows: list[Page],
    errors: list[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page = {
        **_around(bulk.kind),
        "intro": t(
            f"Vink aan welke gegevens veranderen en kies wat. U ziet eerst wat er zou gebeuren. "
            f"Hier staan alleen gegevens die u mag wijzigen, hoogstens {MOST}.",
            f"Tick which records change and choose what. First you see what would happen. "
            f"Only records that you may change are here, at most {MOST}.",
        ),
        "rows": rows,
        "errors": errors or [],
        **form.drawn(),
    }
    return render_template("bulk.html", page=page), status


def _preview(bulk: Bulk, outcomes: list[Outcome], status: int = 200) -> ResponseReturnValue:
    summed = drawing.summary(outcomes, [], [], lang())
    told = drawing.outcomes(bulk.kind, summed)
    hidden = [(n, v) for n, v in request.form.items(multi=True) if n not in ("csrf_token", "step")]
    page = {**_around(bulk.kind), "intro": None, "preview": told, "hidden": hidden, "errors": []}
    return render_template("bulk.html", page=printable(page)), status


def _around(kind: Kind) -> Page:
    title = t("Meerdere tegelijk wijzigen", "Change several at once")
    return {
        "title": f"{title}: {say(kind.plural)}",
        "breadcrumb": [
            {"label": say(kind.plural), "url": links.of_list(kind)},
            {"label": title, "url": None},
        ],
        "cancel_url": links.of_list(kind),
        "preview": None,
    }


def _enter(bulk: Bulk) -> None:
    name = bulk.kind.collection

    @blueprint.route(f"/{name}/bulk", endpoint=name, methods=["GET", "POST"])
    def view() -> ResponseReturnValue:
        return many(bulk)


for _bulk in BULKS:
    _enter(_bulk)
