"""How milestones stand; counting those and the dated facts of the letters."""

from typing import Any

from sqlalchemy import func, or_, select

from .. import clock
from ..access import acting, visible_to
from ..db import session
from ..projection import current
from ..record import ALSO, LETTERS, ExternalKey, Record
from .models import Milestone
from .schemas import MILESTONE


def state() -> Any:
    """How a milestone stands on the reference date, as an expression; null where nobody said."""
    field: Any = MILESTONE.dictionary.fields["state"]
    return current(field, Milestone, clock.as_of())


def of_letters() -> tuple[int, int]:
    """How many milestones of the letters the reader may see, and how many dated facts that the
    letters tell with them and that are events here."""
    own = (Record.kind == "milestone") & (ExternalKey.system == LETTERS)
    event = (Record.kind == "event") & (ExternalKey.system == ALSO)
    query = select(Record.kind, func.count()).join(ExternalKey, ExternalKey.record_id == Record.id)
    query = query.where(visible_to(acting()), or_(own, event)).group_by(Record.kind)
    found = dict(session().execute(query).all())
    return found.get("milestone", 0), found.get("event", 0)
