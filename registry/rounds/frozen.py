"""The screens of what a round froze when it was closed."""

import json
from datetime import date

from flask import url_for
from flask_babel import format_date

from .. import vocabulary
from ..access import Actor
from ..db import session
from ..kind import Kind, kind_named
from ..projection import project
from ..record import Record
from ..screens.lists import pager
from ..web import View, cells, lang, paging, say, t
from ..web.tones import tone
from ..words import Words
from . import queries
from .models import Round, Snapshot
from .pages import about, badge, group, page

PER_PAGE = 50
COLUMNS = (
    Words("Datum", "Day"),
    Words("Stand", "State"),
    Words("Stand van zaken", "State of affairs"),
    Words("Onderbouwing", "Evidence"),
    Words("Gemeld door", "Reported by"),
)


def frozen(found: Round) -> View:
    """Every record as it was, and whether it changed since."""
    columns = [
        t("Naam", "Name"),
        t("Soort", "Kind"),
        t("Gemeld", "Reported"),
        t("Sindsdien", "Since"),
    ]
    number = paging.number()
    rows = [_kept(found, each) for each in queries.part(found, number, PER_PAGE)]
    title = t(f"Vastgesteld: {found.title}", f"Frozen: {found.title}")
    box = group("vastgesteld", t("Vastgesteld", "Frozen"), columns, rows, "")
    pages = pager(number, PER_PAGE, queries.counted(found))
    return {**page(title, [{**box, "intro": about(found)}]), "pager": pages}


def _kept(found: Round, each: Snapshot) -> View:
    kind, item = kind_named(each.record.kind), each.content["record"]
    url = url_for("rounds.compared", key=found.key, record=each.record.reference)
    states = [
        badge(say(vocabulary.label("update-state", u["state"])), tone("update-state", u["state"]))
        for u in each.content["updates"]
    ]
    return {
        "cells": [
            {"type": "link", "url": url, "label": kind.title(item, lang())},
            cells.text(say(kind.words)),
            cells.many([*states]) or cells.text(t("niet gemeld", "not reported")),
            cells.text(_since(each)),
        ]
    }


def _since(each: Snapshot) -> str:
    if each.record.merged_into_id is not None:
        return t("samengevoegd", "merged")
    if each.record.deleted_at is not None:
        return t("verwijderd", "removed")
    if each.record.version != each.content["record"]["version"]:
        return t("gewijzigd", "changed")
    return t("niets gewijzigd", "nothing changed")


def compared(who: Actor, found: Round, reference: str) -> View:
    """The fields of a record as frozen, and as they are now. Raises NotFound."""
    each = queries.snapshot(found, reference)
    kind, then = kind_named(each.record.kind), each.content["record"]
    now = _now(who, kind, each.record)
    columns = [t("Gegeven", "Field"), t("Vastgesteld", "Frozen"), t("Nu", "Now")]
    rows = [
        row for row in (_field(kind, name, then, now) for name in then if name != "sources") if row
    ]
    box = group("gegevens", t("Gegevens", "Facts"), columns, rows, "")
    since = t(f"Sindsdien: {_since(each)}.", f"Since then: {_since(each)}.")
    reports = [_said_then(update) for update in each.content["updates"]]
    titles = [say(words) for words in COLUMNS]
    empty = t("Niet gemeld.", "Not reported.")
    told = group("melding", t("Gemeld", "Reported"), titles, reports, empty)
    return page(
        kind.title(then, lang()), [{**told, "intro": about(found)}, {**box, "intro": since}]
    )


def _now(who: Actor, kind: Kind, record: Record) -> View:
    query = project(kind.dictionary, who, session().get_bind().dialect.name)
    content = session().scalar(query.where(Record.id == record.id))
    made: View = json.loads(content) if isinstance(content, str) else content or {}
    return made


def _field(kind: Kind, name: str, then: View, now: View) -> View | None:
    described = {str(f.data_key): f for f in kind.dictionary.described().values()}
    if name not in described:
        return None
    field = described[name]
    before, after = (cells.cell(field, item.get(name), item) for item in (then, now))
    if before is None and after is None:
        return None
    same = then.get(name) == now.get(name)
    told = cells.text(t("ongewijzigd", "unchanged")) if same else after or cells.text("–")
    return {"cells": [cells.text(say(field.about.words)), before or cells.text("–"), told]}


def _said_then(update: View) -> View:
    label = say(vocabulary.label("update-state", update["state"]))
    reason = update["reason"] and say(vocabulary.label("update-reason", update["reason"]))
    words = [update["text"], reason, update["reasonWords"]]
    rests = [*map(_rests, update["evidence"]), *map(_file, update["files"])]
    organisation = update["organisation"]["name"] if update["organisation"] else ""
    who = " · ".join(filter(None, (organisation, update.get("by"))))
    return {
        "cells": [
            cells.text(format_date(date.fromisoformat(update["day"]), "long")),
            badge(label, tone("update-state", update["state"])),
            cells.many([cells.text(word) for word in words if word]) or cells.text(""),
            cells.many([cells.text(word) for word in rests]) or cells.text(""),
            cells.text(who),
        ]
    }


def _rests(row: View) -> str:
    document = row["document"] and row["document"]["title"]
    return ": ".join(filter(None, (row["why"], row["link"] or document, row["quote"])))


def _file(row: View) -> str:
    return f"{row['why']}: {row['name']}"
