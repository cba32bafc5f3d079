"""Proof that the book is whole: no number is missing, versions count up, and replaying the
history of every record gives what is stored of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from .. import ledger, search
from ..db import session
from ..kind import Kind, kind_named, kinds
from ..ledger import Change, LedgerHead
from ..record import Record
from . import beside, passages, queries, replay
from .stored import Flat, Stored, stored

BATCH = 200
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Fault:
    """The first place where the book and the tables do not agree."""

    reference: str
    path: str
    replayed: Any
    stored: Any


def verify(
    progress: Progress = lambda _done, _of: None, *, folder: Path | None = None
) -> Fault | None:
    """The first fault, or None. Its memory does not grow with the registry. `folder`: where the
    files of reports lie, to compare what is in them too."""
    found = next(_numbers(), None) or next(_records(progress), None)
    return found or next((Fault(*each) for each in beside.differences(folder)), None)


def _numbers() -> Iterator[Fault]:
    """The numbers of the book run from 1 to its head."""
    head = session().scalar(select(LedgerHead.seq)) or 0
    first, last, count = (
        session()
        .execute(select(func.min(Change.seq), func.max(Change.seq), func.count(Change.seq)))
        .one()
    )
    if (first or 1, last or 0, count) == (1, head, head):
        return
    following = aliased(Change)
    after = select(following.seq).where(following.seq == Change.seq + 1).exists()
    gap = session().scalar(select(func.min(Change.seq)).where(~after)) if first == 1 else 0
    missing = (gap or 0) + 1
    where = "change" if missing <= head else "ledger_head"
    yield Fault(where, f"seq {missing}", last or 0, head)


def _records(progress: Progress) -> Iterator[Fault]:
    of, done, last = session().scalar(select(func.count()).select_from(Record)) or 0, 0, 0
    while (
        records := session()
        .scalars(select(Record).where(Record.id > last).order_by(Record.id).limit(BATCH))
        .all()
    ):
        yield from _batch(records)
        last, done = records[-1].id, done + len(records)
        session().expunge_all()
        progress(done, of)


def _batch(records: Sequence[Record]) -> Iterator[Fault]:
    yield from _kinds(records)
    tables = stored(records)
    ids = [record.id for record in records]
    query = select(Change).where(queries.of_itself(*ids)).order_by(Change.record_id, Change.seq)
    changes = session().scalars(query, execution_options={"yield_per": BATCH})
    told = groupby(changes, key=lambda change: change.record_id)
    history: tuple[int, Iterator[Change]] | None = next(told, None)
    for record in records:
        if history is None or history[0] != record.id:
            yield Fault(record.reference, "version", None, record.version)
            continue
        yield from _one(record, tables[record.id], history[1])
        history = next(told, None)


def _kinds(records: Sequence[Record]) -> Iterator[Fault]:
    prefixes = {kind.prefix: kind.name for kind in kinds()}
    for record in records:
        name = prefixes.get(record.reference.partition("-")[0])
        if name != record.kind:
            yield Fault(record.reference, "kind", name, record.kind)


def _one(record: Record, now: Stored, changes: Iterator[Change]) -> Iterator[Fault]:
    book: Flat = {}
    tree: replay.Tree = {}
    last = None
    for change in changes:
        yield from _continued(record, change, last, book)
        replay.lay(tree, change)
        last = change
    assert last is not None
    yield from _heads(record, last)
    yield from _compared(record.reference, book, now.facts)
    kind = kind_named(record.kind)
    yield from _compared(record.reference, _computed(kind, record, tree, last), now.computed)


def _continued(record: Record, change: Change, last: Change | None, book: Flat) -> Iterator[Fault]:
    """Each change goes on where the one before it ended."""
    version = (last.version if last else 0) + 1
    if (change.version, change.reference) != (version, record.reference):
        place = f"change {change.seq}: version"
        yield Fault(record.reference, place, version, f"{change.reference} {change.version}")
    for pair in change.changes:
        before = book.pop(pair["path"], None)
        if before != pair["old"]:
            place = f"change {change.seq}: {pair['path']}"
            yield Fault(record.reference, place, before, pair["old"])
        if pair["new"] is not None:
            book[pair["path"]] = pair["new"]


def _heads(record: Record, last: Change) -> Iterator[Fault]:
    replayed = {"version": last.version, "last_seq": last.seq, "updated_at": last.at}
    for name, value in replayed.items():
        if getattr(record, name) != value:
            yield Fault(record.reference, name, value, getattr(record, name))


def _compared(reference: str, replayed: Flat, now: Flat) -> Iterator[Fault]:
    for pair in sorted(ledger.pairs(replayed, now), key=itemgetter("path")):
        path, then, here = pair.values()
        if not (path.endswith("].passage") and _renamed(path, replayed, here)):
            yield Fault(reference, path, then, here)


def _renamed(path: str, replayed: Flat, words: Any) -> bool:
    """A passage whose words were changed is still the same passage."""
    name = (replayed.get(path.replace("].passage", "].document")), replayed.get(path))
    found = passages.cited([name]).get(name) if name[1] else None
    return found is not None and found.quote == words


def _computed(kind: Kind, record: Record, tree: replay.Tree, last: Change) -> Flat:
    """What is copied and computed, as it follows from the replayed record."""
    entity = replay.entity_of(kind, tree, replay.identity(record, tree, last), {})
    title, english = entity.titles()
    own = {"title": title, "titleEn": english, "sortTitle": search.fold(title)}
    return {**{name: v for name, v in own.items() if v is not None}, **Stored.days(kind, entity)}
