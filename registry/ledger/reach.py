"""For whom a record was just before a command: who could see it then and cannot now is told."""

from datetime import datetime, timedelta
from typing import Any

from ..db import rfc3339
from ..record import Audience, Record, State
from .book import Entry
from .collecting import Pointer

SHOWN = (State.PUBLISHED, State.ARCHIVED)
COMMITTED = timedelta(seconds=5)
"""How long a commit may take: an embargo that ends in it may have shown the record meanwhile."""


def shown_before(item: Entry, record: Record, at: datetime) -> str | None:
    """The audience that the record had until `at`: `secretariat` where only its own people and the
    secretariat saw it, None where there was nothing to see."""
    state = _before(item, "workflow", record.state)
    if state is None or _before(item, "deletedAt", _text(record.deleted_at)) is not None:
        return None
    embargo = _before(item, "embargoUntil", _text(record.embargo_until))
    released = embargo is None or embargo <= rfc3339(at + COMMITTED)
    if state not in SHOWN or not released:
        return Audience.SECRETARIAT
    return str(_before(item, "audience", record.audience))


def kept_before(item: Entry) -> int | None:
    """The organisation that kept the record until now, where another does from now on."""
    old, new = item.paths.get("keeper", (None, None))
    return old.id if isinstance(old, Pointer) and old != new else None


def _before(item: Entry, path: str, now: Any) -> Any:
    """What stood at `path` before the command, as the book writes it."""
    return item.paths[path][0] if path in item.paths else now


def _text(moment: datetime | None) -> str | None:
    return rfc3339(moment) if moment is not None else None
