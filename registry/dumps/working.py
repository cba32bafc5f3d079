"""When a dump is made anew: soon after a change, and at once when something became hidden."""

import logging
from datetime import timedelta

from flask import Flask
from sqlalchemy import exists, or_, select

from .. import clock
from ..access import ANYBODY, visible_to
from ..db import session
from ..extensions import database
from ..following import queries
from ..following.cursors import LAST
from ..jobs import cli
from ..ledger import Change
from ..record import Audience, Record
from . import keeping
from .building import build
from .keeping import Dump

log = logging.getLogger(__name__)
LEAST = timedelta(minutes=5)
"""Between two dumps, where nothing has to disappear from the one that is there."""
SHARE = 10
"""A dump that takes long is not made more than this part of the time."""
ERASED = "erase"


def look() -> None:
    """Make a dump where one is due, unless somebody else does."""
    if keeping.wanted() and due(keeping.served()):
        with keeping.alone() as alone:
            if alone and due(keeping.served()):
                dump = build()
                log.info("a dump was made of %s records", sum(dump.counts.values()))


def due(dump: Dump | None) -> bool:
    """Whether it is time for another one than this."""
    if dump is None:
        return True
    with database.snapshot():
        if not _behind(dump):
            return False
        rest = max(LEAST, timedelta(seconds=SHARE * dump.seconds))
        return clock.now() >= dump.made + rest or withdrawn(dump)


def _behind(dump: Dump) -> bool:
    if queries.head() != dump.seq:
        return True
    return bool(queries.passed(ANYBODY, (dump.until, LAST), (clock.now(), LAST), 1))


def withdrawn(dump: Dump) -> bool:
    """Whether something in the dump is public no more, or was erased: one look along the numbers of
    the book."""
    hidden = (Change.shown_before == Audience.PUBLIC) & ~visible_to(ANYBODY)
    since = select(Change.seq).join(Record, Record.id == Change.record_id)
    since = since.where(Change.seq > dump.seq, or_(hidden, Change.action == ERASED))
    return bool(session().scalar(select(exists(since))))


def register(app: Flask) -> None:
    """Let the worker look."""
    if look not in cli.rounds:
        cli.rounds.append(look)
