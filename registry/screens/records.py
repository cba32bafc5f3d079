"""The page of one record: its facts by the dictionary, where they come from, what points at it."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_datetime

from .. import clock, moved
from ..access import acting
from ..errors import Gone, Invalid, Message, NotFound
from ..fields import Code, Computed, Described, Flag, Rows
from ..kind import Kind
from ..record import Record
from ..web import cells, links
from ..web.book import Item, Screens, View, book
from ..web.language import lang, say, t
from ..web.shell import actor
from ..web.tones import tone
from ..words import Words
from . import actions
from .evidence import Evidence
from .fetching import fetch, of_letters
from .lists import workflow_badges

SECTIONS = {
    "main": Words("Gegevens", "Facts"),
    "classification": Words("Indeling", "Classification"),
}
APART = ("sources", "passages")
UNTABLED = ("key", "currency")  # the currency stands with its amount
NOT_STATED = Words("Staat niet in de brieven.", "Not stated in the letters.")
NO_MOMENT = Message(
    "Give a day, or a moment with its offset, such as 2021-01-11T09:00:00Z.",
    "Geef een dag, of een moment met tijdzone, zoals 2021-01-11T09:00:00Z.",
    "wrong_type",
)
NO_HISTORY = Message(
    "The history is not kept here.", "De geschiedenis wordt hier niet bijgehouden.", "absent"
)


def show(kind: Kind, reference: str) -> ResponseReturnValue:
    """The page of the record with this reference; 410 where it was removed. Raises NotFound."""
    entered = book.of(kind)
    moment = _known_at()
    try:
        record, item = (
            fetch(kind, actor(), reference) if moment is None else _then(kind, reference, moment)
        )
    except NotFound:
        if moment is not None or book.memory is None:
            raise
        if (target := moved.target(kind, actor(), reference)) is not None:
            return redirect(links.of_record(kind, target), 301)
        return book.memory.removed(kind, actor(), reference), Gone.status
    page = view(entered, record, item, moment)
    if entered.more is not None:
        page |= entered.more(item)
    return render_template(entered.template, page=page)


def _known_at() -> datetime | None:
    given = request.args.get("knownAt", "").strip()
    if not given:
        return None
    try:
        if len(given) <= len("2021-01-11"):
            return datetime.combine(clock.day(given), time.max, UTC)
        return clock.moment(given)
    except ValueError as error:
        raise Invalid({"knownAt": [NO_MOMENT]}) from error


def _then(kind: Kind, reference: str, moment: datetime) -> tuple[Record, Item]:
    if book.memory is None:
        raise Invalid({"knownAt": [NO_HISTORY]})
    found: tuple[Record, Item] = book.memory.known_at(kind, acting(), reference, moment)
    return found


def view(entered: Screens, record: Record, item: Item, moment: datetime | None) -> View:
    """All that the page shows."""
    kind, who = entered.kind, actor()
    evidence = Evidence(kind.dictionary, item)
    then = moment is not None
    return {
        "kicker": say(kind.words),
        "reference": item["reference"],
        "title": kind.title(item, lang()),
        "subtitle": _subtitle(kind, item),
        "badges": badges(kind, item),
        "lead": item.get("summary"),
        "notices": _notices(entered, item, moment) + ([] if then else _standing(record)),
        "actions": [] if then else actions.actions(kind, who, record),
        "sections": sections(kind, item, evidence, letters=of_letters(record)),
        "panels": [] if then else _panels(entered, record),
        "sources": evidence.sources,
        "history": []
        if then or book.memory is None
        else book.memory.recent(kind, who, record, item),
        "history_url": _history_url(kind, item["reference"]),
        "api_url": links.of_api(kind.collection, item["reference"]),
        "as_of_text": _as_of(moment),
        "keeper": _keeper(item),
        "breadcrumb": breadcrumb(kind, item),
    }


def _keeper(item: Item) -> View:
    """Who keeps the record: an organisation with its page, or the secretariat."""
    kept = item["keeper"]
    return {
        "label": t("Beheerd door", "Kept by"),
        "name": kept["name"] if kept else t("het secretariaat", "the secretariat"),
        "url": links.of_reference(kept["reference"]) if kept else None,
    }


def breadcrumb(kind: Kind, item: Item) -> list[dict[str, str | None]]:
    """The way to this record."""
    return [
        {"label": t("Begin", "Home"), "url": links.home()},
        {"label": say(kind.plural), "url": links.of_list(kind)},
        {"label": item["reference"], "url": None},
    ]


def _history_url(kind: Kind, reference: str) -> str | None:
    endpoint = f"{kind.collection}.history"
    return url_for(endpoint, reference=reference) if links.exists(endpoint) else None


def _as_of(moment: datetime | None) -> str:
    if moment is not None:
        shown = format_datetime(min(moment, clock.now()), "d MMMM y HH:mm")
        return t(f"Zoals geregistreerd op {shown}.", f"As registered on {shown}.")
    day = format_date(clock.as_of(), "long")
    return t(f"Stand op {day}.", f"As of {day}.")


def _subtitle(kind: Kind, item: Item) -> str | None:
    english = item.get(f"{kind.title_field}En")
    return item[kind.title_field] if english and lang() == "en" else english


def badges(kind: Kind, item: Item) -> list[View]:
    """How the record stands: its codes that are states, its flags, its workflow."""
    found = []
    for name, field in kind.dictionary.described().items():
        value = item.get(field.data_key or name)
        like = field.like if isinstance(field, Computed) else field
        if isinstance(like, Flag) and value:
            label = say(field.about.words)
            found.append({"type": "badge", "label": label, "tone": "neutral"})
        elif isinstance(like, Code) and value and tone(like.of, value):
            made = cells.cell(field, value, item)
            found += [made] if made else []
    return found + workflow_badges(item)


def _notices(entered: Screens, item: Item, moment: datetime | None) -> list[View]:
    if moment is not None:
        text = t(
            " Titels van andere gegevens zijn die van nu.",
            " Titles of other records are those of today.",
        )
        return [{"tone": "info", "text": _as_of(moment) + text}]
    found = [notice for told in entered.notices for notice in told(item)]
    if item["workflow"] == "draft":
        text = t(
            "Dit is een concept: alleen de maker, de beherende organisatie en het "
            "secretariaat zien het.",
            "This is a draft: only its maker, its keeper and the secretariat see it.",
        )
        found.append({"tone": "warning", "text": text})
    if item["workflow"] == "archived":
        text = t("Gearchiveerd. Dit blijft vindbaar.", "Archived. It can still be found.")
        found.append({"tone": "info", "text": text})
    return found


def _standing(record: Record) -> list[View]:
    """What waits to be judged, for who has to do with it."""
    return [notice for told in book.standing for notice in told(actor(), record)]


def _panels(entered: Screens, record: Record) -> list[View]:
    found = [panel.view(record.id, record.reference) for panel in entered.panels]
    return [made for made in found if made is not None]


# --- the facts ----------------------------------------------------------------------------


def sections(kind: Kind, item: Item, evidence: Evidence, *, letters: bool) -> list[View]:
    """The fields by section. `letters`: what is empty is not stated in the letters."""
    found: dict[str, View] = {}
    schema = kind.dictionary
    for name, field in schema.described().items():
        if field.about.section in APART or name in _told(kind) or field.about.view > actor().view:
            continue
        title = say(SECTIONS[field.about.section])
        made = found.setdefault(
            field.about.section,
            {"id": field.about.section, "title": title, "fields": [], "tables": []},
        )
        value = item.get(field.data_key or name)
        if isinstance(field, Rows):
            made["tables"] += [table(field, name, value, evidence)] if value else []
        else:
            made["fields"] += _field(field, name, item, evidence, letters)
    return [made for made in found.values() if made["fields"] or made["tables"]]


def _told(kind: Kind) -> set[str]:
    """What the head of the page tells already."""
    return {"summary", f"{kind.title_field}_en"}


def _field(field: Described, name: str, item: Item, evidence: Evidence, letters: Any) -> list[View]:
    key = str(field.data_key or name)
    made = cells.cell(field, item.get(key), item)
    if isinstance(field, Flag) and not item.get(key):
        return []
    if made is None and not (field.about.fact and letters):
        return []
    empty = {"type": "empty", "text": say(NOT_STATED)}
    return [
        {
            "label": say(field.about.words),
            "hint": None,
            "cell": made or empty,
            "notes": evidence.of(key),
        }
    ]


def table(field: Rows, name: str, rows: list[Item], evidence: Evidence) -> View:
    """A nested list: only the columns in which some row says something."""
    key = str(field.data_key or name)
    columns = list(_columns(field, rows))
    return {
        "id": key,
        "title": say(field.about.words),
        "columns": [label for label, _ in columns],
        "rows": [
            {
                "cells": [made[index] or cells.text("") for _, made in columns],
                "notes": evidence.of(key, row.get("key")) + evidence.of(key),
            }
            for index, row in enumerate(rows)
        ],
        "empty": None,
    }


def _columns(field: Rows, rows: list[Item]) -> Iterator[tuple[str, list[cells.Cell | None]]]:
    """The label and cells of each column in which some row says something."""
    first = cells.natural(field.schema)
    inner = [f for n, f in field.schema.described().items() if n not in UNTABLED]
    for column in sorted(inner, key=lambda f: str(f.data_key) not in first):
        if column.about.view <= actor().view:
            values = [row.get(str(column.data_key)) for row in rows]
            made = [
                None if value is False else cells.cell(column, value, row)
                for value, row in zip(values, rows, strict=True)
            ]
            if any(made):
                yield say(column.about.words), made
