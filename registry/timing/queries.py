"""What recurs, year by year: which edition was held in the window that the words name."""

import json
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, String, bindparam

from .. import clock, policydate, vocabulary
from ..access import View, acting
from ..db import connection, dialect
from ..errors import NotFound
from ..initiatives.schemas import INITIATIVE
from ..policydate import DateKind, PolicyDate
from ..prepared import Prepared
from ..projection import project
from ..record import Record

Item = dict[str, Any]
NAMES = ("reference", "recurrence", "editions", "status")
OVER = ("completed", "stopped", "merged")
"""The statuses of an initiative after which nothing more is expected."""
MOST = 100


def expected(reference: str, first: int | None = None, last: int | None = None) -> list[Item]:
    """Each expected occurrence of an initiative with its window, the edition in it, and how it
    stands on the reference date. Raises NotFound.

    Without years: from the first edition that is registered to the year after the reference date.
    """
    who = acting()
    statement = _recurring(who.view, dialect(), signed_in=who.signed_in)
    rows = statement.rows(connection(), {"wanted": reference})
    if not rows:
        raise NotFound
    told = rows[0][0]
    item: Item = json.loads(told) if isinstance(told, str) else told
    if item["recurrence"] is None:
        return []
    begin, end = _years(item)
    return within(item, first or begin, last or end)


@lru_cache(maxsize=50)
def _recurring(_view: View, dialect: Dialect, *, signed_in: bool) -> Prepared:
    """For all who see as much as who acts now."""
    query = project(INITIATIVE.schema(only=NAMES), acting(), dialect.name)
    wanted = bindparam("wanted", type_=String, required=True)
    return Prepared(query.where(Record.reference == wanted), dialect)


def within(item: Item, begin: int, end: int) -> list[Item]:
    """The same of an initiative as JSON that recurs, from one year to another."""
    windows = policydate.occurrences(
        value_of(item["recurrence"]), begin, min(end, begin + MOST), vocabulary.conventions()
    )
    return [_told(window, item["editions"]) for window in windows]


def value_of(parts: Item) -> PolicyDate:
    """The policy date that a JSON object stands for."""
    days = (parts.get(name) for name in ("earliest", "latest", "anchor"))
    earliest, latest, anchor = (date.fromisoformat(day) if day else None for day in days)
    kind = DateKind(parts["kind"]) if parts.get("kind") else None
    return PolicyDate(parts.get("text"), earliest, latest, kind, anchor)


def _years(item: Item) -> tuple[int, int]:
    today = clock.as_of()
    known = [_first(edition) for edition in item["editions"]]
    years = [day.year for day in known if day is not None]
    begin = item["recurrence"]["earliest"]
    years += [date.fromisoformat(begin).year] if begin else []
    return min([*years, today.year]), today.year + (item["status"] not in OVER)


def _first(edition: Item) -> date | None:
    day = (edition["when"] or {}).get("earliest")
    return date.fromisoformat(day) if day else None


def _told(window: PolicyDate, editions: list[Item]) -> Item:
    held = next((edition for edition in editions if _within(edition, window)), None)
    named = {name: held[name] for name in ("key", "title", "when")} if held else None
    return {"window": window.as_json(), "edition": named, "state": _state(window, held)}


def _within(edition: Item, window: PolicyDate) -> bool:
    """Whether an edition was in this window; one that has only a year may have been."""
    if edition["when"] is None:
        return False
    when = value_of(edition["when"])
    if None in (when.earliest, when.latest, window.earliest, window.latest):
        return False
    return when.earliest <= window.latest and window.earliest <= when.latest  # type: ignore[operator]


def _state(window: PolicyDate, held: Item | None) -> str:
    if held is not None:
        return "registered"
    today = clock.as_of()
    if window.earliest is not None and today < window.earliest:
        return "expected"
    return "open" if window.latest is None or today <= window.latest else "unregistered"
