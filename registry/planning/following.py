"""The box on the page of the plan: its versions, and what deviates from the adopted one."""

from typing import Any

from flask import url_for
from flask_babel import format_date

from .. import clock
from ..access import Actor, View
from ..plan.models import Plan
from ..plan.schemas import PLAN
from ..record import State
from ..web import View as Told
from ..web import actor, panel, say, t
from . import comparing, pages, queries
from .models import PlanVersion


class Panel:
    """The version that the plan is followed by, with what deviates from it."""

    on = PLAN

    def view(self, _record_id: int, reference: str) -> Told | None:
        """The box; for the core group only."""
        who = actor()
        if who.view < View.CORE_GROUP:
            return None
        plan: Any = queries.plan(who, reference)
        found = queries.versions(plan)
        rows = [self._row(plan, version) for version, _ in found]
        steps = pages.freezing(plan, who)
        empty = t("Er is nog geen versie vastgelegd.", "No version has been frozen yet.")
        url = url_for("plans.versions", reference=reference)
        return {
            "title": say(pages.VERSIONS),
            "count": len(rows),
            "all_url": url,
            "rows": [*self._deviation(plan, who), *rows],
            "empty": empty,
            "actions": steps,
        }

    @staticmethod
    def _row(plan: Plan, version: PlanVersion) -> Told:
        url = url_for("plans.version", reference=plan.reference, key=version.key)
        day = format_date(clock.day_of(version.frozen_at), "long")
        mark = {"type": "badge", "label": t("vastgesteld", "adopted"), "tone": "success"}
        badges = [mark] if version.adoption else []
        return {"url": url, "title": version.name, "meta": day, "badges": badges}

    @staticmethod
    def _deviation(plan: Plan, who: Actor) -> list[Told]:
        followed = queries.followed(plan.id)
        if followed is None or plan.record.state != State.PUBLISHED:
            return []
        before, after = (queries.seen(who, c) for c in (followed.content, queries.current(plan)))
        told = pages.summed_up(comparing.compared(before, after))
        url = url_for("plans.comparison", reference=plan.reference, since=followed.key)
        title = t(
            f"Afwijking van de vastgestelde planversie “{followed.name}”",
            f"Deviation from the adopted version “{followed.name}”",
        )
        return [{"url": url, "title": title, "meta": told or t("geen", "none"), "badges": []}]


panel(Panel())
