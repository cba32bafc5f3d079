"""What the screens of rounds show."""

from typing import Any

from flask import url_for
from flask_babel import format_date

from .. import clock, vocabulary
from ..access import Actor
from ..db import session
from ..kind import kind_named
from ..record import Record
from ..web import View, cells, links, say, t, titled
from ..web.tones import tone
from ..words import Words
from . import queries
from .models import Item, Round

SOMEBODY = Words("iemand", "somebody")
ROUNDS = Words("Voortgangsuitvragen", "Reporting rounds")


def index(who: Actor) -> View:
    """The list of rounds."""
    manages = queries.manages(who)
    new = button(t("Uitvraag uitzetten", "Open a round"), url_for("rounds.new"), tone="primary")
    found = session().scalars(queries.seen(who)).all()
    columns = [t("Uitvraag", "Round"), t("Uiterlijk", "Deadline"), t("Stand", "State")]
    empty = t("Er is nog geen uitvraag.", "There is no round yet.")
    box = group(
        "uitvragen",
        t("Open en gesloten", "Open and closed"),
        columns,
        [_row(each) for each in found],
        empty,
    )
    return page(say(ROUNDS), [{**box, "actions": [new] if manages else []}], [])


def _row(found: Round) -> View:
    url = url_for("rounds.show", key=found.key)
    return {
        "cells": [
            {"type": "link", "url": url, "label": found.title},
            cells.text(format_date(found.deadline, "long")),
            _state(found),
        ]
    }


def _state(found: Round) -> cells.Cell:
    if found.closed_at is not None:
        return badge(t("gesloten", "closed"), "neutral")
    if found.deadline < clock.today():
        return badge(t("datum voorbij", "past the deadline"), "warning")
    return badge(t("open", "open"), "success")


def managed(_who: Actor, found: Round) -> View:
    """The response, and what the secretariat can do."""
    responses = queries.responses(found)
    columns = [
        t("Organisatie", "Organisation"),
        t("Ingevuld", "Reported"),
        t("Laatste activiteit", "Last activity"),
        t("Herinnerd op", "Reminded on"),
    ]
    rows = [_response(found, each) for each in responses]
    box = group("respons", t("Respons", "Response"), columns, rows, "")
    return page(found.title, [{**box, "intro": about(found), "actions": _steps(found)}])


def _response(found: Round, each: queries.Response) -> View:
    late = found.closed_at is None and each.answered < each.asked
    url = url_for("rounds.remind", key=found.key)
    label = t(f"Herinner {each.name}", f"Remind {each.name}")
    count = t(f"{each.answered} van {each.asked}", f"{each.answered} of {each.asked}")
    return {
        "cells": [
            {"type": "link", "url": links.of_reference(each.reference), "label": each.name},
            cells.text(count),
            cells.text(format_date(each.last, "long") if each.last else ""),
            cells.text(format_date(each.reminded, "long") if each.reminded else ""),
        ],
        "actions": [button(label, url, "post", organisation=each.reference)] if late else [],
    }


def _steps(found: Round) -> list[View]:
    past = button(t("Geschiedenis", "History"), url_for("history.everything", record=found.key))
    if found.closed_at is not None:
        url = url_for("rounds.frozen", key=found.key)
        label = t("Bekijk wat is vastgesteld", "See what was frozen")
        return [button(label, url, tone="primary"), past]
    every = t("Herinner iedereen die nog niet klaar is", "Remind all who are not done")
    end = t("Sluiten en vaststellen", "Close and freeze")
    return [
        button(every, url_for("rounds.remind", key=found.key), "post"),
        button(end, url_for("rounds.close", key=found.key), "post", tone="danger"),
        past,
    ]


def about(found: Round) -> str:
    first, last = (format_date(day, "long") for day in (found.starts, found.ends))
    day = format_date(found.deadline, "long")
    told = t(
        f"Over {first} tot en met {last}. Uiterlijk invullen op {day}.",
        f"About {first} until {last}. To be filled in by {day}.",
    )
    opened, who = format_date(found.opened_at, "long"), found.opened_actor_name or say(SOMEBODY)
    told += t(f" Uitgezet op {opened} door {who}.", f" Opened on {opened} by {who}.")
    if found.closed_at is None:
        return told
    closed, who = format_date(found.closed_at, "long"), found.closed_actor_name or say(SOMEBODY)
    return told + t(f" Gesloten op {closed} door {who}.", f" Closed on {closed} by {who}.")


# --- for members --------------------------------------------------------------------------


def asked(who: Actor, found: Round) -> View:
    """What is asked of the reader's organisations, with what they said last time."""
    items = queries.asked(who, found)
    before = queries.last_time(items, found.opened_at)
    columns = [t("Waarover", "About"), t("Vorige keer", "Last time"), t("Nu", "Now")]
    rows = [_question(who, found, item, before.get(item.id)) for item in items]
    box = group("lijst", t("Uw lijst", "Your list"), columns, rows, "")
    return page(found.title, [{**box, "intro": about(found)}])


def _question(who: Actor, found: Round, item: Item, before: Any) -> View:
    kind, reference = kind_named(item.record.kind), item.record.reference
    about: cells.Cell = {
        "type": "link",
        "url": links.of_record(kind, reference),
        "label": _title(item.record),
    }
    of = cells.text(_title(item.organisation)) if len(who.organisations) > 1 else None
    at: View = {"key": found.key, "record": reference, "of": item.organisation.reference}
    same, form = url_for("rounds.no_change", **at), url_for("rounds.report", **at)
    steps = [
        button(t("Geen wijzigingen", "No change"), same, "post"),
        button(t("Melden", "Report"), form, tone="primary"),
    ]
    return {
        "cells": [
            cells.many([about, of]),
            _said(before),
            _said(item.update) if item.update else cells.text(t("nog niet", "not yet")),
        ],
        "actions": steps if found.closed_at is None and item.update is None else [],
    }


def _said(update: Any) -> cells.Cell:
    if update is None:
        return cells.text(t("niets", "nothing"))
    label = say(vocabulary.label("update-state", update.state))
    mood = tone("update-state", update.state) or "neutral"
    text = cells.text(update.text) if update.text else None
    return cells.many([badge(label, mood), text]) or cells.text("")


def mine(who: Actor) -> View | None:
    """The open rounds that ask the reader something, for the page of their work."""
    if not who.organisations or queries.manages(who):
        return None
    found = session().scalars(queries.seen(who).where(Round.closed_at.is_(None))).all()
    if not found:
        return None
    columns = [t("Uitvraag", "Round"), t("Uiterlijk", "Deadline"), t("Stand", "State")]
    title = t("Mijn uitvragen", "My reporting rounds")
    return group("uitvragen", title, columns, [_row(each) for each in found], "")


def tasks(who: Actor) -> list[View]:
    """What is still asked of the reader; the way to all rounds for the secretariat."""
    count = queries.waiting(who)
    if not count and not queries.manages(who):
        return []
    label, counted = t("Uitvragen", "Rounds"), t("in te vullen", "to report")
    return [{"label": label, "url": url_for("rounds.index"), "count": count, "counted": counted}]


def _title(record: Record) -> str:
    return titled(record)


def badge(label: str, mood: str | None) -> cells.Cell:
    return {"type": "badge", "label": label, "tone": mood or "neutral"}


def button(
    label: str, url: str, method: str = "get", *, tone: str = "secondary", **fields: str
) -> View:
    return {"label": label, "url": url, "method": method, "tone": tone, "fields": [*fields.items()]}


def group(id_: str, title: str, columns: list[str], rows: list[View], empty: str) -> View:
    table = {
        "id": f"tabel-{id_}",
        "title": None,
        "caption": title,
        "columns": columns,
        "rows": rows,
        "empty": empty or t("Niets.", "Nothing."),
    }
    return {"id": id_, "title": title, "intro": None, "table": table, "form": None}


def page(title: str, groups: list[View], way: list[View] | None = None) -> View:
    above = {"label": say(ROUNDS), "url": url_for("rounds.index")}
    here = {"label": title, "url": None}
    return {
        "title": title,
        "breadcrumb": [above, here] if way is None else [],
        "groups": groups,
    }
