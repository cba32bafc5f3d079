"""What stands on the time line: a page of each kind, in the order of time."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from ..access import acting, visible_to
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..listing import Question
from ..listing.narrowing import clauses
from ..plan.schemas import MILESTONE
from ..projection import project
from ..record import Record
from ..steering.scope import Asked

Item = dict[str, Any]
MOST = 50
TOLD: Mapping[Kind, Sequence[str]] = {
    MILESTONE: ("title", "title_en", "due", "state", "term_state"),
    COMMITMENT: ("text", "text_en", "strength", "due", "status", "term_state"),
    INITIATIVE: ("title", "title_en", "status", "statuses", "editions"),
}
"""What is told of each kind, in the order of the page."""


def page(kind: Kind, asked: Asked, number: int) -> tuple[list[Item], int]:
    """A page of the records that a list gives, and how many there are; two statements."""
    where = clauses(kind, Question(kind, filters={n: [*v] for n, v in asked.items()}))
    schema = kind.schema(only=("reference", *TOLD[kind]))
    query = project(schema, acting(), session().get_bind().dialect.name).where(*where)
    query = query.order_by(*_order(kind)).limit(MOST).offset((number - 1) * MOST)
    items = [
        text if isinstance(text, dict) else json.loads(text) for text in session().scalars(query)
    ]
    total = select(func.count()).select_from(kind.model)
    total = total.join(Record, Record.id == kind.model.id).where(visible_to(acting()), *where)
    return items, session().scalar(total) or 0


def _order(kind: Kind) -> list[Any]:
    """By the first day; what has none comes last."""
    if kind is INITIATIVE:
        return [Record.sort_title, Record.id]
    model = kind.model
    first = func.coalesce(model.due_earliest, model.due_latest, date.max)
    return [first, func.coalesce(model.due_latest, date.max), Record.sort_title, Record.id]
