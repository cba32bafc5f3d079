"""Counting initiatives."""

from sqlalchemy import func, select

from ..access import acting, visible_to
from ..db import session
from ..record import Record
from .models import Initiative, InitiativeTheme


def unclassified() -> int:
    """How many initiatives that the reader may see are under no theme."""
    query = select(func.count()).select_from(Initiative)
    query = query.join(Record, Record.id == Initiative.id).where(visible_to(acting()))
    query = query.where(Initiative.id.not_in(select(InitiativeTheme.parent_id)))
    return session().scalar(query) or 0
