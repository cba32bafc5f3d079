"""What the screens of reminders show the secretariat: what waits for a decision, and the rules."""

from typing import Any

from flask import request, url_for
from flask_babel import format_date
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from ..db import session
from ..kind import kind_named
from ..record import Record
from ..reminders.due import Settings, settings
from ..reminders.models import Pause
from ..reminders.schemas import NAMES, TOLD, Setting
from ..web import View, cells, say, t, titled
from ..web.links import of_record
from ..words import Words

TITLE = Words("Herinneringen", "Reminders")
MOST = 100  # rows of a table


def menu() -> list[View]:
    """The parts of these screens."""
    parts = (
        ("index", t("Overzicht", "Overview")),
        ("log", t("Logboek", "Log")),
        ("settings", t("Instellingen", "Settings")),
    )
    return [
        {
            "label": label,
            "url": url_for(f"reminders.{name}"),
            "current": request.endpoint == f"reminders.{name}",
        }
        for name, label in parts
    ]


def page(title: str, intro: str, groups: list[View]) -> View:
    """A page of tables."""
    above: View = {"label": t("Beheer", "Administration"), "url": url_for("admin.index")}
    own: View = {"label": say(TITLE), "url": url_for("reminders.index")}
    here: View = {"label": title, "url": None}
    crumbs = [above, own, here] if title != say(TITLE) else [above, here]
    return {
        "title": title,
        "intro": intro,
        "breadcrumb": crumbs,
        "menu": menu(),
        "menu_label": say(TITLE),
        "error_summary": [],
        "groups": groups,
    }


def group(id_: str, title: str, columns: list[str], rows: list[View], **more: Any) -> View:
    """One table of such a page."""
    table = {
        "id": f"tabel-{id_}",
        "title": None,
        "caption": title,
        "columns": columns,
        "rows": rows,
        "empty": more.pop("empty", t("Niets.", "Nothing.")),
    }
    return {"id": id_, "title": title, "intro": None, "table": table, "form": None, **more}


def button(label: str, url: str, method: str = "post", tone: str = "secondary") -> View:
    """A button that does something, or goes somewhere."""
    return {"label": label, "url": url, "method": method, "tone": tone, "fields": []}


def link(record: Record) -> cells.Cell:
    """A record by its title."""
    url = of_record(kind_named(record.kind), record.reference)
    return {"type": "link", "url": url, "label": titled(record)}


# --- settings -----------------------------------------------------------------------------


def rules() -> View:
    """The rules, and what is paused."""
    intro = t(
        "Wanneer er vanzelf wordt herinnerd, en waarvan voorlopig niet. Wijzigingen staan in de "
        "geschiedenis.",
        "When reminders are sent automatically, and of what they are not for now. Changes are in "
        "the history.",
    )
    return page(t("Instellingen", "Settings"), intro, [_rules(settings()), _pauses()])


def _rules(found: Settings) -> View:
    columns = [t("Herinnering", "Reminder"), t("Waarvan", "Of what"), t("Wanneer", "When")]
    rows = [
        {
            "cells": [
                {
                    "type": "link",
                    "url": url_for("reminders.rule", code=code),
                    "label": say(NAMES[code]),
                },
                cells.text(say(TOLD[code])),
                when(rule),
            ]
        }
        for code, rule in found.items()
    ]
    return group("regels", t("Regels", "Rules"), columns, rows)


def when(rule: Setting) -> cells.Cell:
    """When a rule reminds, in words."""
    if not rule.active:
        return {"type": "badge", "label": t("uit", "off"), "tone": "neutral"}
    if rule.days:
        text = t(f"{rule.days} dagen vooraf", f"{rule.days} days before")
    else:
        text = t(
            f"meteen, en opnieuw na {rule.every} dagen; hoogstens {rule.most} keer",
            f"at once, and again after {rule.every} days; {rule.most} times at most",
        )
    return cells.text(text)


def _pauses() -> View:
    query = select(Pause).join(Pause.record).options(contains_eager(Pause.record))
    query = query.where(Record.deleted_at.is_(None)).order_by(Record.sort_title, Record.id)
    rows = [_pause(one) for one in session().scalars(query)]
    columns = [t("Waarvan", "Of what"), t("Tot en met", "Until"), t("Waarom", "Why")]
    add = t("Pauze toevoegen", "Add a pause")
    new = button(add, url_for("reminders.pause"), "get", tone="primary")
    empty = t("Er is niets gepauzeerd.", "Nothing is paused.")
    return group("pauzes", t("Pauzes", "Pauses"), columns, rows, actions=[new], empty=empty)


def _pause(one: Pause) -> View:
    further = t("tot nader order", "until further notice")
    until = format_date(one.until, "long") if one.until else further
    url = url_for("reminders.resume", record=one.record.reference)
    return {
        "cells": [link(one.record), cells.text(until), cells.text(one.reason)],
        "actions": [button(t("Hervatten", "Resume"), url)],
    }
