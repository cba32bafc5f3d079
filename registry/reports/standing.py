"""The state of affairs that a line starts from: the last report that was released, as of a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from ..db import session
from ..updates.models import Update
from .models import AnnexLine


def latest(record_ids: Sequence[int] | Any, day: date) -> Mapping[int, Update]:
    """By record (ids, or a query for them), the report that was released last and not corrected
    by one that was; by one query."""
    later = aliased(Update)
    corrected = select(later.id).where(
        later.replaces_id == Update.id, later.released_at.is_not(None)
    )
    rank = func.row_number().over(
        partition_by=Update.record_id, order_by=(Update.day.desc(), Update.id.desc())
    )
    ranked = select(Update.id, rank.label("rank")).where(
        Update.record_id.in_(record_ids),
        Update.released_at.is_not(None),
        Update.day <= day,
        ~corrected.exists(),
    )
    first = ranked.subquery()
    query = select(Update).where(Update.id.in_(select(first.c.id).where(first.c.rank == 1)))
    found = session().scalars(query.options(joinedload(Update.organisation)))
    return {update.record_id: update for update in found}


def agreement(line: AnnexLine | None, update: Update | None) -> str:
    """How far the agreement on a line is. What was agreed to is no more than what was read then:
    the text of the secretariat, or else the report that was the last."""
    if line is None:
        return "not_asked"
    anew = line.text is None and line.update_key != (update.key if update else None)
    return "not_asked" if line.agreement == "agreed" and anew else line.agreement
