"""What the screens of the state of affairs show: the box on a record's page, and the series."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date

from .. import vocabulary
from ..access import Permission, can
from ..db import session
from ..kind import Kind
from ..record import Record
from ..web import Item, View, actor, cells, links, say, t
from ..web.tones import tone
from ..words import Words
from . import queries
from .models import Update
from .schemas import UNCHANGED, UpdateSchema

MOST = 5
TITLE = Words("Stand van zaken", "State of affairs")
NOTHING = Words("Nog niets gemeld.", "Nothing reported yet.")
REPORT = Words("Stand van zaken melden", "Report the state of affairs")
COLUMNS = (
    Words("Datum", "Day"),
    Words("Stand", "State"),
    TITLE,
    Words("Onderbouwing", "Evidence"),
    Words("Gemeld door", "Reported by"),
)


class LastReports:
    """The box with the last reports, on the pages of one kind."""

    def __init__(self, on: Kind) -> None:
        self.on = on

    def view(self, record_id: int, reference: str) -> View | None:
        """By one query; nothing for readers who may neither read nor report."""
        who = actor()
        last, count = queries.standing(who, record_id, MOST)
        if not last and not who.signed_in:
            return None
        url = url_for(f"{self.on.collection}.updates", reference=reference)
        return {
            "title": say(TITLE),
            "count": count,
            "all_url": url if last else None,
            "rows": [_row(update, queries.told(who, update, last), url) for update in last],
            "empty": say(NOTHING),
            "actions": self._buttons(record_id),
        }

    def _buttons(self, record_id: int) -> list[View]:
        """Only who may report pays for knowing who is involved."""
        if not can(actor(), Permission.RECORD_PROPOSE):
            return []
        return buttons(self.on, session().get_one(Record, record_id))


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


def table(kind: Kind, entity: Any, found: Sequence[Update]) -> View:
    """Everything that was reported of a record, the last first."""
    files, among = queries.files(found), queries.around(actor(), found)
    own, rows = _own(kind, entity, found), []
    for one in found:
        item = {**queries.told(actor(), one, among), "files": files[one.id]}
        rows.append({**_told(kind, entity, one, item), "actions": _steps(kind, entity, item, own)})
    return {
        "id": "reeks",
        "title": None,
        "caption": say(TITLE),
        "columns": [say(words) for words in COLUMNS],
        "rows": rows,
        "empty": say(NOTHING),
    }


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
    evidence += [_file(kind, entity, item["key"], row) for row in item["files"]]
    return {
        "cells": [
            cells.text(format_date(date.fromisoformat(item["day"]), "long")),
            cells.many(stand) or cells.text(""),
            cells.many(words) or cells.text(""),
            cells.many(evidence) or cells.text(""),
            cells.text(f"{by} ({item['by']})" if item.get("by") else by),
        ],
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


def _file(kind: Kind, entity: Any, key: str, row: Item) -> cells.Cell:
    at = {"reference": entity.reference, "key": key, "file": row["key"]}
    url = url_for(f"{kind.collection}.file", **at)
    return {"type": "link", "url": url, "label": f"{row['why']}: {row['name']}"}


def _own(kind: Kind, entity: Any, found: Sequence[Update]) -> set[str]:
    """The keys of the reports that the reader may correct."""
    who = actor()
    if not queries.may_report(who, kind, entity.record):
        return set()
    return {one.key for one in found if who.editorial or one.organisation_id in who.organisations}


def _steps(kind: Kind, entity: Any, item: Item, own: set[str]) -> list[View]:
    found, at = [], {"reference": entity.reference}
    if links.exists(name := f"{kind.collection}.files"):
        found.append(_button(t("Bestanden", "Files"), url_for(name, **at, key=item["key"])))
    if item["key"] in own and not item["replaced"]:
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
    return [_button(say(REPORT), form, tone="primary"), *_same(kind, record, same)]


def _same(kind: Kind, record: Record, url: str) -> Iterator[View]:
    """One click that nothing changed: per organisation, for who is of several."""
    label, own = t("Geen wijzigingen", "No change"), offered(kind, record)
    if len(own) < 2:
        yield _button(label, url, "post")
        return
    for reference, name in own.items():
        told = _button(f"{label} ({name})", url, "post")
        yield {**told, "fields": [("organisation", reference)]}


def offered(kind: Kind, record: Record) -> dict[str, str]:
    """The organisations from which the reader has to choose to report, by reference."""
    own = queries.reporters(actor(), kind, record)
    return queries.named(actor(), own) if len(own) > 1 else {}
