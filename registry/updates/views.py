"""The screens of the state of affairs: the series of a record, reporting and releasing."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import editing
from ..db import session
from ..errors import Conflict, Forbidden, Invalid, NotSignedIn
from ..forms import DictionaryForm
from ..kind import Kind, kinds
from ..partners.models import Partner
from ..record import Record
from ..screens.lists import pager
from ..web import Item, actor, book, lang, links, paging, panel, say, t, titled
from ..words import Words
from ..writing import moving
from . import commands, pages, queries
from .schemas import ReportSchema, UpdateSchema

PER_PAGE = 20
REPORTED = Words("De stand van zaken is vastgelegd.", "The state of affairs has been recorded.")
RELEASED = Words(
    "Vrijgegeven voor iedereen die dit gegeven ziet.", "Released to all who see this record."
)


def series(kind: Kind, reference: str) -> str:
    """Everything that was reported of a record, the last first."""
    entity, number = editing.one(kind, actor(), reference), paging.number()
    found = queries.part(actor(), entity.id, number, PER_PAGE)
    group = {"id": "meldingen", "title": t("Meldingen", "Reports"), "intro": None}
    page = {
        "title": f"{say(pages.TITLE)}: {_title(entity.record)}",
        "breadcrumb": _breadcrumb(kind, entity.record, None),
        "groups": [
            {
                **group,
                "table": pages.table(kind, entity, found),
                "form": None,
                "actions": pages.buttons(kind, entity.record),
            }
        ],
        "pager": pager(number, PER_PAGE, queries.counted(actor(), entity.id)),
    }
    return render_template("admin/page.html", page=page)


def report(kind: Kind, reference: str) -> ResponseReturnValue:
    """Say how things stand, or correct what was said."""
    entity = _reportable(kind, reference)
    own = pages.offered(kind, entity.record)
    schema = ReportSchema() if len(own) > 1 else UpdateSchema()
    form = DictionaryForm(schema, actor(), lang(), beforehand=_beforehand(kind, entity, own))
    form.offer(Partner, own)
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


def _beforehand(kind: Kind, entity: Any, own: Mapping[str, str]) -> Item:
    """What stands in the form: of a correction, what it corrects."""
    key = request.args.get("of", "")
    if not key:
        near = queries.reported_for(actor(), kind, entity.record)
        first = queries.named(actor(), [near]) if near and len(own) > 1 else {}
        return {"organisation": next(iter(first), None)} if first else {}
    updates = [queries.one(actor(), entity.id, key)]
    item = queries.told(actor(), updates[0], updates)
    rows = [{k: v for k, v in row.items() if k != "key"} for row in item["evidence"]]
    return {**item, "evidence": rows}


def no_change(kind: Kind, reference: str) -> ResponseReturnValue:
    """Report that nothing changed."""
    chosen = request.form.get("organisation")
    commands.no_change(actor(), kind, editing.one(kind, actor(), reference), chosen)
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
    title = say(pages.REPORT)
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
    return titled(record)


def _breadcrumb(kind: Kind, record: Record, last: str | None) -> list[dict[str, str | None]]:
    url = url_for(f"{kind.collection}.updates", reference=record.reference)
    way: list[dict[str, str | None]] = [
        {"label": _title(record), "url": links.of_record(kind, record.reference)},
        {"label": say(pages.TITLE), "url": url if last else None},
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
    panel(pages.LastReports(kind))


for _kind in [kind for kind in kinds() if kind.contributed]:
    _enter(_kind)
