"""Which record has a key in a system, and whose that system is."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from ..access import Actor
from ..db import session
from ..record import LETTERS, ExternalKey, Record
from .models import ForeignSystem

BESIDE = "-also"
"""Ends the name of the system of the second key that a record got by a merger."""


def found(system: str, key: str) -> Record | None:
    """The record that has this key, removed or not; of a merged one, the record that stayed."""
    beside = ExternalKey.system.startswith(f"{system}{BESIDE}", autoescape=True)
    query = select(Record).join(ExternalKey, ExternalKey.record_id == Record.id)
    query = query.where(ExternalKey.key == key, or_(ExternalKey.system == system, beside))
    return session().scalars(query.order_by(ExternalKey.system).limit(1)).first()


def keys_of(actor: Actor, record_id: int) -> Sequence[ExternalKey]:
    """The keys of a record that `actor` may know."""
    query = select(ExternalKey).where(ExternalKey.record_id == record_id)
    keys = session().scalars(query.order_by(ExternalKey.system, ExternalKey.key)).all()
    return [key for key in keys if may_read(actor, key.system)]


def may_read(actor: Actor, system: str) -> bool:
    """Whether `actor` may know the keys of a system: its own organisation and the secretariat do,
    and everybody those of the letters."""
    return system.partition("-")[0] == LETTERS or is_theirs(actor, system)


def is_theirs(actor: Actor, system: str) -> bool:
    """Whether `actor` writes by the keys of this system, which somebody has."""
    if actor.editorial:
        return True
    known = session().get(ForeignSystem, system.partition(BESIDE)[0])
    return known is not None and known.organisation_id in actor.organisations


def is_claimed(system: str) -> bool:
    """Whether a system is somebody's; one that was used before it had an owner is the
    secretariat's."""
    used = select(ExternalKey.id).where(ExternalKey.system == system).limit(1)
    claimed = session().get(ForeignSystem, system) is not None
    return claimed or session().scalar(used) is not None
