"""Counting the milestones and dated facts of the letters."""

from sqlalchemy import func, or_, select

from ..access import acting, visible_to
from ..db import session
from ..record import ALSO, LETTERS, ExternalKey, Record


def of_letters() -> tuple[int, int]:
    """How many milestones of the letters the reader may see, and how many dated facts that the
    letters tell with them and that are events here."""
    own = (Record.kind == "milestone") & (ExternalKey.system == LETTERS)
    event = (Record.kind == "event") & (ExternalKey.system == ALSO)
    query = select(Record.kind, func.count()).join(ExternalKey, ExternalKey.record_id == Record.id)
    query = query.where(visible_to(acting()), or_(own, event)).group_by(Record.kind)
    found = dict(session().execute(query).all())
    return found.get("milestone", 0), found.get("event", 0)
