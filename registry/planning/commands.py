"""Freezing the plan under a name, and adopting such a version."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from .. import clock, ledger
from ..access import Actor, Permission, require
from ..command import command
from ..db import session
from ..errors import Conflict, Invalid, Message, NotFound
from ..nesting import new_key
from ..plan.models import Plan
from ..schema import loaded
from ..words import Words
from . import queries
from .models import PlanAdoption, PlanVersion
from .schemas import AdoptionSchema, VersionSchema

TAKEN = Message(
    "There is a version of this name already.", "Er is al een versie met deze naam.", "duplicate"
)
EMPTY = Message(
    "The plan is empty: register its ambition, a measure or a milestone first.",
    "Het plan is leeg: leg eerst de ambitie, een maatregel of een mijlpaal vast.",
    "empty",
)
ADOPTED = Words("Deze versie is al vastgesteld.", "This version has been adopted already.")
SAID = ("ambition", "needs", "opportunities", "threats", "themes")


@command
def freeze(actor: Actor, plan: Plan, payload: Mapping[str, Any]) -> PlanVersion:
    """Keep the plan with its measures and milestones as they stand, under a name. Raises Invalid
    for an empty plan and for a name that was used."""
    require(actor, Permission.RECORD_PUBLISH, plan.record)
    name = loaded(VersionSchema(), payload)["name"]
    known = select(PlanVersion.id).where(PlanVersion.plan_id == plan.id, PlanVersion.name == name)
    if session().scalar(known) is not None:
        raise Invalid({"name": [TAKEN]})
    try:
        content = queries.current(plan)
    except NotFound as error:
        raise Invalid({"_schema": [queries.UNPUBLISHED]}) from error
    said = any(content["plan"][part] for part in SAID)
    if not (said or any(content[part] for part in queries.PARTS)):
        raise Invalid({"_schema": [EMPTY]})
    made = PlanVersion(
        key=new_key(), plan_id=plan.id, name=name, content=content, frozen_at=clock.now()
    )
    session().add(made)
    session().flush()
    _told(plan, "freeze", made, {"name": name})
    return made


@command
def adopt(
    actor: Actor, plan: Plan, version: PlanVersion, payload: Mapping[str, Any]
) -> PlanVersion:
    """Note that a version was adopted: from that day on the plan is followed by it."""
    require(actor, Permission.RECORD_PUBLISH, plan.record)
    day = loaded(AdoptionSchema(), payload).get("day") or clock.today()
    known = select(PlanAdoption.id).where(PlanAdoption.version_id == version.id)
    if session().scalar(known) is not None:
        raise Conflict(ADOPTED)
    session().add(PlanAdoption(version_id=version.id, day=day, noted_at=clock.now()))
    session().flush()
    session().refresh(version, ["adoption"])
    _told(plan, "adopt_plan", version, {"name": version.name, "day": day.isoformat()})
    return version


def _told(plan: Plan, action: str, version: PlanVersion, values: dict[str, Any]) -> None:
    """Tell in the book what was done with a version; the plan itself stays as it is."""
    ledger.say(
        session(), ledger.Statement(action, queries.VERSION, version.key, values, plan.record)
    )
