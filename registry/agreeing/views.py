"""The screens of who owns lines: what they are asked, agreeing, and saying what is wrong."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from .. import web
from ..access import Actor
from ..accounts import mine
from ..db import session
from ..drafting import steps
from ..errors import Conflict, Forbidden, Invalid, NotSignedIn, Stale
from ..forms import DictionaryForm
from ..lines import queries as lines
from ..lines import sheet
from ..record import Record
from ..reports import commands, standing
from ..reports import queries as reports
from ..reports.models import Annex
from ..reports.schemas import ANNEX, RemarkSchema
from ..web import View, actor, book, cells, counted, lang, links, say, t, titled
from ..words import Words
from ..writing.moving import version
from . import queries

annexes = web.blueprint(ANNEX)
agreeing = web.pages(Blueprint("agreeing", __name__, url_prefix="/agreements"))
AT_ONCE = 20
TITLE = Words("Akkoord gevraagd", "Your agreement is asked")
CHANGED = Words(
    "De tekst is intussen gewijzigd. Lees haar nog eens voordat u akkoord geeft.",
    "The text was changed meanwhile. Read it once more before you agree.",
)
LINE, LINES = Words("regel", "line"), Words("regels", "lines")


@agreeing.get("")
def index() -> str:
    """The lines that the reader is asked about: of one annex, and then of the next."""
    if not actor().signed_in:
        raise NotSignedIn
    asked = queries.by_annex(actor())
    first = next(iter(asked.items()), None)
    group = _group(reports.annex(actor(), first[0]), first[1][:AT_ONCE]) if first else None
    page = {
        "title": say(TITLE),
        "breadcrumb": [
            {"label": t("Mijn werk", "My work"), "url": url_for("accounts.my_work")},
            {"label": say(TITLE), "url": None},
        ],
        "told": _told(sum(map(len, asked.values()))),
        "group": group,
    }
    return render_template("agreements.html", page=page)


def _told(count: int) -> str:
    if not count:
        return ""
    told = counted(count, LINE, LINES)
    return t(f"Nog {told} te gaan.", f"{told} to go.")


def _group(annex: Annex, ids: list[int]) -> View:
    """The lines of one annex, in the order in which they were asked."""
    content = {"asOf": annex.as_of.isoformat(), **lines.some(annex, actor(), ids)}
    told = sheet.lines(content, lambda item: steps.answering(annex, item, "primary"))
    day = format_date(annex.as_of, "long")
    return {
        "id": annex.reference,
        "title": titled(annex),
        "url": links.of_record(ANNEX, annex.reference),
        "intro": t(f"Klopt dit op {day}?", f"Is this right on {day}?"),
        "lines": told,
        "sources": sheet.sources(content),
    }


@annexes.post("/<reference>/lines/<record>/agree")
def agree(reference: str, record: str) -> ResponseReturnValue:
    """Agree to a line as it was read."""
    annex, about = _line(reference, record)
    try:
        _require_read(annex, about)
        commands.agree(actor(), annex, record, version=version())
    except (Stale, Conflict) as refused:
        session().rollback()
        text = CHANGED if isinstance(refused, Stale) else refused.detail
        flash(say(text), "error")
        return _back(reference, record)
    name = _short(about)
    flash(t(f"Akkoord gegeven: {name}", f"Agreed: {name}"), "ok")
    return _back(reference, record)


def _require_read(annex: Annex, about: Record) -> None:
    """Raise Stale where a later report is what the line starts from by now."""
    latest = standing.latest([about.id], annex.as_of).get(about.id)
    said = reports.said_of(annex, about)
    now = latest.key if latest and (said is None or said.text is None) else ""
    if request.form.get("read", "") != now:
        raise Stale


@annexes.route("/<reference>/lines/<record>/remark", methods=["GET", "POST"])
def remark(reference: str, record: str) -> ResponseReturnValue:
    """Say what is wrong with a line."""
    annex, about = _line(reference, record)
    form = DictionaryForm(RemarkSchema(), actor(), lang())
    if request.method == "GET":
        return _asked(annex, about, form)
    form.take(request.form.items(multi=True))
    try:
        commands.remark(actor(), annex, record, form.payload())
    except Invalid as refused:
        session().rollback()
        form.refuse(refused)
        return _asked(*_line(reference, record), form), refused.status
    name = _short(about)
    flash(t(f"Opmerking gemaakt: {name}", f"Remarked on: {name}"), "ok")
    return _back(reference, record)


def _line(reference: str, record: str) -> tuple[Annex, Record]:
    """A line that the reader may answer for. Raises NotFound, Forbidden and NotSignedIn."""
    annex = reports.annex(actor(), reference)
    about = reports.line(actor(), annex, record)
    if not reports.may_answer(actor(), annex, about):
        raise Forbidden if actor().signed_in else NotSignedIn
    return annex, about


def _asked(annex: Annex, about: Record, form: DictionaryForm) -> str:
    content = {"asOf": annex.as_of.isoformat(), **lines.some(annex, actor(), [about.id])}
    title = t("Opmerking", "Remark")
    page: dict[str, Any] = {
        "title": title,
        "breadcrumb": [
            {"label": titled(annex), "url": links.of_record(ANNEX, annex.reference)},
            {"label": title, "url": None},
        ],
        "line": sheet.lines(content)[0],
        "latest": None,
        "sources": sheet.sources(content),
        "submit_label": t("Opmerking maken", "Remark"),
        "cancel_url": _way(annex.reference, about.reference),
        **form.drawn(),
    }
    return render_template("annex_line.html", page=page)


def _back(reference: str, record: str) -> ResponseReturnValue:
    return redirect(_way(reference, record))


def _way(reference: str, record: str) -> str:
    """Where somebody goes on: the next line, or for the secretariat the lines of the annex."""
    if queries.answers(actor()):
        return url_for("agreeing.index")
    return steps.place(reports.annex(actor(), reference), actor(), record)


def _short(about: Record) -> str:
    name = titled(about)
    return name if len(name) <= 90 else f"{name[:88].rstrip()} …"


# --- my work ------------------------------------------------------------------------------


def tasks(who: Actor) -> list[View]:
    """How much the reader is asked, for the top of every page."""
    found = queries.count(who)
    if not found:
        return []
    label, url = say(TITLE), url_for("agreeing.index")
    return [{"label": label, "url": url, "count": found, "counted": say(LINES)}]


def told(who: Actor) -> View | None:
    """The annexes that ask the reader, for the page of their work."""
    asked = queries.by_annex(who)
    if not asked:
        return None
    rows = [_row(who, reference, len(ids)) for reference, ids in asked.items()]
    table = {
        "id": "tabel-akkoord",
        "title": None,
        "caption": say(TITLE),
        "columns": [t("Bijlage", "Annex"), t("Peildatum", "Reference date"), say(LINES)],
        "rows": rows,
        "empty": "",
    }
    step = {"label": t("Bekijk en geef akkoord", "Read and agree"), "tone": "primary"}
    return {
        "id": "akkoord",
        "title": say(TITLE),
        "intro": None,
        "table": table,
        "form": None,
        "actions": [{**step, "url": url_for("agreeing.index"), "method": "get"}],
    }


def _row(who: Actor, reference: str, count: int) -> View:
    annex = reports.annex(who, reference)
    url = links.of_record(ANNEX, reference)
    return {
        "cells": [
            {"type": "link", "url": url, "label": titled(annex)},
            cells.text(format_date(annex.as_of, "long")),
            cells.text(count),
        ]
    }


mine.also.append(told)
book.tasks.append(tasks)
