"""The state of a term in the dictionaries of commitments and milestones: one expression of SQL, and
its twin in Python.

A term has passed only after its latest day. An aim or expectation is then not reached in the period
named: it is no broken promise. Whether what was settled came late is a person's judgement, and is
computed nowhere.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, case

from .. import clock
from ..commitments.schemas import COMMITMENT
from ..fields import Code, Computed
from ..fields.domain import current as at
from ..kind import Kind
from ..plan.schemas import MILESTONE
from ..policydate import DateKind, PolicyDate
from ..projection import current
from ..record import Audience
from ..schema import extend
from ..words import Words

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
    day = bindparam(None, callable_=clock.as_of, type_=Date)
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
            uses="filter column",
        )

    def expression(self, _compiler: Any, model: Any) -> Any:
        """The SQL twin."""
        soft = model.strength.in_(SOFT) if self.kind is COMMITMENT else model.id.is_(None)
        # The status is looked up once, and not once for every code that it may have.
        return case(ENDED[self.kind], value=self._status(model), else_=_state(model, soft))

    def _status(self, model: Any) -> Any:
        if self.kind is MILESTONE:
            return model.state
        status: Any = self.kind.dictionary.fields["status"]
        return current(status, model, bindparam(None, callable_=clock.as_of, type_=Date))

    def _serialize(self, value: PolicyDate | None, attr: Any, obj: Any, **kw: Any) -> str:
        soft = getattr(obj, "strength", None) in SOFT
        return ENDED[self.kind].get(self._told(obj)) or state_of(value, clock.as_of(), soft=soft)

    def _told(self, entity: Any) -> str:
        if self.kind is MILESTONE:
            return str(entity.state)
        row = at(entity.statuses, clock.as_of())
        return str(row.status) if row else ""


for _kind in ENDED:
    extend(_kind.schema, "term_state", TermState(_kind))
