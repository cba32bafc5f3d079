"""The screens of the state of affairs: the box on a record's page, the series, the form."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from .. import editing, vocabulary
from ..access import Permission, can
from ..db import session
from ..errors import Conflict, Forbidden, Invalid, NotSignedIn
from ..forms import DictionaryForm
from ..kind import Kind, kinds
from ..record import Record
from ..web import Item, View, actor, book, cells, lang, links, moving, panel, say, t
from ..web.tones import tone
from ..words import Words
from . import commands, queries
from .models import Update
from .schemas import UNCHANGED, UpdateSchema

MOST = 5
TITLE = Words("Stand van zaken", "State of affairs")
NOTHING = Words("Nog niets gemeld.", "Nothing reported yet.")
REPORT = Words("Stand van zaken melden", "Report the state of affairs")
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


class LastReports:
    """The box with the last reports, on the pages of one kind."""

    def __init__(self, on: Kind) -> None:
        self.on = on

    def view(self, record_id: int, reference: str) -> View | None:
        """By one query; nothing for readers who may neither read nor report."""
        who = actor()
        series = queries.series(who, record_id)
        told = [(update, queries.told(who, update, series)) for update in series]
        current = [pair for pair in told if not pair[1]["replaced"]]
        if not current and not who.signed_in:
            return None
        url = url_for(f"{self.on.collection}.updates", reference=reference)
        return {
            "title": say(TITLE),
            "count": len(current),
            "all_url": url if told else None,
            "rows": [_row(update, item, url) for update, item in current[:MOST]],
            "empty": say(NOTHING),
            "actions": buttons(self.on, session().get_one(Record, record_id)),
        }


def _row(update: Update, item: Item, url: str) -> View:
    return {
        "url": url,
        "title": _brief(item),
        "meta": f"{_by(update, item)} · {format_date(date.fromisoformat(item['day']), 'long')}",
        "badges": _badges(item),
    }


def _by(update: Update, item: Item) -> str:
    if item["organisation"]:
        return str(item["organisation"]["name"])
    if update.organisation_id is None:
        return t("Secretariaat", "Secretariat")
    return t("Een organisatie", "An organisation")


def _brief(item: Item) -> str:
    text = " ".join((item["text"] or "").split())
    if not text:
        return say(vocabulary.label("update-state", UNCHANGED)).capitalize()
    return text if len(text) <= 120 else text[:119].rstrip() + "…"


def _badges(item: Item) -> list[View]:
    state = item.get("state")
    if not state:
        return []
    label = say(vocabulary.label("update-state", state))
    return [{"type": "badge", "label": label, "tone": tone("update-state", state)}]


def series(kind: Kind, reference: str) -> str:
    """Everything that was reported of a record, the last first."""
    entity = editing.one(kind, actor(), reference)
    found = queries.series(actor(), entity.id)
    rows = [_told(kind, entity, one, queries.told(actor(), one, found)) for one in found]
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
        "groups": [{**group, "form": None, "actions": buttons(kind, entity.record)}],
    }
    return render_template("admin/page.html", page=page)


def _told(kind: Kind, entity: Any, update: Update, item: Item) -> View:
    described, by = UpdateSchema().described(), _by(update, item)
    stand: list[cells.Cell | None] = [*_badges(item)]
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
            cells.text(f"{by} ({item['by']})" if item.get("by") else by),
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
        found.append(_button(t("Bestanden", "Files"), url_for(name, **at, key=item["key"])))
    if queries.may_report(actor(), kind, entity.record) and not item["replaced"]:
        url = url_for(f"{kind.collection}.report", **at, of=item["key"])
        found.append(_button(t("Corrigeren", "Correct"), url))
    if can(actor(), Permission.RECORD_PUBLISH, entity.record) and not item["releasedAt"]:
        url = url_for(f"{kind.collection}.release_update", **at, key=item["key"])
        found.append(_button(t("Vrijgeven", "Release"), url, "post"))
    return found


def _button(label: str, url: str, method: str = "get", tone: str = "secondary") -> View:
    return {"label": label, "url": url, "method": method, "tone": tone, "fields": []}


def buttons(kind: Kind, record: Record) -> list[View]:
    """What who may report can do from here."""
    if not queries.may_report(actor(), kind, record):
        return []
    form = url_for(f"{kind.collection}.report", reference=record.reference)
    same = url_for(f"{kind.collection}.no_change", reference=record.reference)
    return [
        _button(say(REPORT), form, tone="primary"),
        _button(t("Geen wijzigingen", "No change"), same, "post"),
    ]


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
    if not queries.may_report(actor(), kind, entity.record):
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
    panel(LastReports(kind))


for _kind in [kind for kind in kinds() if kind.contributed]:
    _enter(_kind)
