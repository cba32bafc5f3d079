"""What there is to be reminded of on the reference date, by one query for each kind of record.

A term reminds from the day that reminding began; what was over before stays out of the mail."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, null, or_, select

from .. import clock
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..freshness.schemas import NEVER, RUNNING, STALE
from ..kind import Kind
from ..plan.schemas import MILESTONE
from ..policydate import PolicyDate
from ..record import Record, State
from ..timing.schemas import SOFT
from . import schemas
from .models import Done, Rule
from .schemas import DEFAULTS, ENDS, PASSED, REVIEW, STARTS, Setting

Settings = Mapping[str, Setting]
TERMS = (COMMITMENT, MILESTONE)
STALE_AFTER, GRACE = 181, 30  # days after the last report; after a first publication
ONCE = 1


@dataclass(frozen=True)
class Due:
    """One thing that somebody is reminded of: for the how-many-th time, and since when it is so."""

    record: Record
    rule: str
    term: str
    number: int
    since: date
    due: PolicyDate | None
    soft: bool
    last: bool
    """Whether it was told as often as the rule says: then who leads may hear of it."""

    @property
    def key(self) -> tuple[int, str, str]:
        """What it is about, however often it was told."""
        return self.record.id, self.rule, self.term


def settings() -> dict[str, Setting]:
    """How every rule is set now."""
    changed = {row.code: row for row in session().scalars(select(Rule))}
    return {code: _set(changed.get(code), default) for code, default in DEFAULTS.items()}


def _set(row: Rule | None, default: Setting) -> Setting:
    return Setting(row.active, row.days, row.every, row.most) if row else default


def began() -> date:
    """The day that reminding began: this one, if it did not yet."""
    first = session().scalar(select(func.min(Done.day)))
    return min(first, clock.as_of()) if first else clock.as_of()


def due(rules: Settings, since: date, only: Collection[int] | None = None) -> list[Due]:
    """All that is due on the reference date, or of these records only."""
    found: list[Due] = []
    for kind in RUNNING:
        for row in session().execute(_query(kind, rules, since, only)):
            found += _told(row, rules, since)
    return found


def _query(kind: Kind, rules: Settings, since: date, only: Collection[int] | None) -> Any:
    model: Any = kind.model
    fields: Any = kind.dictionary.fields
    termed = kind in TERMS
    term = fields["term_state"].expression(None, model) if termed else null()
    day = clock.as_of()
    review_on, _ = fields["review_state"].columns(model, day)
    state = fields["review_state"].expression(None, model)
    actuality = fields["actuality"].expression(None, model)
    columns = [
        *([model.due] if termed else []),
        (model.strength.in_(SOFT) if kind is COMMITMENT else false()).label("soft"),
        term.label("term"),
        _wanted(rules[schemas.STALE], actuality).label("actuality"),
        fields["reported_on"].expression(None, model).label("reported"),
        _wanted(rules[REVIEW], state).label("review"),
        review_on.label("review_on"),
    ]
    query = select(Record, *columns).join(model, model.id == Record.id)
    query = query.where(Record.state == State.PUBLISHED, Record.deleted_at.is_(None))
    if only is not None:
        query = query.where(Record.id.in_(sorted(only)))
    at_hand = [_near(model, rules, since, day)] if termed else []
    if rules[schemas.STALE].active:
        at_hand.append(actuality.in_((STALE, NEVER)))
    if rules[REVIEW].active:
        at_hand.append(state == "due")
    return query.where(or_(false(), *at_hand)).order_by(Record.sort_title, Record.id)


def _wanted(rule: Setting, expression: Any) -> Any:
    return expression if rule.active else null()


def _near(model: Any, rules: Settings, since: date, day: date) -> ColumnElement[bool]:
    """That a term begins or ends about now, or ended since reminding began."""
    starts, ends = (_after(day, rules[code].days or 0) for code in (STARTS, ENDS))
    first = min(since, day)
    return or_(
        and_(model.due_earliest > day, model.due_earliest <= starts),
        and_(model.due_latest >= first, model.due_latest <= ends),
    )


def _after(day: date, days: int) -> date:
    return day + min(timedelta(days=days), date.max - day)


def _told(row: Any, rules: Settings, since: date) -> Iterator[Due]:
    """Of a record whose term is at hand it goes without saying that a report is wanted."""
    at_hand = _term(row, rules)
    if at_hand is not None:
        yield at_hand
    elif row.actuality in (STALE, NEVER):
        first = row.reported + timedelta(STALE_AFTER) if row.reported else _unreported(row, since)
        told = row.reported.isoformat() if row.reported else NEVER
        yield from _again(row, rules, schemas.STALE, told, max(first, since))
    if row.review == "due":
        told, first = row.review_on.isoformat(), max(row.review_on, since)
        yield from _again(row, rules, REVIEW, told, first)


def _unreported(row: Any, since: date) -> date:
    """From when it is strange that nothing was ever reported. Moments are real days also where the
    reference date is fixed in the past: then reminding began before."""
    published = clock.day_of(row.Record.published_at) if row.Record.published_at else since
    return published + timedelta(GRACE) if since < published <= clock.as_of() else since


def _term(row: Any, rules: Settings) -> Due | None:
    """The one thing to say of a term: only the next of its two days is spoken of."""
    term, day = getattr(row, "due", None), clock.as_of()
    if term is None:
        return None
    if row.term in ("passed", "not_reached") and rules[PASSED].active:
        first = term.latest + timedelta(1)
        return next(_again(row, rules, PASSED, _days(term), first, term), None)
    begins = row.term == "upcoming" and term.earliest != term.latest
    if begins and _within(rules[STARTS], term.earliest, day):
        return Due(row.Record, STARTS, _days(term), ONCE, day, term, row.soft, last=False)
    if row.term in ("upcoming", "open") and _within(rules[ENDS], term.latest, day):
        return Due(row.Record, ENDS, _days(term), ONCE, day, term, row.soft, last=False)
    return None


def _within(rule: Setting, aim: date | None, day: date) -> bool:
    return rule.active and aim is not None and day <= aim <= _after(day, rule.days or 0)


def _days(term: PolicyDate) -> str:
    return "/".join(day.isoformat() if day else ".." for day in (term.earliest, term.latest))


def _again(
    row: Any, rules: Settings, code: str, term: str, first: date, due: PolicyDate | None = None
) -> Iterator[Due]:
    """What is told every so many days from `first` on."""
    rule, passed = rules[code], (clock.as_of() - first).days
    if passed < 0:
        return
    number, most = 1 + passed // (rule.every or 1), rule.most or ONCE
    soft, last = bool(row.soft), number > most
    yield Due(row.Record, code, term, min(number, most), first, due, soft, last)
