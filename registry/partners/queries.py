"""Counting organisations."""

from sqlalchemy import func, select

from ..access import acting, visible_to
from ..db import session
from ..record import Record
from .models import Partner


def counts() -> tuple[int, int]:
    """How many organisations, and how many groups without a name, the reader may see."""
    query = select(Partner.is_group, func.count()).join(Record, Record.id == Partner.id)
    query = query.where(visible_to(acting())).group_by(Partner.is_group)
    found = {bool(is_group): count for is_group, count in session().execute(query)}
    return found.get(False, 0), found.get(True, 0)
