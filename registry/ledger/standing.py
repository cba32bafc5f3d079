"""Where the book stands: one look-up, however much there is to read, that moves with whatever
changes what somebody reads."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, bindparam, func, select

from .. import clock
from ..db import Moment
from ..prepared import Prepared
from ..record import Record
from .models import Change, LedgerHead

Standing = tuple[Any, ...]
besides: list[Any] = []
"""What higher rooms change without a number in the book: a scalar subquery each, by an index."""


def standing(connection: Connection) -> Standing:
    """The last number of the book with its moment, the last embargo that has passed, and what is
    beside the book. The moment tells a database that was put back from the one that it was."""
    return _statement(len(besides), connection.dialect).rows(connection, {})[0]


@lru_cache(maxsize=8)
def _statement(_rooms: int, dialect: Dialect) -> Prepared:
    at = select(Change.at).where(Change.seq == LedgerHead.seq).correlate(LedgerHead)
    passed = Record.embargo_until <= bindparam("present", callable_=clock.now, type_=Moment)
    embargo = select(func.max(Record.embargo_until)).where(passed)
    own = (LedgerHead.seq, at.scalar_subquery(), embargo.scalar_subquery())
    return Prepared(select(*own, *besides), dialect)
