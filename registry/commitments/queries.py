"""Counting commitments: what was said to the House or the public, and what members agreed."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from ..access import acting, visible_to
from ..db import session
from ..record import Record, State
from ..sources.models import Document, Event
from ..vocabulary import LISTS
from .models import Commitment

AGREEMENT = "agreement"
SAID = [code for code in LISTS["strength"].terms if code != AGREEMENT]
"""Every strength but that of an agreement, to ask a list for."""


def counts() -> tuple[int, int]:
    """How many commitments the reader may see, and apart from them how many agreements within
    the collaboration, which nobody told the House."""
    agreed = func.count().filter(Commitment.strength == AGREEMENT)
    query = select(func.count() - agreed, agreed).select_from(Commitment)
    query = query.join(Record, Record.id == Commitment.id).where(visible_to(acting()))
    said, agreements = session().execute(query).one()
    return said, agreements


def said() -> ColumnElement[bool]:
    """That a commitment is none of the agreements within the collaboration."""
    return Commitment.strength != AGREEMENT


def agreed() -> ColumnElement[bool]:
    """That a commitment is an agreement within the collaboration."""
    return Commitment.strength == AGREEMENT


def said_after(day: date) -> ColumnElement[bool]:
    """That it was made later, by the day of the event, or else of the document."""
    columns: Any = Event  # the columns of a policy date are those of its composite
    events = select(Event.id).where(columns.when_earliest > day)
    papers = select(Document.id).where(Document.official_date > day)
    by_document = Commitment.made_at_event_id.is_(None) & Commitment.made_at_document_id.in_(papers)
    return or_(
        and_(Commitment.made_at_event_id.is_not(None), Commitment.made_at_event_id.in_(events)),
        and_(Commitment.made_at_document_id.is_not(None), by_document),
    )


def later(day: date) -> tuple[int, int]:
    """(how many of what the House was told was said after a day, how many were said at all), as
    far as the reader may see them."""
    query = select(func.count().filter(said_after(day)), func.count()).select_from(Commitment)
    query = query.join(Record, Record.id == Commitment.id)
    shown = (said(), Record.state == State.PUBLISHED, visible_to(acting()))
    after, all_ = session().execute(query.where(*shown)).one()
    return after, all_
