"""A classification says by whom it was made, and when."""

from typing import Any

from .. import clock, editing
from ..access import Actor
from ..db import session
from ..kind import Kind
from ..record import Record
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


editing.completing.append(sign)
