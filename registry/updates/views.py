"""The screens of the state of affairs: the series and the form."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from .. import editing
from ..access import Permission, can
from ..db import session
from ..errors import Conflict, Forbidden, Invalid, NotSignedIn
from ..forms import DictionaryForm
from ..kind import Kind, kinds
from ..record import Record
from ..web import Item, View, actor, book, cells, lang, links, moving, paging, panel, say, t
from ..web.lists import pager
from ..words import Words
from . import commands, queries
from .box import NOTHING, REPORT, TITLE, Standing, badges, button, buttons, by
from .models import Update
from .schemas import UpdateSchema

PER_PAGE = 20
REPORTED = Words("De stand van zaken is vastgelegd.", "The state of affairs has been recorded.")
COLUMNS = (
    Words("Datum", "Day"),
    Words("Stand", "State"),
    TITLE,
    Words("Onderbouwing", "Evidence"),
    Words("Gemeld door", "Reported by"),
)
RELEASED = Words(
    "Vrijgegeven voor iedereen die dit gegeven ziet.", "Released to all who see this record."
)


def series(kind: Kind, reference: str) -> str:
    """Everything that was reported of a record, the last first."""
    entity, number = editing.one(kind, actor(), reference), paging.number()
    found = queries.part(actor(), entity.id, number, PER_PAGE)
    among = queries.around(actor(), found)
    rows = [_told(kind, entity, one, queries.told(actor(), one, among)) for one in found]
    table = {
        "id": "reeks",
        "title": None,
        "caption": say(TITLE),
        "columns": [say(words) for words in COLUMNS],
        "rows": rows,
        "empty": say(NOTHING),
    }
    group = {"id": "meldingen", "title": t("Meldingen", "Reports"), "intro": None, "table": table}
    page = {
        "title": f"{say(TITLE)}: {_title(entity.record)}",
        "breadcrumb": _breadcrumb(kind, entity.record, None),
        "groups": [{**group, "form": None, "actions": buttons(kind, entity)}],
        "pager": pager(number, PER_PAGE, queries.counted(actor(), entity.id)),
    }
    return render_template("admin/page.html", page=page)


def _told(kind: Kind, entity: Any, update: Update, item: Item) -> View:
    described, who = UpdateSchema().described(), by(update, item)
    stand: list[cells.Cell | None] = [*badges(item)]
    if item["replaced"]:
        label = t("gecorrigeerd", "corrected")
        stand.append({"type": "badge", "label": label, "tone": "neutral"})
    if actor().editorial and item["releasedAt"]:
        stand.append({"type": "badge", "label": t("vrijgegeven", "released"), "tone": "info"})
    words = [
        cells.cell(described[name], item.get(name if name != "reason_words" else "reasonWords"), {})
        for name in ("text", "reason", "reason_words")
    ]
    evidence: list[cells.Cell | None] = [_evidence(row) for row in item["evidence"]]
    return {
        "cells": [
            cells.text(format_date(date.fromisoformat(item["day"]), "long")),
            cells.many(stand) or cells.text(""),
            cells.many(words) or cells.text(""),
            cells.many(evidence) or cells.text(""),
            cells.text(f"{who} ({item['by']})" if item.get("by") else who),
        ],
        "actions": _steps(kind, entity, item),
    }


def _evidence(row: Item) -> cells.Cell:
    if row["link"]:
        return {"type": "link", "url": row["link"], "label": row["why"], "external": True}
    document = row["document"]
    if document is None:
        return cells.text(row["why"])
    quote = f" – “{row['quote']}”" if row["quote"] else ""
    url = links.of_reference(document["reference"])
    if row["quote"]:
        url = links.of_passage(document["reference"], row["quote"])
    return {"type": "link", "url": url, "label": f"{row['why']}: {document['title']}{quote}"}


def _steps(kind: Kind, entity: Any, item: Item) -> list[View]:
    found, at = [], {"reference": entity.reference}
    if links.exists(name := f"{kind.collection}.files"):
        found.append(button(t("Bestanden", "Files"), url_for(name, **at, key=item["key"])))
    if queries.may_report(actor(), kind, entity) and not item["replaced"]:
        url = url_for(f"{kind.collection}.report", **at, of=item["key"])
        found.append(button(t("Corrigeren", "Correct"), url))
    if can(actor(), Permission.RECORD_PUBLISH, entity.record) and not item["releasedAt"]:
        url = url_for(f"{kind.collection}.release_update", **at, key=item["key"])
        found.append(button(t("Vrijgeven", "Release"), url, "post"))
    return found


def report(kind: Kind, reference: str) -> ResponseReturnValue:
    """Say how things stand, or correct what was said."""
    entity = _reportable(kind, reference)
    form = DictionaryForm(UpdateSchema(), actor(), lang(), beforehand=_beforehand(entity))
    if request.method == "GET":
        return _asked(kind, entity, form)
    pairs = list(request.form.items(multi=True))
    form.take(pairs)
    if form.change_rows(pairs):
        return _asked(kind, entity, form)
    try:
        corrects = {"replaces": request.args.get("of", "")}
        commands.report(actor(), kind, entity, {**form.payload(), **corrects})
    except Invalid as refused:
        form.refuse(refused)
        return _asked(kind, _reportable(kind, reference), form, refused.status)
    return _done(kind, reference, REPORTED)


def _beforehand(entity: Any) -> Item:
    """What stands in the form: of a correction, what it corrects."""
    key = request.args.get("of", "")
    if not key:
        return {}
    updates = [queries.one(actor(), entity.id, key)]
    item = queries.told(actor(), updates[0], updates)
    rows = [{k: v for k, v in row.items() if k != "key"} for row in item["evidence"]]
    return {**item, "evidence": rows}


def no_change(kind: Kind, reference: str) -> ResponseReturnValue:
    """Report that nothing changed."""
    commands.no_change(actor(), kind, editing.one(kind, actor(), reference))
    return _done(kind, reference, REPORTED)


def release(kind: Kind, reference: str, key: str) -> ResponseReturnValue:
    """Show a report to all who see the record."""
    entity = editing.one(kind, actor(), reference)
    try:
        commands.release(actor(), kind, entity, queries.one(actor(), entity.id, key))
    except Conflict as refused:
        session().rollback()
        flash(refused.detail.in_(lang()), "error")
        return redirect(url_for(f"{kind.collection}.updates", reference=reference))
    return _done(kind, reference, RELEASED)


def _done(kind: Kind, reference: str, words: Words) -> ResponseReturnValue:
    flash(say(words), "ok")
    return redirect(url_for(f"{kind.collection}.updates", reference=reference))


def _reportable(kind: Kind, reference: str) -> Any:
    entity = editing.one(kind, actor(), reference)
    if not queries.may_report(actor(), kind, entity):
        raise Forbidden if actor().signed_in else NotSignedIn
    return entity


def _asked(kind: Kind, entity: Any, form: DictionaryForm, status: int = 200) -> ResponseReturnValue:
    title = say(REPORT)
    page = {
        "title": f"{title}: {_title(entity.record)}",
        "intro": t(
            "De kerngroep ziet dit meteen, anderen pas als het secretariaat het vrijgeeft. "
            "Een melding wordt niet overschreven: een correctie komt erbij.",
            "The core group sees this at once, others when the secretariat releases it. "
            "A report is not overwritten: a correction is added.",
        ),
        "breadcrumb": _breadcrumb(kind, entity.record, title),
        "submit_label": t("Vastleggen", "Record"),
        "cancel_url": links.of_record(kind, entity.reference),
        **form.drawn(),
    }
    return render_template("form.html", page=page), status


def _title(record: Record) -> str:
    return (record.title_en if lang() == "en" else None) or record.title


def _breadcrumb(kind: Kind, record: Record, last: str | None) -> list[dict[str, str | None]]:
    url = url_for(f"{kind.collection}.updates", reference=record.reference)
    way: list[dict[str, str | None]] = [
        {"label": _title(record), "url": links.of_record(kind, record.reference)},
        {"label": say(TITLE), "url": url if last else None},
    ]
    return [*way, {"label": last, "url": None}] if last else way


def _enter(kind: Kind) -> None:
    add, both = book.of(kind).blueprint.add_url_rule, ["GET", "POST"]
    add("/<reference>/updates", "updates", moving.of(kind, series))
    add("/<reference>/updates/new", "report", moving.of(kind, report), methods=both)
    add("/<reference>/updates/same", "no_change", moving.of(kind, no_change), methods=["POST"])
    add(
        "/<reference>/updates/<key>/release",
        "release_update",
        moving.of(kind, release),
        methods=["POST"],
    )
    panel(Standing(kind))


for _kind in [kind for kind in kinds() if kind.contributed]:
    _enter(_kind)
