"""Whose calendar an address opens, and what stands in it: one statement per kind of record."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, false, func, or_, select, true
from sqlalchemy.orm import aliased

from .. import clock
from ..access import Actor, View, acting, visible_to
from ..commitments.models import CommitmentBy
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..initiatives.models import Edition, InitiativeStatus, Participation
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..meetings.models import ActionPoint, Attendance
from ..meetings.schemas import MEETING
from ..plan.schemas import MILESTONE
from ..projection import project
from ..record import Record, State
from ..rounds import queries as rounds
from ..rounds.models import Round
from .models import CalendarAddress

Item = dict[str, Any]
MOST = 1000
"""Of more days, those nearest to the reference date are told, what is to come first."""
BACK, AHEAD = timedelta(days=366), timedelta(days=5 * 366)
END = date(9999, 12, 30)  # the day after it has to exist
CORE_GROUP = "core_group"
TOLD: Mapping[Kind, Sequence[str]] = {
    COMMITMENT: (
        *("text", "text_en", "strength", "by", "made_at", "due", "status", "term_state"),
        *("review_on", "review_by", "sources"),
    ),
    MILESTONE: (
        *("title", "title_en", "owner", "owner_words", "due", "state", "term_state"),
        *("review_on", "review_by", "sources"),
    ),
    INITIATIVE: ("title", "title_en", "status", "statuses", "editions", "recurrence", "sources"),
    MEETING: ("title", "when", "start_time", "end_time", "place", "kind", "actions", "sources"),
}
"""What is asked of each kind."""


@dataclass(frozen=True)
class Scope:
    """Whose calendar it is: of everybody, of organisations, or of one person."""

    organisations: frozenset[int] | None = None  # None: of all
    personal: bool = False


@dataclass(frozen=True)
class Horizon:
    """From which day to which a calendar tells."""

    day: date
    first: date
    last: date

    def holds(self, column: Any) -> ColumnElement[bool]:
        """Whether a day lies within it."""
        within: ColumnElement[bool] = column.between(self.first, self.last)
        return within


def horizon(first: date | None = None, last: date | None = None) -> Horizon:
    """A year back and five ahead of the reference date, unless asked otherwise."""
    day = clock.as_of()
    back = day - BACK if day - date.min > BACK else date.min
    ahead = day + AHEAD if END - day > AHEAD else END
    return Horizon(day, first or back, min(last or ahead, END))


# --- addresses ----------------------------------------------------------------------------


def digest(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def address_of(account_id: int) -> CalendarAddress | None:
    """The address of somebody's calendar, if they have one."""
    query = select(CalendarAddress).where(CalendarAddress.account_id == account_id)
    return session().scalar(query)


def opened_by(secret: str) -> CalendarAddress | None:
    """The address with this secret, of an active account, or None."""
    query = select(CalendarAddress).where(CalendarAddress.digest == digest(secret))
    found = session().scalar(query)
    return found if found is not None and found.account.active else None


def scope_of(actor: Actor) -> Scope:
    """What concerns a person: everything for the secretariat, else what their organisations are
    in, or keep."""
    return Scope(None if actor.editorial else actor.organisations, personal=True)


# --- what stands in it --------------------------------------------------------------------


def items(kind: Kind, scope: Scope, span: Horizon) -> list[Item]:
    """The records of `kind` with a day within the horizon, as the acting person may see them."""
    wanted = select(kind.model.id).join(Record, Record.id == kind.model.id)
    wanted = wanted.where(visible_to(acting()), Record.state == State.PUBLISHED)
    wanted = wanted.where(_dated(kind, scope, span), _concerns(kind, scope))
    wanted = wanted.order_by(*_nearest(kind, span.day), kind.model.id).limit(MOST)
    schema = kind.schema(only=TOLD[kind])
    query = project(schema, acting(), session().get_bind().dialect.name)
    query = query.where(kind.model.id.in_(wanted)).order_by(Record.id)
    found = session().scalars(query)
    return [text if isinstance(text, dict) else json.loads(text) for text in found]


def closing_rounds(span: Horizon) -> Sequence[Round]:
    """The reporting rounds that the acting person sees: those that are open, whatever the reference
    date, as they are asked today; and those that closed within the horizon."""
    near = or_(Round.closed_at.is_(None), span.holds(Round.deadline))
    query = rounds.seen(acting()).where(near)
    return session().scalars(query.limit(MOST)).all()


def references(ids: frozenset[int]) -> set[str]:
    """How these organisations are called in JSON."""
    query = select(Record.reference).where(Record.id.in_(sorted(ids)))
    return set(session().scalars(query)) if ids else set()


def _dated(kind: Kind, scope: Scope, span: Horizon) -> ColumnElement[bool]:
    model = kind.model
    if kind is INITIATIVE:
        status = aliased(InitiativeStatus)
        ends = _in(model, Edition, _touches(Edition, "when", span))
        review = _in(model, status, span.holds(status.review_on))
        return or_(ends, model.recurrence_text.is_not(None), review if scope.personal else false())
    if kind is MEETING:
        actions = _in(model, ActionPoint, _touches(ActionPoint, "due", span))
        return or_(_touches(model, "when", span), actions)
    review = span.holds(model.review_on) if scope.personal else false()
    return or_(_touches(model, "due", span), model.due_kind == "recurring", review)


def _touches(model: Any, name: str, span: Horizon) -> ColumnElement[bool]:
    """Whether a term begins or ends within the horizon."""
    first, last = (getattr(model, f"{name}_{end}") for end in ("earliest", "latest"))
    return or_(span.holds(first), span.holds(last))


def _in(model: Any, row: Any, clause: ColumnElement[bool]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = model.id.in_(select(row.parent_id).where(clause))
    return found


def _concerns(kind: Kind, scope: Scope) -> ColumnElement[bool]:
    """Whether a record is of an organisation of the scope: it keeps it, or is in it."""
    if scope.organisations is None:
        return true()
    own = sorted(scope.organisations)
    return or_(Record.keeper_id.in_(own), *_roles(kind, own, scope))


def _roles(kind: Kind, own: list[int], scope: Scope) -> list[ColumnElement[bool]]:
    model = kind.model
    if kind is COMMITMENT:
        return [_in(model, CommitmentBy, CommitmentBy.partner_id.in_(own))]
    if kind is MILESTONE:
        return [model.owner_id.in_(own)]
    if kind is INITIATIVE:
        return [_in(model, Participation, Participation.partner_id.in_(own))]
    roles = [_in(model, ActionPoint, ActionPoint.owner_id.in_(own))]
    if acting().view >= View.CORE_GROUP:  # who was there is told to the core group
        roles.append(_in(model, Attendance, Attendance.partner_id.in_(own)))
        roles.append(model.kind == CORE_GROUP if scope.personal else false())
    return roles


def _nearest(kind: Kind, day: date) -> list[Any]:
    """What is to come before what was, each from the reference date on."""
    if kind is INITIATIVE:
        return [Record.sort_title]
    model = kind.model
    name = "when" if kind is MEETING else "due"
    ends = [getattr(model, f"{name}_{end}") for end in ("latest", "earliest")]
    key = func.coalesce(*ends, *([] if kind is MEETING else [model.review_on]), day)
    over = case((key < day, 1), else_=0)
    return [over, case((over == 0, key)), key.desc()]
