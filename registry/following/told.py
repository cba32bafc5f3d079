"""A page of the feed as JSON, with the records themselves where that is asked."""

import json
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from ..access import Actor, acting_as, visible_to
from ..api.shell import address
from ..db import rfc3339, session
from ..kind import kind_named
from ..projection import project
from ..record import Record
from .cursors import written
from .page import Entries
from .queries import Told

CHANGED, REMOVED = "changed", "removed"


def entries(actor: Actor, found: Entries, *, expand: Collection[str]) -> list[str]:
    """The JSON texts of a page: `expand` may hold "record"."""
    into = _merged(actor, [told for told, _ in found])
    texts = [_entry(actor, told, cursor, into) for told, cursor in found]
    if "record" not in expand:
        return texts
    records = _records(actor, [told for told, _ in found if told.seen])
    whole = zip(texts, found, strict=True)
    return [f'{t[:-1]}, "record": {records.get(told.record, "null")}}}' for t, (told, _) in whole]


def _entry(actor: Actor, told: Told, cursor: Any, into: dict[int, str]) -> str:
    collection = kind_named(told.kind).collection
    content = {
        "kind": told.kind,
        "reference": told.reference,
        "type": CHANGED if told.seen else REMOVED,
        "version": told.version,
        "changedAt": rfc3339(told.at),
        "url": address(f"/{collection}/{told.reference}"),
        "mergedInto": into.get(told.record),
        "cursor": written(actor, cursor),
    }
    return json.dumps(content, ensure_ascii=False)


def _merged(actor: Actor, found: Sequence[Told]) -> dict[int, str]:
    """By the ids of what was merged: the reference of what it became in the end, where `actor` may
    see that. As many queries as the longest chain has steps."""
    ends = {told.record: told.into for told in found if told.into is not None and not told.seen}
    seen: dict[int, str] = {}
    waiting = set(ends.values())
    while waiting:
        query = select(Record.id, Record.reference, Record.merged_into_id, visible_to(actor))
        further: dict[int, int] = {}
        for number, reference, into, shown in session().execute(
            query.where(Record.id.in_(waiting))
        ):
            if into is not None:
                further[number] = into
            elif shown:
                seen[number] = reference
        ends = {start: further.get(end, end) for start, end in ends.items()}
        waiting = set(further.values())
    return {start: seen[end] for start, end in ends.items() if end in seen}


def _records(actor: Actor, found: Sequence[Told]) -> dict[int, str]:
    """The finished JSON of records by their ids: one query for every kind among them."""
    wanted: dict[str, list[int]] = {}
    for told in found:
        wanted.setdefault(told.kind, []).append(told.record)
    dialect = session().get_bind().dialect.name
    records: dict[int, str] = {}
    with acting_as(actor):
        for name, ids in wanted.items():
            query = _some(project(kind_named(name).dictionary, actor, dialect))
            rows = session().execute(query, {"wanted": ids})
            records.update({number: text for text, number in rows})
    return records


@lru_cache(maxsize=500)
def _some(query: Select[Any]) -> Select[Any]:
    """Some records of a projection. Kept, as SQLAlchemy names a long statement only once."""
    some = Record.id.in_(bindparam("wanted", expanding=True))
    return query.add_columns(Record.id).where(some)
