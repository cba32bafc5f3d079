"""What a plan holds: now, in a version, or as it was registered on a day; and its versions."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer

from .. import clock
from ..access import Actor, Role, View, acting_as, visible_to
from ..db import session
from ..errors import Forbidden, Invalid, Message, NotFound, NotSignedIn
from ..kind import Kind
from ..ledger import Change
from ..past import replay
from ..plan.models import Plan
from ..plan.schemas import MEASURE, MILESTONE, PLAN
from ..projection import project
from ..record import Record, State
from .models import PlanAdoption, PlanVersion

Item = dict[str, Any]
Content = dict[str, Any]
CORE = Actor(roles=frozenset({Role.MEMBER}))
"""For whom a version is written out: any member of the core group."""
VERSION = "version"
"""What the book calls a frozen version of a plan."""
PARTS: Mapping[str, Kind] = {"measures": MEASURE, "milestones": MILESTONE}
NOW = "now"
NO_SUCH = Message(
    "Give the key of a version, a day as YYYY-MM-DD, or now.",
    "Geef de sleutel van een versie, een dag als JJJJ-MM-DD, of now.",
    "unknown_reference",
)
UNPUBLISHED = Message(
    "The core group does not see this plan yet: publish it first.",
    "De kerngroep ziet dit plan nog niet: publiceer het eerst.",
    "unpublished",
)
TOO_EARLY = Message(
    "The plan was not registered yet on this day.",
    "Het plan was op deze dag nog niet vastgelegd.",
    "too_early",
)


def require_core(actor: Actor) -> None:
    """Versions and judgements of the plan are for the core group. Raises for others."""
    if actor.view < View.CORE_GROUP:
        raise Forbidden if actor.signed_in else NotSignedIn


def plan(actor: Actor, reference: str) -> Plan:
    """The plan with this reference. Raises NotFound."""
    query = select(Plan).join(Record, Record.id == Plan.id)
    found = session().scalar(query.where(Record.reference == reference, visible_to(actor)))
    if found is None:
        raise NotFound
    return found


def current(plan: Plan) -> Content:
    """What is in the plan now, by three queries. Raises NotFound where it is no plan of the core
    group yet."""
    own = next(_projected(PLAN, Record.id == plan.id), None)
    if own is None:
        raise NotFound
    return {"plan": own, **parts(plan.id)}


def parts(plan_id: int, reader: Actor = CORE) -> Content:
    """The published measures and milestones of a plan, as `reader` sees them."""
    return {
        name: list(_projected(kind, kind.model.plan_id == plan_id, reader))
        for name, kind in PARTS.items()
    }


def milestones(references: Sequence[str]) -> list[Item]:
    """These milestones, as far as the core group sees them."""
    return list(_projected(MILESTONE, Record.reference.in_(references)))


def _projected(kind: Kind, clause: Any, reader: Actor = CORE) -> Iterator[Item]:
    query = project(kind.dictionary, reader, session().get_bind().dialect.name)
    query = query.where(clause, Record.state == State.PUBLISHED).order_by(Record.id)
    with acting_as(reader):
        for text in session().scalars(query).all():
            yield json.loads(text)


def on(plan: Plan, day: date) -> Content:
    """What was in the plan as it was registered at the end of a day. Raises Invalid."""
    moment = clock.beginning(day + timedelta(days=1)) - timedelta(microseconds=1)
    with acting_as(CORE), clock.seen_as_of(day):
        own = list(_then(PLAN, moment, Change.record_id == plan.id))
        if not own:
            raise Invalid({"day": [TOO_EARLY]})
        parts = {
            name: [item for tree, item in _then(kind, moment, Record.kind == kind.name, plan)]
            for name, kind in PARTS.items()
        }
    return {"plan": own[0][1], **parts}


def _then(
    kind: Kind, moment: datetime, clause: Any, plan: Plan | None = None
) -> Iterator[tuple[replay.Tree, Item]]:
    """The records of a kind as they stood, of one plan: the queries do not grow with them."""
    query = select(Change, Record).join(Record, Record.id == Change.record_id)
    query = query.where(clause, Change.at <= moment).order_by(Record.id, Change.seq)
    found = []
    rows = session().execute(query).all()
    for record, told in groupby(rows, key=lambda row: row[1]):
        changes = [change for change, _ in told]
        tree = replay.laid_out(changes)
        then = replay.identity(record, tree, changes[-1])
        if plan is not None and tree.get("plan") != plan.reference:
            continue
        if then.state == State.PUBLISHED and not then.deleted_at and _open(then, moment):
            found.append((tree, then))
    targets = replay.targets(kind, *(tree for tree, _ in found))
    schema = replay.shown(kind, CORE)
    for tree, then in found:
        yield tree, schema.dump(replay.entity_of(kind, tree, then, targets))


def _open(then: Record, moment: datetime) -> bool:
    return replay.was_shown(CORE, then, moment)


def seen(actor: Actor, content: Content) -> Content:
    """What of a content `actor` may still see: what was narrowed since is left out."""
    names = [item["reference"] for part in PARTS for item in content[part]]
    query = select(Record.reference).where(Record.reference.in_(names), Record.deleted_at.is_(None))
    there = set(session().scalars(query))
    shown = set(session().scalars(query.where(visible_to(actor))))
    hidden = there - shown
    parts = {n: [i for i in content[n] if i["reference"] not in hidden] for n in PARTS}
    left = sum(len(content[name]) - len(parts[name]) for name in PARTS)
    return {"plan": content["plan"], **parts, "leftOut": left}


# --- versions -----------------------------------------------------------------------------


def versions(plan: Plan) -> Sequence[tuple[PlanVersion, str | None]]:
    """The versions of a plan with who froze each, the last one first; by one query."""
    frozen = (Change.subject == VERSION) & (Change.action == "freeze")
    query = select(PlanVersion, Change.actor_name)
    query = query.outerjoin(Change, frozen & (Change.subject_key == PlanVersion.key))
    query = query.where(PlanVersion.plan_id == plan.id).options(defer(PlanVersion.content))
    rows = session().execute(query.order_by(PlanVersion.frozen_at.desc(), PlanVersion.id.desc()))
    return [(version, name) for version, name in rows]


def version(plan: Plan, key: str) -> PlanVersion:
    """The version with this key. Raises NotFound."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.key == key)
    found = None if "\0" in key else session().scalar(query)
    if found is None:
        raise NotFound
    return found


def followed(plan_id: int) -> PlanVersion | None:
    """The version that was adopted last as of the reference date."""
    query = select(PlanVersion).join(PlanAdoption, PlanAdoption.version_id == PlanVersion.id)
    query = query.where(PlanVersion.plan_id == plan_id, PlanAdoption.day <= clock.as_of())
    order = (PlanAdoption.day.desc(), PlanAdoption.id.desc())
    return session().scalar(query.order_by(*order).limit(1))


def named(plan: Plan, text: str, parameter: str) -> tuple[str, Content]:
    """(name, content) of a version by its key, of a day, or of now. Raises Invalid."""
    if text == NOW:
        try:
            return NOW, current(plan)
        except NotFound as error:
            raise Invalid({parameter: [UNPUBLISHED]}) from error
    try:
        found = version(plan, text)
    except NotFound:
        pass
    else:
        return found.name, found.content
    try:
        return text, on(plan, date.fromisoformat(text))
    except Invalid as early:
        raise Invalid({parameter: early.errors["day"]}) from early
    except (ValueError, OverflowError) as error:
        raise Invalid({parameter: [NO_SUCH]}) from error
