"""Counting figures."""

from sqlalchemy import func, select

from ..access import acting, visible_to
from ..db import session
from ..record import Record
from .models import Indicator, Observation


def counts() -> tuple[int, int]:
    """How many indicators the reader may see, and how many figures they have together."""
    query = select(func.count(Indicator.id.distinct()), func.count(Observation.id))
    query = query.select_from(Indicator).join(Record, Record.id == Indicator.id)
    query = query.outerjoin(Observation, Observation.parent_id == Indicator.id)
    indicators, figures = session().execute(query.where(visible_to(acting()))).one()
    return indicators, figures
