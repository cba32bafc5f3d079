"""Counting themes."""

from sqlalchemy import func, select

from ..access import acting, visible_to
from ..db import session
from ..record import Record
from .models import Theme

LATER = "later"


def counts() -> tuple[int, int]:
    """How many themes there are now, and how many come at a later stage, for the reader."""
    later = func.count().filter(Theme.phase == LATER)
    query = select(later, func.count()).select_from(Theme).join(Record, Record.id == Theme.id)
    coming, themes = session().execute(query.where(visible_to(acting()))).one()
    return themes - coming, coming
