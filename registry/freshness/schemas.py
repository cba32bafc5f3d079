"""How up to date a running record is, in the dictionaries of what people report on: one
expression of SQL, and its twin in Python."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, bindparam, case, func, select
from sqlalchemy.orm import aliased

from .. import clock
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..fields import Code, Computed, Day
from ..fields.domain import current as at
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..plan.schemas import MILESTONE
from ..projection import current
from ..record import Audience, Record, State
from ..schema import extend
from ..updates.models import Update
from ..words import Words

BANDS = (("fresh", 30), ("acceptable", 60), ("due", 180))
"""Up to how many days after the last report; after that it is stale."""
STALE, NEVER = "stale", "never"
RUNNING: Mapping[Kind, tuple[str, ...]] = {
    INITIATIVE: ("running",),
    COMMITMENT: ("open", "running"),
    MILESTONE: (),
}
"""The statuses in which a record has to be kept up to date; a milestone has them all but two."""
DONE = ("done", "dropped")


def days_ago(days: int = 0) -> Any:
    """So many days before the reference date of when the statement runs."""
    return bindparam(None, callable_=lambda: _before(clock.as_of(), days), type_=Date)


def _before(day: date, days: int) -> date:
    """So many days before `day`, or the first day that there is."""
    return day - min(timedelta(days=days), day - date.min)


def running(kind: Kind, model: Any) -> ColumnElement[bool]:
    """That a record runs: only then it has to be kept up to date."""
    if kind is MILESTONE:
        state: Any = kind.dictionary.fields["state"]
        return func.coalesce(current(state, model, days_ago()), "").not_in(DONE)
    status: Any = kind.dictionary.fields["status"]
    clause: ColumnElement[bool] = current(status, model, days_ago()).in_(RUNNING[kind])
    return clause


def runs(kind: Kind, entity: Any) -> bool:
    """The twin of `running`."""
    if kind is MILESTONE:
        row = at(entity.states, clock.as_of())
        return row is None or row.state not in DONE
    row = at(entity.statuses, clock.as_of())
    return row is not None and row.status in RUNNING[kind]


def _day(last: Any) -> Any:
    return last


def _reports(record_id: Any, told: Callable[[Any], Any] = _day) -> Select[Any]:
    """The day of the last report of a record that was not corrected, or what is `told` of it."""
    update, later = aliased(Update), aliased(Update)
    query = select(told(func.max(update.day))).where(update.record_id == record_id)
    query = query.where(~select(later.id).where(later.replaces_id == update.id).exists())
    return query.where(update.day <= days_ago())


def last(model: Any) -> Any:
    """When `model` (a record, or an entity of one) was last reported on."""
    return _reports(model.id).correlate(model).scalar_subquery()


def band(last: date | None, day: date) -> str:
    """How up to date a record is on `day` whose last report is of the day `last`."""
    if last is None:
        return NEVER
    return next((name for name, most in BANDS if last >= _before(day, most)), STALE)


def banded(last: Any) -> Any:
    """The twin of `band` in SQL."""
    steps = [(last >= days_ago(most), name) for name, most in BANDS]
    return case((last.is_(None), NEVER), *steps, else_=STALE)


class ReportedOn(Computed):
    """The day of the last report."""

    replayed = False

    def __init__(self) -> None:
        super().__init__(
            "Bijgewerkt op",
            "Reported on",
            like=Day("", ""),
            attribute="record",
            audience=Audience.CORE_GROUP,
        )

    def expression(self, _compiler: Any, model: Any) -> Any:
        """The SQL twin."""
        return last(model)

    def _serialize(self, value: Any, attr: Any, obj: Any, **kw: Any) -> Any:
        day = session().scalar(_reports(value.id))
        return day.isoformat() if day else None


class Actuality(Computed):
    """How up to date a published record is while it runs; null where it does not run."""

    replayed = False

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        super().__init__(
            "Actualiteit",
            "Actuality",
            like=Code("", "", of="actuality"),
            hint=Words(
                "Hoe lang geleden de stand van zaken van wat loopt is gemeld: tot 30 dagen "
                "actueel, tot 60 nog actueel, na 180 niet actueel.",
                "How long ago the state of what runs was reported: up to date until 30 days, "
                "still until 60, not up to date after 180.",
            ),
            attribute="record",
            audience=Audience.CORE_GROUP,
            uses="filter",
        )

    def expression(self, _compiler: Any, model: Any) -> Any:
        """The SQL twin."""
        identity = aliased(Record)
        shown = select(identity.id).where(identity.id == model.id)
        shown = shown.where(identity.state == State.PUBLISHED).correlate(model)
        # One look at the reports of a record, and not one for every band.
        found = _reports(model.id, banded).correlate(model).scalar_subquery()
        return case(((shown.exists() & running(self.kind, model)), found))

    def _serialize(self, value: Any, attr: Any, obj: Any, **kw: Any) -> Any:
        if value.state != State.PUBLISHED or not runs(self.kind, obj):
            return None
        return band(session().scalar(_reports(value.id)), clock.as_of())


for _kind in RUNNING:
    extend(_kind.schema, "reported_on", ReportedOn())
    extend(_kind.schema, "actuality", Actuality(_kind))
