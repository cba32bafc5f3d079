"""Readiness on the page of the plan, with every reason and where to mend it."""

from typing import Any

from flask import render_template, url_for
from flask_babel import format_date

from .. import editing, vocabulary
from ..access import View
from ..db import session
from ..errors import NotFound
from ..plan.models import Plan
from ..plan.schemas import PLAN
from ..planning import pages
from ..planning import queries as planning
from ..web import View as Told
from ..web import actor, blueprint, cells, links, panel, say, t
from ..web.tones import tone
from . import queries
from .judging import Readiness, Reason
from .texts import sentence

MOST = 8
plans = blueprint(PLAN)


@plans.get("/<reference>/readiness")
def readiness(reference: str) -> str:
    """How ready the plan is, with every reason."""
    plan: Plan = editing.one(PLAN, actor(), reference)
    found = queries.readiness(actor(), plan)
    title = t("Gereedheid van het plan", "Readiness of the plan")
    columns = [t("Reden", "Reason"), t("Gegeven", "Record")]
    rows = [{"cells": [cells.text(say(sentence(one))), _of(plan, one)]} for one in found.reasons]
    empty = t("Er is niets dat het plan in de weg staat.", "Nothing stands in the way of the plan.")
    heading = f"{_title(found).capitalize()} ({len(found.reasons)})"
    group = pages.table("redenen", heading, columns, rows, empty)
    day = format_date(found.day, "long")
    intro = t(
        f"Stand op {day}, berekend uit de mijlpalen van het plan.",
        f"As of {day}, computed from the milestones of the plan.",
    )
    page = {**pages.page(plan, title, [group]), "intro": intro}
    return render_template("admin/page.html", page=page)


def _of(plan: Plan, reason: Reason) -> Told:
    item = reason.of
    reference = item["reference"] if item else plan.reference
    return {"type": "link", "url": links.of_reference(reference), "label": reference}


def _title(found: Readiness) -> str:
    return say(vocabulary.label("plan-readiness", found.level))


class Panel:
    """How ready the plan is, for the core group."""

    on = PLAN

    def view(self, record_id: int, reference: str) -> Told | None:
        """The box; none where the plan is still a draft."""
        if actor().view < View.CORE_GROUP:
            return None
        plan: Any = session().get(Plan, record_id) or planning.plan(actor(), reference)
        try:
            found = queries.readiness(actor(), plan)
        except NotFound:
            return None
        return {
            "title": t("Gereedheid", "Readiness"),
            "count": len(found.reasons),
            "all_url": url_for("plans.readiness", reference=reference),
            "rows": [_standing(reference, found), *map(self._row, found.reasons[:MOST])],
            "empty": None,
        }

    @staticmethod
    def _row(reason: Reason) -> Told:
        url = links.of_reference(reason.of["reference"]) if reason.of else "#main"
        return {"url": url, "title": say(sentence(reason)), "meta": "", "badges": []}


def _standing(reference: str, found: Readiness) -> Told:
    mark = {
        "type": "badge",
        "label": _title(found),
        "tone": tone("plan-readiness", found.level) or "neutral",
    }
    title = t(f"Op {format_date(found.day, 'long')}", f"On {format_date(found.day, 'long')}")
    url = url_for("plans.readiness", reference=reference)
    return {"url": url, "title": title, "meta": "", "badges": [mark]}


panel(Panel())
