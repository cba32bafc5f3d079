"""The state of a term in the dictionaries of commitments and milestones: one expression of SQL, and
its twin in Python.

A term has passed only after its latest day. An aim or expectation is then not reached in the period
named: it is no broken promise. Whether what was settled came late is a person's judgement, and is
computed nowhere.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import case, func

from .. import clock
from ..commitments.schemas import COMMITMENT
from ..fields import Code, Computed, Current, Day
from ..fields.domain import current as at
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..plan.schemas import MILESTONE
from ..policydate import DateKind, PolicyDate
from ..projection import current, on_the_day
from ..record import Audience
from ..schema import extend
from ..words import Words

STATE_FIELD = "termState"
"""Its name in JSON."""
SOFT = ("aim", "expectation")
"""The strengths of what was hoped for: when their term passes, nothing was broken."""
ENDED: Mapping[Kind, Mapping[str, str]] = {
    COMMITMENT: {
        "met": "met",
        "ongoing": "ongoing",
        "lapsed": "lapsed",
        "untraceable": "untraceable",
    },
    MILESTONE: {"done": "met", "dropped": "lapsed"},
}
"""The statuses that no term matters to any more, with what is said of the term."""
STANDING: Mapping[Kind, str] = {COMMITMENT: "status", MILESTONE: "state"}
"""The field that tells how a record of each kind stands."""


def state_of(due: PolicyDate | None, day: date, *, soft: bool) -> str:
    """Where a term stands on `day`, of something that is not settled."""
    if due is not None and due.kind == DateKind.CONDITIONAL:
        return "conditional"
    if due is None or not (due.earliest or due.latest):
        return "undated"
    if due.earliest is not None and day < due.earliest:
        return "upcoming"
    if due.latest is None or day <= due.latest:
        return "open"
    return "not_reached" if soft else "passed"


def _state(model: Any, soft: Any) -> Any:
    """The twin of `state_of`."""
    day = on_the_day()
    return case(
        (model.due_kind == DateKind.CONDITIONAL, "conditional"),
        (model.due_earliest.is_(None) & model.due_latest.is_(None), "undated"),
        (model.due_earliest > day, "upcoming"),
        (model.due_latest.is_(None) | (model.due_latest >= day), "open"),
        (soft, "not_reached"),
        else_="passed",
    )


class TermState(Computed):
    """Where the term of a commitment or milestone stands."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        super().__init__(
            "Termijn op de peildatum",
            "Term at the reference date",
            like=Code("", "", of="term-state"),
            hint=Words(
                "Berekend uit de termijn en de stand. Verstreken is een termijn pas na de laatste "
                "dag van de periode; of iets te laat was, beoordeelt een mens.",
                "Computed from the term and the status. A term has passed only after the last day "
                "of its period; whether something was late is judged by a person.",
            ),
            attribute="due",
            audience=Audience.CORE_GROUP,
            uses="filter",
        )

    def expression(self, _compiler: Any, model: Any) -> Any:
        """The SQL twin."""
        soft = model.strength.in_(SOFT) if self.kind is COMMITMENT else model.id.is_(None)
        # The status is looked up once, and not once for every code that it may have.
        return case(ENDED[self.kind], value=self._status(model), else_=_state(model, soft))

    def _status(self, model: Any) -> Any:
        day = on_the_day()
        return current(self._standing, model, day)

    @property
    def _standing(self) -> Any:
        return self.kind.dictionary.fields[STANDING[self.kind]]

    def _serialize(self, value: PolicyDate | None, attr: Any, obj: Any, **kw: Any) -> str:
        soft = getattr(obj, "strength", None) in SOFT
        return ENDED[self.kind].get(self._told(obj)) or state_of(value, clock.as_of(), soft=soft)

    def _told(self, entity: Any) -> str:
        standing = self._standing
        row = at(getattr(entity, standing.rows), clock.as_of())
        return str(getattr(row, standing.field)) if row else ""


for _kind in ENDED:
    extend(_kind.schema, "term_state", TermState(_kind))


class ReviewState(Computed):
    """Whether the day has come to look again at what waits."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        super().__init__(
            "Moment om opnieuw te kijken",
            "Time to look again",
            like=Code("", "", of="review-state"),
            hint=Words(
                "Van wat nog niet is afgerond en een dag heeft om opnieuw te bekijken.",
                "Of what is not finished and has a day to look at it again.",
            ),
            attribute="record",
            audience=Audience.CORE_GROUP,
            uses="filter",
        )

    def expression(self, _compiler: Any, model: Any) -> Any:
        """The SQL twin."""
        day = on_the_day()
        chosen, status = self.columns(model, day)
        over = status.in_(self._over())
        return case((chosen.is_(None), None), (over, None), (chosen <= day, "due"), else_="planned")

    def columns(self, model: Any, day: Any) -> tuple[Any, Any]:
        """The day to look again, and the status."""
        told = func.coalesce(current(self._standing, model, day), "")
        if self.kind is INITIATIVE:
            return current(REVIEWED_STATUS, model, day), told
        return model.review_on, told

    @property
    def _standing(self) -> Any:
        return self.kind.dictionary.fields[STANDING.get(self.kind, "status")]

    def _over(self) -> tuple[str, ...]:
        return OVER if self.kind is INITIATIVE else tuple(ENDED[self.kind])

    def _serialize(self, value: Any, attr: Any, obj: Any, **kw: Any) -> str | None:
        standing = self._standing
        row = at(getattr(obj, standing.rows), clock.as_of())
        status = getattr(row, standing.field, None)
        chosen = getattr(row if self.kind is INITIATIVE else obj, "review_on", None)
        if chosen is None or status in self._over():
            return None
        return "due" if chosen <= clock.as_of() else "planned"


OVER = ("completed", "stopped", "merged")
"""The statuses of an initiative that nobody has to look at again."""
REVIEWED_STATUS = Current("", "", rows="statuses", field="review_on", like=Day("", ""))
for _kind in (COMMITMENT, MILESTONE, INITIATIVE):
    extend(_kind.schema, "review_state", ReviewState(_kind))
