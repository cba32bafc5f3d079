"""What the screens of versions show."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, format_datetime

from ..access import Actor, Permission, can
from ..kind import Kind
from ..plan.models import Plan
from ..plan.schemas import MEASURE, MILESTONE, PLAN
from ..web import View as Told
from ..web import cells, counted, lang, links, say, t
from ..words import Words
from . import comparing, queries
from .comparing import Difference
from .models import PlanVersion

VERSIONS = Words("Planversies", "Plan versions")
CHANGES = {
    comparing.ADDED: (Words("toegevoegd", "added"), "success"),
    comparing.DROPPED: (Words("vervallen", "dropped"), "neutral"),
    comparing.MOVED: (Words("verschoven", "moved"), "warning"),
    comparing.CHANGED: (Words("gewijzigd", "changed"), "info"),
}
SHOWN = {MEASURE: ("theme", "due", "status"), MILESTONE: ("theme", "owner", "due", "state")}


def index(plan: Plan, who: Actor) -> Told:
    """The versions of a plan."""
    rows = [_row(plan, version, name) for version, name in queries.versions(plan)]
    columns = [t("Versie", "Version"), t("Vastgelegd", "Frozen"), t("Vastgesteld", "Adopted")]
    empty = t("Er is nog geen versie vastgelegd.", "No version has been frozen yet.")
    steps = [
        _link(t("Versies vergelijken", "Compare versions"), "comparison", plan),
        *freezing(plan, who),
    ]
    intro = t(
        "Een versie is het plan met zijn maatregelen en mijlpalen zoals de kerngroep die toen zag. "
        "Niemand kan een versie nog wijzigen.",
        "A version is the plan with its measures and milestones as the core group saw them then. "
        "Nobody can change a version any more.",
    )
    group = {**table("versies", say(VERSIONS), columns, rows, empty), "actions": steps}
    return {**page(plan, say(VERSIONS), [group]), "intro": intro}


def freezing(plan: Plan, who: Actor) -> list[Told]:
    """The button that freezes the plan, for who may."""
    if not can(who, Permission.RECORD_PUBLISH, plan.record):
        return []
    return [_link(t("Versie vastleggen", "Freeze a version"), "freeze", plan, tone="primary")]


def _row(plan: Plan, version: PlanVersion, name: str | None) -> Told:
    url = url_for("plans.version", reference=plan.reference, key=version.key)
    moment = format_datetime(version.frozen_at, "d MMMM y HH:mm")
    return {
        "cells": [
            {"type": "link", "url": url, "label": version.name},
            cells.text(t(f"{moment}, door {name}", f"{moment}, by {name}") if name else moment),
            cells.text(_adopted(version)),
        ]
    }


def _adopted(version: PlanVersion) -> str:
    return format_date(version.adoption.day, "long") if version.adoption else ""


def version(plan: Plan, found: PlanVersion, who: Actor) -> Told:
    """What a version holds."""
    content = queries.seen(who, found.content)
    groups = [_whole(content["plan"])]
    groups += [_part(kind, content[part]) for part, kind in queries.PARTS.items()]
    steps = [_link(t("Vergelijk met nu", "Compare with now"), "comparison", plan, since=found.key)]
    if links.exists("plans.document"):
        label = t("Als document", "As a document")
        steps.append(_link(label, "document", plan, version=found.key))
    if can(who, Permission.RECORD_PUBLISH, plan.record) and found.adoption is None:
        label = t("Als vastgesteld aanmerken", "Mark as adopted")
        url = url_for("plans.adopt_version", reference=plan.reference, key=found.key)
        steps.append({"label": label, "url": url, "tone": "primary"})
    groups[0]["actions"] = steps
    told = _since(found) + _left_out(content["leftOut"])
    return {**page(plan, found.name, groups, inside=True), "intro": told}


def _since(found: PlanVersion) -> str:
    moment = format_datetime(found.frozen_at, "d MMMM y HH:mm")
    told = t(f"Vastgelegd op {moment}.", f"Frozen on {moment}.")
    if found.adoption is None:
        return told
    day = _adopted(found)
    return f"{told} {t(f'Vastgestelde planversie sinds {day}.', f'Adopted version since {day}.')}"


def _left_out(count: int) -> str:
    if not count:
        return ""
    things = counted(count, Words("gegeven", "record"), Words("gegevens", "records"))
    return " " + t(f"{things} die u niet mag zien ontbreken.", f"Without {things} hidden from you.")


def _whole(item: queries.Item) -> Told:
    fields = [
        (field, cells.cell(field, item.get(str(field.data_key)), item))
        for name, field in PLAN.dictionary.described().items()
        if name not in ("sources", "title_en", "reported_on", "actuality")
    ]
    rows = [{"cells": [cells.text(say(f.about.words)), made]} for f, made in fields if made]
    title = t("Het plan", "The plan")
    return table("plan", title, [t("Gegeven", "Field"), t("Inhoud", "Content")], rows, "")


def _part(kind: Kind, items: Sequence[queries.Item]) -> Told:
    schema = kind.dictionary.described()
    columns = [say(kind.words), *(say(schema[name].about.words) for name in SHOWN[kind])]
    rows = [
        {
            "cells": [
                _named(kind, item),
                *(_cell(kind, name, item) for name in SHOWN[kind]),
            ]
        }
        for item in items
    ]
    return table(kind.collection, say(kind.plural), columns, rows, "")


def _cell(kind: Kind, name: str, item: queries.Item) -> Told:
    field = kind.dictionary.described()[name]
    return cells.cell(field, item.get(str(field.data_key)), item) or cells.text("–")


def _named(kind: Kind, item: queries.Item) -> Told:
    url = links.of_record(kind, item["reference"])
    return {"type": "link", "url": url, "label": kind.title(item, lang())}


# --- comparing ----------------------------------------------------------------------------


def comparison(plan: Plan, since: str, until: str, names: tuple[str, str], told: Told) -> Told:
    """What differs between two contents. `told`: {found, left_out}."""
    found: list[Difference] = told["found"]
    columns = [t("Wat", "What"), t("Gegeven", "Record"), t("Verschil", "Difference")]
    empty = t("Er is geen verschil.", "There is no difference.")
    first, last = (_name(name) for name in names)
    title = t(f"Verschil met {first}", f"Difference with {first}")
    group = table("verschil", title, columns, [_difference(one) for one in found], empty)
    group["intro"] = summed_up(found) + _left_out(told["left_out"])
    chooser = {"since": since, "until": until, "options": _options(plan)}
    heading = t(f"{first} naast {last}", f"{first} beside {last}")
    return {**page(plan, heading, [group], inside=True), "chooser": chooser}


def _name(name: str) -> str:
    if name == queries.NOW:
        return t("nu", "now")
    try:
        return str(format_date(date.fromisoformat(name), "long"))
    except ValueError:
        return name


def _options(plan: Plan) -> list[Told]:
    found = [{"value": v.key, "label": v.name} for v, _ in queries.versions(plan)]
    return [*found, {"value": queries.NOW, "label": t("nu", "now")}]


def summed_up(found: Sequence[Difference]) -> str:
    """How much of what there is, in one line."""
    told = []
    for change, (words, _) in CHANGES.items():
        count = sum(one.change == change for one in found)
        if count:
            told.append(f"{count} {say(words)}")
    return ", ".join(told)


def _difference(one: Difference) -> Told:
    words, tone = CHANGES[one.change]
    return {
        "cells": [
            {"type": "badge", "label": say(words), "tone": tone},
            cells.many([_named(one.kind, one.item), cells.text(say(one.kind.words))]),
            cells.many([*_told(one)]) or cells.text(""),
        ]
    }


def _told(one: Difference) -> list[Told | None]:
    made: list[Told | None] = [cells.text(_days(one.days))] if one.days else []
    described = {str(f.data_key): f for f in one.kind.dictionary.described().values()}
    for name in one.fields:
        field = described[name]
        values = (
            cells.plain(cells.cell(field, (item or {}).get(name), item or {})) or "–"
            for item in (one.before, one.after)
        )
        before, after = (shortened(value) for value in values)
        # Of rows only what names them is on one line: what else they say may differ.
        told = t("gewijzigd", "changed") if before == after else f"{before} → {after}"
        made.append(cells.text(f"{say(field.about.words)}: {told}"))
    return made


def shortened(text: str) -> str:
    """A long text, as far as a table can hold it."""
    return text if len(text) <= 160 else f"{text[:150]} …"


def _days(days: int) -> str:
    count = counted(abs(days), Words("dag", "day"), Words("dagen", "days"))
    return (
        t(f"{count} later", f"{count} later")
        if days > 0
        else t(f"{count} eerder", f"{count} earlier")
    )


# --- parts ----------------------------------------------------------------------------------


def page(plan: Plan, title: str, groups: list[Told], *, inside: bool = False) -> Told:
    """A page below the plan's."""
    way = [
        {"label": t("Begin", "Home"), "url": links.home()},
        {"label": plan.reference, "url": links.of_record(PLAN, plan.reference)},
    ]
    if inside:
        url = url_for("plans.versions", reference=plan.reference)
        way.append({"label": say(VERSIONS), "url": url})
    return {
        "title": title,
        "breadcrumb": [*way, {"label": title, "url": None}],
        "groups": groups,
    }


def table(id_: str, title: str, columns: list[str], rows: list[Told], empty: str) -> Told:
    """A part of a page: a heading with a table."""
    made = {
        "id": f"tabel-{id_}",
        "title": None,
        "caption": title,
        "columns": columns,
        "rows": rows,
        "empty": empty or t("Niets.", "Nothing."),
    }
    return {"id": id_, "title": title, "intro": None, "table": made, "form": None}


def _link(label: str, verb: str, plan: Plan, *, tone: str = "secondary", **asked: Any) -> Told:
    url = url_for(f"plans.{verb}", reference=plan.reference, **asked)
    return {"label": label, "url": url, "tone": tone}
