"""The plan as a document: the whole of it, then theme by theme, to read and to print."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import render_template, request, url_for
from flask_babel import format_date, format_datetime

from .. import clock, editing
from ..kind import Kind
from ..plan.models import Plan
from ..plan.schemas import MEASURE, MILESTONE, PLAN
from ..planning import pages
from ..planning import queries as planning
from ..planning.queries import Content, Item
from ..screens.records import fetch
from ..web import View as Told
from ..web import actor, blueprint, cells, lang, panel, say, t
from ..words import Words

TEXTS = ("lead", "due", "description", "ambition", "needs", "opportunities", "threats")
COLUMNS = {
    MEASURE: ("causes", "groups", "parties", "means", "due", "status"),
    MILESTONE: ("owner", "owner_words", "due", "state", "depends_on"),
}
WHOLE = Words("Het plan als geheel", "The plan as a whole")
plans = blueprint(PLAN)


@plans.get("/<reference>/document")
def document(reference: str) -> str:
    """The plan as it is now, or with `version` as it was frozen."""
    key = request.args.get("version", "")
    plan: Plan = editing.one(PLAN, actor(), reference)
    content, told = _frozen(plan, key) if key else _now(plan)
    title = PLAN.title(content["plan"], lang())
    page = pages.page(plan, t("Document", "Document"), [])
    page |= {"title": title, "told": told, "sections": list(_sections(content))}
    return render_template("plan_document.html", page=page)


def _now(plan: Plan) -> tuple[Content, str]:
    _, item = fetch(PLAN, actor(), plan.reference)
    day = format_date(clock.as_of(), "long")
    content = {"plan": item, **planning.parts(plan.id, actor())}
    return content, t(f"Stand op {day}.", f"As of {day}.")


def _frozen(plan: Plan, key: str) -> tuple[Content, str]:
    planning.require_core(actor())
    found = planning.version(plan, key)
    moment = format_datetime(found.frozen_at, "d MMMM y HH:mm")
    told = t(
        f"Versie “{found.name}”, vastgelegd op {moment}.",
        f"Version “{found.name}”, frozen on {moment}.",
    )
    return planning.seen(actor(), found.content), told


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
    tables = [_table(id_, kind, items) for kind, items in under.items() if items]
    empty = "" if fields or tables else t("Nog niets vastgelegd.", "Nothing registered yet.")
    return {"id": id_, "title": title, "fields": fields, "tables": tables, "empty": empty}


def _table(id_: str, kind: Kind, items: Sequence[Item]) -> Told:
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
    return {**made, "title": say(kind.plural), "caption": None}


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
