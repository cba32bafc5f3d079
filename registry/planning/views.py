"""The screens of versions of the plan, below its page."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import editing
from ..access import Permission, require
from ..errors import Conflict, Invalid
from ..forms import DictionaryForm
from ..plan.models import Plan
from ..plan.schemas import PLAN
from ..schema import BaseSchema
from ..web import actor, blueprint, lang, say, t
from . import commands, comparing, pages, queries
from .schemas import AdoptionSchema, VersionSchema

plans = blueprint(PLAN)
both = ["GET", "POST"]


@plans.get("/<reference>/versions")
def versions(reference: str) -> str:
    """The versions of a plan."""
    return render_template("admin/page.html", page=pages.index(_plan(reference), actor()))


@plans.route("/<reference>/versions/new", methods=both)
def freeze(reference: str) -> ResponseReturnValue:
    """Freeze the plan under a name."""
    plan = _plan(reference)
    require(actor(), Permission.RECORD_PUBLISH, plan.record)
    form = _Asked(VersionSchema(), t("Versie vastleggen", "Freeze a version"), plan)
    form.intro = t(
        "Het plan wordt met al zijn maatregelen en mijlpalen bewaard zoals het nu is.",
        "The plan is kept with all its measures and milestones as it is now.",
    )
    if request.method == "GET":
        return form.drawn()
    try:
        made = commands.freeze(actor(), plan, form.sent())
    except Invalid as refused:
        return form.refused(refused)
    flash(t(f"{made.name} is vastgelegd.", f"{made.name} has been frozen."), "ok")
    return redirect(url_for("plans.version", reference=reference, key=made.key))


@plans.get("/<reference>/versions/<key>")
def version(reference: str, key: str) -> str:
    """What a version holds."""
    plan = _plan(reference)
    page = pages.version(plan, queries.version(plan, key), actor())
    return render_template("admin/page.html", page=page)


@plans.route("/<reference>/versions/<key>/adoption", methods=both)
def adopt_version(reference: str, key: str) -> ResponseReturnValue:
    """Note that a version was adopted."""
    plan = _plan(reference)
    require(actor(), Permission.RECORD_PUBLISH, plan.record)
    found = queries.version(plan, key)
    title = t(f"Vaststellen: {found.name}", f"Adopt: {found.name}")
    form = _Asked(AdoptionSchema(), title, plan)
    form.intro = t(
        "Vanaf die dag wordt het plan met deze versie vergeleken.",
        "From that day on the plan is compared with this version.",
    )
    if request.method == "GET":
        return form.drawn()
    try:
        commands.adopt(actor(), plan, found, form.sent())
    except Invalid as refused:
        return form.refused(refused)
    except Conflict as refused:
        flash(say(refused.detail), "error")
    else:
        flash(t(f"{found.name} is vastgesteld.", f"{found.name} was adopted."), "ok")
    return redirect(url_for("plans.version", reference=reference, key=key))


@plans.get("/<reference>/comparison")
def comparison(reference: str) -> str:
    """Two versions, days, or now, beside each other: `since` and `until`."""
    plan = _plan(reference)
    since = request.args.get("sinceDay") or request.args.get("since") or _first(plan)
    until = request.args.get("untilDay") or request.args.get("until") or queries.NOW
    one, before = queries.named(plan, since, "since")
    other, after = queries.named(plan, until, "until")
    before, after = (queries.seen(actor(), content) for content in (before, after))
    told = {
        "found": comparing.compared(before, after),
        "left_out": max(before["leftOut"], after["leftOut"]),
    }
    page = pages.comparison(plan, since, until, (one, other), told)
    return render_template("plan_comparison.html", page=page)


def _first(plan: Plan) -> str:
    """What is compared with unless asked otherwise: what is followed, or else the last version."""
    followed = queries.followed(plan.id)
    if followed is not None:
        return followed.key
    known = queries.versions(plan)
    return known[0][0].key if known else queries.NOW


def _plan(reference: str) -> Plan:
    plan: Plan = editing.one(PLAN, actor(), reference)
    queries.require_core(actor())
    return plan


class _Asked:
    """A page that asks for one thing."""

    def __init__(self, schema: BaseSchema, title: str, plan: Plan) -> None:
        self.form = DictionaryForm(schema, actor(), lang())
        self.title, self.plan, self.intro = title, plan, ""

    def sent(self) -> Any:
        """What was posted, as a payload."""
        self.form.take(list(request.form.items(multi=True)))
        return self.form.payload()

    def refused(self, refused: Invalid) -> ResponseReturnValue:
        """The page once more, with why."""
        self.form.refuse(refused)
        return self.drawn(), refused.status

    def drawn(self) -> str:
        """The page."""
        page: dict[str, Any] = {
            **pages.page(self.plan, self.title, [], inside=True),
            "intro": self.intro,
            "submit_label": t("Vastleggen", "Record"),
            "cancel_url": url_for("plans.versions", reference=self.plan.reference),
            **self.form.drawn(),
        }
        return render_template("form.html", page=page)
