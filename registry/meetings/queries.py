"""Whether there is any meeting to see, and which records came of which meetings."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from ..access import Actor, visible_to
from ..commitments.models import Commitment
from ..db import session
from ..editing import SHOWN
from ..record import Record
from ..sources.models import Document
from .models import ActionPoint, Meeting


def any_seen(actor: Actor) -> bool:
    """Whether `actor` may see a meeting: one query."""
    query = select(Record.id).where(Record.kind == "meeting", visible_to(actor)).limit(1)
    return session().scalar(query) is not None


def made_minutes(meeting_id: int) -> Sequence[str]:
    """The reference of its minutes, as far as they are shown; a letter that it names is not its
    own."""
    query = select(Record.reference).join(Document, Document.id == Record.id)
    query = query.join(Meeting, Meeting.minutes_id == Document.id)
    return _shown(query.where(Meeting.id == meeting_id, Document.kind == "minutes"))


def made_agreements(meeting_id: int) -> Sequence[str]:
    """The references of the agreements that its action points became, as far as they are shown."""
    query = select(Record.reference).join(Commitment, Commitment.id == Record.id)
    query = query.join(ActionPoint, ActionPoint.commitment_id == Commitment.id)
    query = query.where(ActionPoint.parent_id == meeting_id, Commitment.strength == "agreement")
    return _shown(query.order_by(Record.reference).distinct())


def meetings_of_minutes(document_id: int) -> Sequence[Record]:
    """The meetings of these minutes that are shown."""
    query = select(Record).join(Meeting, Meeting.id == Record.id)
    return _shown(query.where(Meeting.minutes_id == document_id))


def meetings_of_agreement(commitment_id: int) -> Sequence[Record]:
    """The meetings that are shown and have an action point that became this agreement."""
    points = select(ActionPoint.parent_id).where(ActionPoint.commitment_id == commitment_id)
    return _shown(select(Record).where(Record.id.in_(points)))


def _shown(query: Select[Any]) -> Sequence[Any]:
    alive = query.where(Record.state.in_(SHOWN), Record.deleted_at.is_(None))
    return session().scalars(alive).all()
