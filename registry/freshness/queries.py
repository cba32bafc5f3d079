"""How up to date a running record is: one expression of SQL, and its twin in Python."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, or_, select, union_all
from sqlalchemy.orm import aliased

from .. import clock
from ..access import Actor, View, visible_to
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..initiatives.schemas import INITIATIVE
from ..plan.models import Milestone
from ..plan.schemas import MILESTONE
from ..projection import current
from ..record import Record, State
from ..updates.models import Update

BANDS = (("fresh", 30), ("acceptable", 60), ("due", 180))
"""Up to how many days after the last report; after that it is stale."""
STALE, NEVER = "stale", "never"
RUNNING = {INITIATIVE: ("running",), COMMITMENT: ("open", "running")}
DONE = ("done", "dropped")


class Actuality(NamedTuple):
    """A running record, when it was last reported on, and what that makes it."""

    record: Record
    day: date | None
    band: str


def band(last: date | None, day: date) -> str:
    """How up to date a record is on `day` whose last report is of the day `last`."""
    if last is None:
        return NEVER
    return next((name for name, most in BANDS if last >= day - timedelta(days=most)), STALE)


def _band(last: Any, day: date) -> Any:
    """The twin of `band` in SQL."""
    steps = [(last >= day - timedelta(days=most), name) for name, most in BANDS]
    return case((last.is_(None), NEVER), *steps, else_=STALE)


def _last(day: date) -> Any:
    """The day of the last report that was not corrected, on `day`."""
    later = aliased(Update)
    query = select(func.max(Update.day)).where(Update.record_id == Record.id, Update.day <= day)
    query = query.where(~select(later.id).where(later.replaces_id == Update.id).exists())
    return query.correlate(Record).scalar_subquery()


def running(day: date) -> ColumnElement[bool]:
    """That a record runs on `day`: only then it has to be kept up to date."""
    found: list[Select[Any]] = []
    for kind, codes in RUNNING.items():
        status: Any = kind.dictionary.fields["status"]
        found.append(select(kind.model.id).where(current(status, kind.model, day).in_(codes)))
    undone = or_(Milestone.state.is_(None), Milestone.state.not_in(DONE))
    found.append(select(MILESTONE.model.id).where(undone))
    clause: ColumnElement[bool] = Record.id.in_(union_all(*found))
    return clause


def actualities(
    actor: Actor, *, only: str | None = None, record: int | None = None
) -> Sequence[Any]:
    """The running records that `actor` sees as of the reference date, the longest ago first;
    nothing outside the core group."""
    if actor.view < View.CORE_GROUP:
        return []
    day = clock.as_of()
    last = _last(day)
    told = _band(last, day)
    query = select(Record, last, told).where(visible_to(actor), running(day))
    query = query.where(Record.state == State.PUBLISHED)
    if record is not None:
        query = query.where(Record.id == record)
    if only is not None:
        query = query.where(told == only)
    order = (func.coalesce(last, date.min), Record.sort_title, Record.id)
    return [Actuality(*row) for row in session().execute(query.order_by(*order))]
