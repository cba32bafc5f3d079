"""Counting commitments: what was said to the House or the public, and what members agreed."""

from sqlalchemy import ColumnElement, func, select

from ..access import acting, visible_to
from ..db import session
from ..record import Record
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
