"""Whether there is any meeting to see."""

from sqlalchemy import select

from ..access import Actor, visible_to
from ..db import session
from ..record import Record


def any_seen(actor: Actor) -> bool:
    """Whether `actor` may see a meeting: one query."""
    query = select(Record.id).where(Record.kind == "meeting", visible_to(actor)).limit(1)
    return session().scalar(query) is not None
