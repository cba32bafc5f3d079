"""What an initiative needs before it is submitted, and who signs for its classification."""

from typing import Any

from .. import clock, editing
from ..access import Actor
from ..db import session
from ..errors import Message
from ..kind import Kind
from ..record import Record
from ..workflow.readiness import MISSING, blank, needs
from .schemas import INITIATIVE

LISTS = ("themes", "sectors", "groups", "causes")
SECRETARIAT = "Secretariaat"


def sign(actor: Actor, kind: Kind, entity: Any) -> None:
    """Put the organisation of who classifies, and the day, on new rows that do not say it.

    The organisation and not the person: this is shown to everybody.
    """
    if kind is not INITIATIVE or not actor.signed_in:
        return
    for row in (row for name in LISTS for row in getattr(entity, name)):
        if row.id is None and row.by is None:
            row.by, row.when = _place(actor), row.when or clock.now().date()


def _place(actor: Actor) -> str:
    if actor.editorial or actor.home_id is None:
        return SECRETARIAT if actor.editorial else actor.name
    return session().get_one(Record, actor.home_id).title


NO_ROLE = Message(
    "Say which part your own organisation has.",
    "Geef aan welke rol uw eigen organisatie heeft.",
    "required",
)


def needed(actor: Actor, entity: Any) -> dict[str, Any]:
    """A title, a goal, a theme, a period in words, and the part of one's own organisation."""
    lacking = blank(entity, "title", "goal", "themes")
    if entity.period is None or not entity.period.text:
        lacking["period"] = [MISSING]
    taking_part = {row.partner_id for row in entity.participations}
    if actor.organisations and not actor.organisations & taking_part:
        lacking["participations"] = [NO_ROLE]
    return lacking


editing.completing.append(sign)
needs(INITIATIVE, needed)
