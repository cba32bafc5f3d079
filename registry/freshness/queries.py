"""The running records, the longest ago reported on first."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select, union_all

from ..access import Actor, View, visible_to
from ..db import session
from ..record import Record, State
from .schemas import RUNNING, banded, last, running


class RunningRecord(NamedTuple):
    """A running record, when it was last reported on, and what that makes it."""

    record: Record
    day: date | None
    band: str


def _running() -> ColumnElement[bool]:
    found = [select(kind.model.id).where(running(kind, kind.model)) for kind in RUNNING]
    clause: ColumnElement[bool] = Record.id.in_(union_all(*found))
    return clause


def running_records(actor: Actor, *, only: str | None = None) -> Sequence[Any]:
    """The running records that `actor` sees as of the reference date; nothing outside the core
    group."""
    if actor.view < View.CORE_GROUP:
        return []
    day = last(Record)
    told = banded(day)
    query = select(Record, day, told).where(visible_to(actor), _running())
    query = query.where(Record.state == State.PUBLISHED)
    if only is not None:
        query = query.where(told == only)
    order = (func.coalesce(day, date.min), Record.sort_title, Record.id)
    return [RunningRecord(*row) for row in session().execute(query.order_by(*order))]
