"""The pages of the log: all of it, and on the page of a record what was sent of that."""

import io
from typing import Any

from flask import Response, request, url_for
from flask_babel import format_date

from .. import clock
from ..access import Actor, Permission, View, can
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..notifications.delivery import REFUSED
from ..plan.schemas import MILESTONE
from ..screens.lists import pager
from ..tables.writing import Delimited
from ..web import View as Drawn
from ..web import actor, cells, lang, links, paging, panel, say, t
from ..words import Words
from . import log, pages

PER_PAGE = 50
SHOWN = 4
TONES = {
    "waiting": "info",
    "sent": "success",
    "failed": "danger",
    "paused": "neutral",
    "held": "warning",
    "dropped": "neutral",
}
COLUMNS = (
    Words("Dag", "Day"),
    Words("Voor wie", "For whom"),
    Words("Waarover", "About"),
    Words("Regel", "Rule"),
    Words("Stand", "State"),
)


def page(who: Actor) -> Drawn:
    """One page of the log, with how to ask something else."""
    question, number = log.ask(request.args.to_dict(flat=False)), paging.number()
    found, _ = log.query(who, question)
    total = log.counted(found)
    rows = session().execute(paging.sliced(found, number, PER_PAGE)).all()
    title, one = t("Logboek", "Log"), t("1 herinnering", "1 reminder")
    drawn = pages.page(title, _intro(), [])
    return {
        **drawn,
        "filters": _filters(question),
        "clear_url": request.path if question.asks else None,
        "count_text": one if total == 1 else t(f"{total} herinneringen", f"{total} reminders"),
        "csv_url": _csv_url(),
        "table": table(title, [row_of(row) for row in rows]),
        "pager": pager(number, PER_PAGE, total),
    }


def _csv_url() -> str:
    asked: Any = {n: v for n, v in request.args.items() if n in log.FILTERS}
    return url_for("reminders.as_csv", **asked)


def _intro() -> str:
    return t(
        "Elke herinnering: aan wie, waarover, en of hij is aangekomen.",
        "Every reminder: to whom, about what, and whether it arrived.",
    )


def _filters(question: log.Question) -> list[Drawn]:
    return [
        _choice("state", t("Stand", "State"), log.STATES, question.state),
        _choice("rule", t("Regel", "Rule"), log.RULES, question.rule),
        _typed("who", t("Aan wie", "To whom"), question.who),
        _typed("record", t("Kenmerk", "Reference"), question.record),
        _typed("organisation", t("Kenmerk organisatie", "Organisation"), question.organisation),
        _typed("from", t("Vanaf", "From"), question.begin, "date"),
        _typed("until", t("Tot en met", "Until"), question.end, "date"),
    ]


def _typed(name: str, label: str, value: Any, kind: str = "text") -> Drawn:
    return {"name": name, "label": label, "type": kind, "value": value or ""}


def _choice(name: str, label: str, known: Any, chosen: str) -> Drawn:
    options = [
        {"value": code, "label": say(words), "chosen": code == chosen}
        for code, words in known.items()
    ]
    return {"name": name, "label": label, "type": "choice", "options": options}


def table(title: str, rows: list[Drawn]) -> Drawn:
    """A table of the log."""
    return {
        "id": "tabel-log",
        "title": None,
        "caption": title,
        "columns": [say(words) for words in COLUMNS],
        "rows": rows,
        "empty": t("Nog niets verstuurd.", "Nothing was sent yet."),
    }


def row_of(row: Any, *, named: bool = True) -> Drawn:
    """A row of it, with or without the name of who it was sent to."""
    who = [cells.text(row.name)] if named else []
    return {
        "cells": [
            cells.text(format_date(row.day, "medium")),
            cells.many([*who, cells.text(row.organisation_title)]),
            {"type": "link", "url": _url(row), "label": title_of(row)},
            cells.text(_rule(row)),
            cells.many([badge(row), cells.text(why(row)) if why(row) else None]),
        ]
    }


def _url(row: Any) -> str:
    if row.record_id is None:
        return url_for("rounds.show", key=row.reference)
    return links.of_reference(row.reference)


def title_of(row: Any) -> str:
    """What it is about, in the language of the reader."""
    return str((lang() == "en" and row.title_en) or row.title)


def _rule(row: Any) -> str:
    told = say(log.RULES[row.rule])
    words = f"{told}: {row.words}" if row.words else told
    return (
        words
        if row.number == 1
        else t(f"{words} ({row.number}e keer)", f"{words} (no. {row.number})")
    )


def badge(row: Any) -> cells.Cell:
    """How it stands."""
    return {"type": "badge", "label": say(log.STATES[row.state]), "tone": TONES[row.state]}


def why(row: Any) -> str:
    """Why it did not arrive, or not yet."""
    if row.state == "sent" or not row.failure:
        return ""
    if row.failure.startswith(REFUSED):
        said = row.failure.removeprefix(REFUSED)
        return t(f"De mailserver weigerde het adres: {said}", f"The address was refused: {said}")
    if row.state == "waiting":
        return t(f"Laatste poging mislukt: {row.failure}", f"Last attempt failed: {row.failure}")
    return str(row.failure)


def as_csv(who: Actor) -> Response:
    """What is asked of the log, as a file."""
    found, _ = log.query(who, log.ask(request.args.to_dict(flat=False)))
    file = io.StringIO()
    sheet = Delimited(file, lang())
    names = ("day", "name", "email", "organisation", "reference", "title", "rule", "term")
    sheet.start("log", dict.fromkeys((*names, "number", "state", "why"), ""))
    for row in session().execute(found):
        about = (row.organisation_title, row.reference, title_of(row), row.rule, row.words)
        values = (row.day, row.name, row.email, *about, row.number, row.state, why(row))
        sheet.add("log", values)
    answer = Response("\ufeff" + file.getvalue(), mimetype="text/csv")
    name = f"herinneringen-{clock.now():%Y-%m-%d}.csv"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


class Reminded:
    """The box on the page of a record with the last reminders of it, for the core group. It names
    organisations, and no persons."""

    def __init__(self, on: Kind) -> None:
        self.on = on

    def view(self, record_id: int, reference: str) -> Drawn | None:
        """By one query; nothing for who does not belong to the core group."""
        who = actor()
        if who.view < View.CORE_GROUP:
            return None
        found, _ = log.query(who, log.Question(), lambda told: told.c.record_id == record_id)
        rows = session().execute(found.limit(SHOWN)).all()
        manages = can(who, Permission.RECORD_PUBLISH)
        if not rows and not manages:
            return None
        url = url_for("reminders.log", record=reference)
        here = links.of_reference(reference)
        way = url_for("reminders.pause", record=reference)
        pause = pages.button(t("Herinneringen pauzeren", "Pause reminders"), way, "get")
        return {
            "title": say(pages.TITLE),
            "count": None,
            "all_url": url if manages and rows else None,
            "rows": [_boxed(row, url if manages else here) for row in rows],
            "empty": t("Nog niemand is herinnerd.", "Nobody was reminded yet."),
            "actions": [pause] if manages else [],
        }


def _boxed(row: Any, url: str) -> Drawn:
    day = format_date(row.day, "long")
    return {
        "url": url,
        "title": _rule(row),
        "meta": f"{row.organisation_title} · {day}",
        "badges": [badge(row)],
    }


for _kind in (INITIATIVE, COMMITMENT, MILESTONE):
    panel(Reminded(_kind))
