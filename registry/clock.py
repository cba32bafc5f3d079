"""The one clock. Everything that asks what day or moment it is, asks here."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import current_app, has_app_context

# Python reads other ways of ISO 8601 too: weeks, days without hyphens, a comma in the seconds.
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MOMENT = re.compile(
    rf"{DAY.pattern}T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
)


def now() -> datetime:
    """The present moment, in UTC. Time stamps, sessions, tokens and embargoes use it."""
    return datetime.now(UTC)


def today() -> date:
    """The default reference date (peildatum): REGISTRY_TODAY where it is set, else this day."""
    if has_app_context() and (fixed := current_app.config.get("REGISTRY_TODAY")):
        return date.fromisoformat(fixed)
    return now().date()


def day(text: str) -> date:
    """A day that is written as YYYY-MM-DD. Raises ValueError."""
    if not DAY.fullmatch(text):
        raise ValueError("no day")
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """A moment that is written with its offset (RFC 3339), in UTC. Raises ValueError."""
    if not MOMENT.fullmatch(text):
        raise ValueError("no moment")
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except OverflowError as error:  # its UTC lies in the year 0 or 10000
        raise ValueError("no such moment") from error


def beginning(day: date) -> datetime:
    """The moment at which a day begins where the registry is kept, in UTC. Raises OverflowError."""
    return datetime.combine(day, time(), _here()).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """The day on which a moment falls where the registry is kept."""
    return moment.astimezone(_here()).date()


def _here() -> ZoneInfo:
    return ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])


_as_of: ContextVar[date | None] = ContextVar("as_of", default=None)


def as_of() -> date:
    """The reference date of the current question: asked for, or else the default."""
    return _as_of.get() or today()


@contextmanager
def seen_as_of(day: date | None) -> Iterator[None]:
    """Answer a block's questions as of `day` (None: the default)."""
    token = _as_of.set(day)
    try:
        yield
    finally:
        _as_of.reset(token)
