"""Counting in the database, with the very filters of the lists: a number and its list agree."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all

from .. import clock
from ..access import acting, visible_to
from ..commitments.models import CommitmentStatus
from ..db import rfc3339, session
from ..initiatives.models import InitiativeStatus
from ..kind import Kind
from ..listing import Question, filters
from ..listing.filters import NONE
from ..listing.narrowing import clauses
from ..partners.schemas import PARTNER
from ..plan.models import Plan
from ..plan.schemas import PLAN
from ..projection import project
from ..record import Record
from ..themes.schemas import THEME
from .scope import Asked, Scope

Item = dict[str, Any]
MANY = 300  # organisations that can be chosen from


@dataclass(frozen=True)
class Tally:
    """How many records there are for each combination of the values of `names`."""

    names: Sequence[str]
    counts: Mapping[tuple[str, ...], int]

    def by(self, *names: str, **within: Sequence[str]) -> Mapping[tuple[str, ...], int]:
        """The same for fewer names, among the records with the values that `within` allows."""
        places = [self.names.index(name) for name in names]
        limits = [(self.names.index(name), {*values}) for name, values in within.items()]
        found: Counter[tuple[str, ...]] = Counter()
        for values, count in self.counts.items():
            if all(values[place] in allowed for place, allowed in limits):
                found[tuple(values[place] for place in places)] += count
        return found

    def total(self, **within: Sequence[str]) -> int:
        """How many there are with the values that `within` allows."""
        return sum(self.by(**within).values())


def tally(kind: Kind, asked: Asked, names: Sequence[str] = ()) -> Tally:
    """How many records of the list that is `asked` there are for each combination of the values
    of the filters `names`; one statement."""
    # One value per record is a column; a filter of which a record has several values is joined.
    base, own, several, known = _base(kind, asked), {}, {}, filters(kind)
    for name in names:
        pairs = known[name].pairs(kind.model)
        if pairs.get_final_froms() == [kind.model.__table__]:
            own[name] = pairs.selected_columns[1].label(name)
        else:
            several[name] = pairs.subquery()
    each = base.add_columns(*own.values()).subquery()
    columns = [several[n].c[1] if n in several else each.c[n] for n in names]
    source: Any = each
    for pairs in several.values():
        source = source.outerjoin(pairs, pairs.c[0] == each.c.id)
    number = func.count(each.c.id.distinct()) if several else func.count()
    counted = select(*columns, number).select_from(source).group_by(*columns)
    rows = session().execute(counted)
    told = {tuple(NONE if v is None else str(v) for v in row[:-1]): row[-1] for row in rows}
    return Tally(names, told)


def _base(kind: Kind, asked: Asked) -> Select[Any]:
    """The ids that a list gives. Its state is asked of the identity that is joined already: the
    filter of the list would look it up for every record again."""
    wanted = {name: [*values] for name, values in asked.items() if name != "workflow"}
    query = select(kind.model.id).join(Record, Record.id == kind.model.id)
    if states := asked.get("workflow"):
        query = query.where(Record.state.in_(states))
    return query.where(visible_to(acting()), *clauses(kind, Question(kind, filters=wanted)))


def changed(scope: Scope, lists: Sequence[tuple[Kind, Asked]]) -> list[int]:
    """How many records of each list were changed since the day of the scope; one statement."""
    moment = clock.beginning(scope.since)
    found = [
        _base(kind, asked).where(Record.updated_at >= moment).add_columns(literal(at).label("at"))
        for at, (kind, asked) in enumerate(lists)
    ]
    each = union_all(*found).subquery()
    counted = select(each.c["at"], func.count()).group_by(each.c["at"])
    told: dict[int, int] = dict(session().execute(counted).all())
    return [told.get(at, 0) for at in range(len(lists))]


def since(scope: Scope) -> str:
    """The moment from which changes are told, as a list is asked for it."""
    return rfc3339(clock.beginning(scope.since))


def _items(kind: Kind, names: Sequence[str], order: Sequence[Any], most: int, *where: Any) -> Any:
    schema = kind.schema(only=("reference", *names))
    query = project(schema, acting(), session().get_bind().dialect.name)
    found = session().scalars(query.where(*where).order_by(*order).limit(most))
    return [text if isinstance(text, dict) else json.loads(text) for text in found]


def themes() -> list[Item]:
    """The themes in their own order."""
    order = (func.coalesce(THEME.model.order, 10**6), Record.sort_title)
    found: list[Item] = _items(THEME, ("name", "name_en", "phase"), order, MANY)
    return found


def organisations(chosen: str | None) -> list[Item]:
    """The organisations to choose from, the chosen one among them; none where they are too
    many for a list."""
    named = PARTNER.model.is_group.is_(False)
    names = ("name", "abbreviation")
    found: list[Item] = _items(PARTNER, names, (Record.sort_title,), MANY + 1, named)
    if len(found) <= MANY:
        return found
    one: list[Item] = _items(PARTNER, names, (Record.id,), 1, Record.reference == chosen)
    return one


def plan() -> Item | None:
    """The plan of action that is worked towards: the first where there are several."""
    found = _items(PLAN, ("title", "title_en", "due"), (Plan.id,), 1)
    return found[0] if found else None


def first_day() -> date | None:
    """The first day of which anything was registered."""
    days = [
        session().scalar(select(func.min(row.effective_from)))
        for row in (CommitmentStatus, InitiativeStatus)
    ]
    return min((day for day in days if day is not None), default=None)
