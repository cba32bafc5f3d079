"""What the tests of the workflow share: what is ready, what is read anew, what is proposed."""

from typing import Any

from registry import editing, workflow
from registry.access import Actor
from registry.db import session as current
from registry.initiatives.schemas import INITIATIVE
from registry.record import Record
from registry.workflow import Revision
from tests.factories import Make

Actors = dict[str, Actor]


def ready(make: Make, actors: Actors) -> dict[str, Any]:
    """All that an initiative of the member's organisation needs to be submitted."""
    return {
        "goal": "Minder werkdruk",
        "period": "2021",
        "themes": [{"theme": make.reference("theme"), "basis": "reported"}],
        "participations": [{"partner": reference(actors["member"]), "role": "lead"}],
    }


def reference(actor: Actor) -> str:
    return current().get_one(Record, actor.home_id).reference


def again(actors: Actors, entity: Any) -> Any:
    """The entity, read anew: what is refused is rolled back, and forgets what it held."""
    return editing.one(INITIATIVE, actors["secretariat"], entity.reference)


def propose(actors: Actors, entity: Any, who: str = "member", **payload: Any) -> Revision:
    entity = again(actors, entity)
    return workflow.propose(actors[who], INITIATIVE, entity, payload, version=entity.record.version)
