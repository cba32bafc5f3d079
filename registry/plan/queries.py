"""Counting the dated facts that are events and no milestones."""

from sqlalchemy import func, select

from ..access import acting, visible_to
from ..db import session
from ..record import Record
from ..sources.models import Event


def events() -> int:
    """How many events the reader may see."""
    query = select(func.count()).select_from(Event).join(Record, Record.id == Event.id)
    return session().scalar(query.where(visible_to(acting()))) or 0
