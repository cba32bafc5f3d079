"""Readiness of a plan as of the reference date: four queries, however long the plan is."""

from .. import clock
from ..access import Actor
from ..plan.models import Plan
from ..planning import queries as planning
from . import judging
from .judging import Readiness


def readiness(actor: Actor, plan: Plan) -> Readiness:
    """How ready the plan is, as far as `actor` sees it. Raises Forbidden outside the core group,
    and NotFound where the plan is not published."""
    planning.require_core(actor)
    content = planning.current(plan)
    own = {one["reference"] for one in content["milestones"]}
    waited = {
        row["milestone"]["reference"] for one in content["milestones"] for row in one["dependsOn"]
    }
    others = planning.milestones(sorted(waited - own))
    return judging.judge(content, {one["reference"]: one for one in others}, clock.as_of())
