"""For whom a record is shown, whether that is fewer than before, and since when."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from . import clock
from .access import LEVEL
from .errors import Invalid, Message
from .kind import Kind
from .record import Audience, Record, State

SHOWN = (State.PUBLISHED, State.ARCHIVED)
showing: list[Callable[[Kind, Any, str], None]] = []
"""What rooms refuse of the audience that a record is to be shown to: each may raise."""


def audience(kind: Kind, entity: Any, chosen: str | None) -> str:
    """For whom a record is shown: as chosen, or as it was. Raises where that may not be."""
    if chosen is not None and chosen not in tuple(Audience):
        text = Message("Choose one of: {allowed}.", "Kies een van: {allowed}.", "not_allowed")
        raise Invalid({"audience": [text.format(allowed=", ".join(Audience))]})
    for refuse in showing:
        refuse(kind, entity, chosen or entity.record.audience)
    return chosen or str(entity.record.audience)


def to_fewer(record: Record, audience: str, embargo_until: datetime | None) -> bool:
    """Whether somebody who may see it now may not after this."""
    waits = embargo_until is not None and embargo_until > clock.now()
    later = waits and embargo_until != record.embargo_until
    narrower = LEVEL[audience] > LEVEL[record.audience]
    return record.state in SHOWN and (narrower or later)


def since(record: Record, audience: str, embargo_until: datetime | None) -> datetime | None:
    """When its history opens to readers: what was done before, also under embargo, stays inside."""
    now = clock.now()
    if embargo_until is not None and embargo_until > now:
        return embargo_until
    kept_back = record.embargo_until is not None and record.embargo_until > now
    wider = LEVEL[audience] < LEVEL[record.audience]
    return now if record.state not in SHOWN or kept_back or wider else record.published_at
