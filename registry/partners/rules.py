"""A number of an organisation in another register belongs to one organisation."""

from typing import Any

from sqlalchemy import select

from .. import editing
from ..access import Actor, can_see
from ..db import session
from ..errors import Invalid, Message
from ..kind import Kind
from ..record import Record
from .models import Identifier
from .schemas import PARTNER

TAKEN = Message(
    "This number is that of {reference}.", "Dit kenmerk is van {reference}.", "duplicate"
)
OTHER = Message(
    "This number is that of another organisation.",
    "Dit kenmerk is van een andere organisatie.",
    "duplicate",
)


def refuse_second(actor: Actor, kind: Kind, entity: Any) -> None:
    """Refuse a number that another organisation has, at its row."""
    if kind is not PARTNER or not entity.identifiers:
        return
    given = [row.value for row in entity.identifiers]
    query = select(Identifier.scheme, Identifier.value, Record)
    query = query.join(Record, Record.id == Identifier.parent_id)
    query = query.where(Identifier.value.in_(given), Record.deleted_at.is_(None))
    if entity.id is not None:
        query = query.where(Record.id != entity.id)
    with session().no_autoflush:
        taken = {(scheme, value): record for scheme, value, record in session().execute(query)}
    errors = {
        index: {"value": [_told(actor, taken[row.scheme, row.value])]}
        for index, row in enumerate(entity.identifiers)
        if (row.scheme, row.value) in taken
    }
    if errors:
        raise Invalid({"identifiers": errors})


def _told(actor: Actor, record: Record) -> Message:
    return TAKEN.format(reference=record.reference) if can_see(actor, record) else OTHER


editing.completing.append(refuse_second)
