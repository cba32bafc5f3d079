"""The plan as a document: the whole of it, then theme by theme, on a page and as a file."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_datetime

from .. import clock, editing
from ..access import Actor
from ..kind import Kind
from ..papers import Fact, Link, Paper
from ..plan.models import Plan
from ..plan.schemas import MEASURE, MILESTONE, PLAN
from ..planning import pages
from ..planning import queries as planning
from ..planning.queries import Content, Item
from ..screens.fetching import fetch
from ..web import View as Told
from ..web import actor, blueprint, cells, counted, lang, links, panel, say, t
from ..web import paper as onpaper
from ..words import Words

TEXTS = ("lead", "due", "description", "ambition", "needs", "opportunities", "threats")
COLUMNS = {
    MEASURE: ("causes", "groups", "parties", "means", "due", "status"),
    MILESTONE: ("owner", "owner_words", "due", "state", "depends_on"),
}
WHOLE = Words("Het plan als geheel", "The plan as a whole")
plans = blueprint(PLAN)


class Reading(NamedTuple):
    """A plan that is read: what is in it, of when that is, and in words."""

    plan: Plan
    content: Content
    moment: datetime
    told: str


@plans.get("/<reference>/document")
def document(reference: str) -> ResponseReturnValue:
    """The plan as it is now, or with `version` as it was frozen; with `format` as a file."""
    key = request.args.get("version", "")
    format_ = onpaper.asked()
    plan: Plan = editing.one(PLAN, actor(), reference)
    reading = read(actor(), plan, key)
    if format_:
        return onpaper.sent(paper(reading), format_, file_name(reading))
    page = pages.page(plan, t("Document", "Document"), [])
    here = url_for("plans.document", reference=reference, version=key or None)
    page |= {
        "title": PLAN.title(reading.content["plan"], lang()),
        "told": reading.told,
        "actions": onpaper.choices(here),
        "sections": list(_sections(reading.content)),
    }
    return render_template("plan_document.html", page=page)


def read(who: Actor, plan: Plan, key: str) -> Reading:
    """The plan as `who` sees it: now, or in the version with this key. Raises NotFound."""
    return _frozen(who, plan, key) if key else _now(who, plan)


def paper(reading: Reading) -> Paper:
    """The plan on paper, in the language of this request."""
    item = reading.content["plan"]
    url = onpaper.absolute(links.of_record(PLAN, reading.plan.reference))
    facts: list[Fact] = [(t("Kenmerk", "Reference"), [Link(reading.plan.reference, url)])]
    if count := reading.content.get("leftOut", 0):
        things = counted(count, Words("gegeven", "record"), Words("gegevens", "records"))
        hidden = t(f"{things} die u niet mag zien", f"{things} hidden from you")
        facts.append((t("Weggelaten", "Left out"), hidden))
    return Paper(
        PLAN.title(item, lang()),
        onpaper.language(),
        reading.moment,
        [*onpaper.blocks(_sections(reading.content))],
        subtitle=reading.told,
        facts=facts,
    )


def file_name(reading: Reading) -> str:
    """What the file is called, without its extension."""
    return f"{reading.plan.reference}-{clock.day_of(reading.moment):%Y-%m-%d}"


def _now(who: Actor, plan: Plan) -> Reading:
    _, item = fetch(PLAN, who, plan.reference)
    day = format_date(clock.as_of(), "long")
    content = {"plan": item, **planning.parts(plan.id, who)}
    moment = clock.beginning(clock.as_of())
    return Reading(plan, content, moment, t(f"Stand op {day}.", f"As of {day}."))


def _frozen(who: Actor, plan: Plan, key: str) -> Reading:
    planning.require_core(who)
    found = planning.version(plan, key)
    moment = format_datetime(found.frozen_at, "d MMMM y HH:mm")
    told = t(
        f"Versie “{found.name}”, vastgelegd op {moment}.",
        f"Version “{found.name}”, frozen on {moment}.",
    )
    return Reading(plan, planning.seen(who, found.content), found.frozen_at, told)


def _sections(content: Content) -> Iterator[Told]:
    """The whole first; then each theme of the plan, and every other that something is under."""
    plan = content["plan"]
    rows: dict[str | None, Item] = {row["theme"]["reference"]: row for row in plan["themes"]}
    for kind in COLUMNS:
        for one in content[kind.collection]:
            if one["theme"]:
                rows.setdefault(one["theme"]["reference"], {"theme": one["theme"]})
    yield _section("geheel", say(WHOLE), PLAN.dictionary, plan, _under(content, None))
    schema = PLAN.dictionary.described()["themes"].schema  # type: ignore[attr-defined]
    for number, (reference, row) in enumerate(rows.items(), 1):
        name = (row["theme"].get("nameEn") if lang() == "en" else None) or row["theme"]["name"]
        yield _section(f"thema-{number}", name, schema, row, _under(content, reference))


def _under(content: Content, theme: str | None) -> dict[Kind, list[Item]]:
    return {
        kind: [
            one
            for one in content[kind.collection]
            if (one["theme"] or {}).get("reference") == theme
        ]
        for kind in COLUMNS
    }


def _section(id_: str, title: str, schema: Any, item: Item, under: dict[Kind, list[Item]]) -> Told:
    described = schema.described()
    made = (
        (described[name], cells.described(schema, item, name))
        for name in TEXTS
        if name in described and item.get(str(described[name].data_key))
    )
    fields: list[Told] = [
        {"label": say(field.about.words), "hint": None, "cell": cell, "notes": []}
        for field, cell in made
        if cell
    ]
    tables = [_table(id_, title, kind, items) for kind, items in under.items() if items]
    empty = "" if fields or tables else t("Nog niets vastgelegd.", "Nothing registered yet.")
    return {"id": id_, "title": title, "fields": fields, "tables": tables, "empty": empty}


def _table(id_: str, title: str, kind: Kind, items: Sequence[Item]) -> Told:
    described = kind.dictionary.described()
    names = [
        name
        for name in COLUMNS[kind]
        if any(one.get(str(described[name].data_key)) for one in items)
    ]
    rows = [
        {
            "cells": [
                cells.text(kind.title(one, lang())),
                *(cells.described(kind.dictionary, one, n) or cells.text("–") for n in names),
            ]
        }
        for one in items
    ]
    columns = [say(kind.words), *(say(described[name].about.words) for name in names)]
    made: Told = pages.table(f"{id_}-{kind.collection}", "", columns, rows, "")["table"]
    caption = f"{title}: {counted(len(items), lowered(kind.words), lowered(kind.plural))}"
    return {**made, "title": say(kind.plural), "caption": caption}


def lowered(words: Words) -> Words:
    """Words in the middle of a sentence."""
    return Words(words.nl.lower(), words.en.lower())


class Panel:
    """The way to the document, for everybody who sees the plan."""

    on = PLAN

    def view(self, _record_id: int, reference: str) -> Told | None:
        """The box."""
        url = url_for("plans.document", reference=reference)
        title = t("Het plan om te lezen en af te drukken", "The plan to read and to print")
        row = {"url": url, "title": title, "meta": "", "badges": []}
        return {"title": t("Document", "Document"), "rows": [row], "all_url": None, "empty": None}


panel(Panel())
