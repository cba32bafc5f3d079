"""What the first page tells, computed from what the reader may see."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from .. import clock
from ..access import acting, visible_to
from ..commitments.models import Commitment, CommitmentStatus
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..indicators.models import Indicator, Observation
from ..initiatives.models import Initiative, InitiativeTheme
from ..kind import Kind
from ..partners.models import Partner
from ..plan import queries as plan_queries
from ..plan.models import Milestone, Plan
from ..plan.schemas import MILESTONE, PLAN
from ..projection import holds, project
from ..record import Record
from ..sources.models import Citation, Document, Passage
from ..themes.schemas import THEME

Item = dict[str, Any]
SETTLED = ("met", "lapsed", "untraceable")
FINISHED = ("done", "dropped")
SPOKEN = "collaboration"


def _projected(kind: Kind, *names: str) -> Any:
    schema = kind.schema(only=("reference", *names))
    return project(schema, acting(), session().get_bind().dialect.name)


def _items(query: Any) -> list[Item]:
    return [json.loads(text) for text in session().scalars(query)]


def counts() -> dict[str, int]:
    """How many records of each kind the reader may see."""
    query = select(Record.kind, func.count()).where(visible_to(acting())).group_by(Record.kind)
    return dict(session().execute(query).all())


def unnamed() -> int:
    """How many groups that are named only as a category, and count as no organisation."""
    query = select(func.count()).select_from(Partner).join(Record, Record.id == Partner.id)
    return session().scalar(query.where(visible_to(acting()), Partner.is_group)) or 0


def themes() -> list[Item]:
    """The themes in their own order."""
    query = _projected(THEME, "name", "name_en", "description", "phase")
    order = func.coalesce(THEME.model.order, 10**6)
    return _items(query.order_by(order, Record.sort_title))


def initiatives_by_theme() -> dict[str, int]:
    """How many initiatives are classified under each theme, by its reference."""
    theme = select(Record.id, Record.reference).subquery()
    query = select(theme.c.reference, func.count(func.distinct(InitiativeTheme.parent_id)))
    query = query.join(InitiativeTheme, InitiativeTheme.theme_id == theme.c.id)
    query = query.join(Record, Record.id == InitiativeTheme.parent_id)
    query = query.where(visible_to(acting())).group_by(theme.c.reference)
    return dict(session().execute(query).all())


def plan() -> Item | None:
    """The plan of action: the first where there are several."""
    query = _projected(PLAN, "title", "title_en", "description", "due")
    found = _items(query.order_by(Plan.id).limit(1))
    return found[0] if found else None


def milestones_of(reference: str) -> tuple[int, int]:
    """How many milestones of the plan are done, of how many."""
    of_plan = select(Record.id).where(Record.reference == reference).scalar_subquery()
    done = func.count().filter(plan_queries.state() == "done")
    query = select(done, func.count()).select_from(Milestone)
    query = query.join(Record, Record.id == Milestone.id)
    row = session().execute(query.where(visible_to(acting()), Milestone.plan_id == of_plan)).one()
    return row[0], row[1]


def due_milestones(most: int) -> list[Item]:
    """The milestones that are still to come, the nearest first."""
    query = _projected(MILESTONE, "title", "title_en", "due", "state", "commitments")
    waiting = func.coalesce(plan_queries.state(), "").not_in(FINISHED)
    latest = Milestone.due_latest  # type: ignore[attr-defined]  # a column of the composite
    query = query.where(waiting, latest >= clock.as_of())
    return _items(query.order_by(latest, Record.sort_title).limit(most))


def due_commitments(most: int) -> list[Item]:
    """The commitments that are not settled and whose term has not ended, the nearest first."""
    query = _projected(COMMITMENT, "text", "text_en", "strength", "due", "status")
    latest = Commitment.due_latest  # type: ignore[attr-defined]  # a column of the composite
    settled = select(CommitmentStatus.parent_id).where(
        holds(CommitmentStatus, clock.as_of()), CommitmentStatus.status.in_(SETTLED)
    )
    query = query.where(latest >= clock.as_of(), latest < date.max, Commitment.id.not_in(settled))
    return _items(query.order_by(latest, Record.sort_title).limit(most))


def figures(most: int) -> Sequence[Any]:
    """(record, indicator, observation) with a measured number, its year and its caveat."""
    query = select(Record, Indicator, Observation).join(Indicator, Indicator.id == Record.id)
    query = query.join(Observation, Observation.parent_id == Indicator.id)
    query = query.where(
        visible_to(acting()),
        Observation.value.is_not(None),
        Observation.year.is_not(None),
        Observation.caveat.is_not(None),
        Observation.position == 0,
    )
    return session().execute(query.order_by(Record.id).limit(most)).all()


def sentence() -> Any:
    """(passage, record, document): the sentence that says what the collaboration is."""
    about = select(Initiative.id).where(Initiative.kind == SPOKEN).order_by(Initiative.id).limit(1)
    query = select(Passage, Record, Document).join(Citation, Citation.passage_id == Passage.id)
    query = query.join(Record, Record.id == Passage.parent_id)
    query = query.join(Document, Document.id == Record.id)
    query = query.where(
        visible_to(acting()),
        Citation.parent_id == about.scalar_subquery(),
        Citation.field == "description",
        Citation.basis == "stated",
    )
    return session().execute(query.order_by(Citation.position).limit(1)).first()
