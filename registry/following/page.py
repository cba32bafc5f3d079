"""One page of the feed: what comes after a cursor, each record once, and how to go on."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from .. import clock
from ..access import Actor
from . import queries
from .cursors import EPOCH, LAST, Cursor, Stand, unknown
from .echoes import Wanted, echoes
from .queries import WALKED, Told

ROOM = 2
"""Rows of the book that are read for every record on a page, as one may have changed often."""


Entries = list[tuple[Told, Cursor]]


@dataclass(frozen=True)
class Question:
    """What is asked: of which kinds (none: of all), and how many records at most."""

    kinds: Collection[str]
    per_page: int


@dataclass
class Page:
    """What happened, in order, each with the cursor after it; and the cursor after all of it.
    Nothing comes after that yet where it is `in_step`."""

    entries: Entries
    following: Cursor
    in_step: bool = False


@dataclass
class Batch:
    """The last of every record, with the stand after it, from `start` up to `goal`."""

    start: Stand
    goal: Stand
    last: dict[int, tuple[Told, Stand]] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)

    def take(self, found: Iterable[tuple[Told, Stand]], most: int) -> None:
        """Take in what was found; what does not fit lies behind the goal."""
        stand = self.start
        for told, after in found:
            if told.record not in self.last and len(self.last) >= most:
                self.goal = stand
                return
            self.last.pop(told.record, None)
            self.last[told.record] = told, after
            if told.elsewhere:
                self.shown.add(told.record)
            stand = after

    def entries(self, kinds: Collection[str]) -> Entries:
        """Those of these kinds. Who goes on after one is first told what shows something of those
        before it."""
        found: Entries = []
        shows = False
        for told, stand in self.last.values():
            shows = shows or told.record in self.shown
            if not kinds or told.kind in kinds:
                found.append((told, Cursor(self.start, stand) if shows else Cursor(stand)))
        return found

    def targets(self) -> dict[str, list[int]]:
        """By kind, the records of which others show something that changed."""
        found: dict[str, list[int]] = {}
        for told, _ in self.last.values():
            if told.record in self.shown:
                found.setdefault(told.kind, []).append(told.record)
        return found

    def at(self) -> datetime:
        """When the last of it happened."""
        return max(told.at for told, _ in self.last.values())


def beginning() -> Cursor:
    """Before everything."""
    return Cursor(Stand(0, EPOCH, clock.now()))


def present() -> Cursor:
    """After everything: what is read after this was called is no older than it."""
    now, seq = clock.now(), queries.head()
    return Cursor(Stand(seq, _made_at(seq), now))


def check(cursor: Cursor) -> None:
    """Raise Invalid where the book does not go so far, or is another one since it was restored."""
    head = queries.head()
    for stand in (cursor.stand, cursor.goal):
        if stand is not None and (stand.seq > head or _made_at(stand.seq) != stand.at):
            raise unknown()


def page(actor: Actor, cursor: Cursor, question: Question) -> Page:
    """What comes after `cursor`."""
    now, head = clock.now(), queries.head()
    stand, kinds = cursor.stand, question.kinds
    if cursor.goal is not None:
        batch = _again(actor, stand, cursor.goal, kinds)
        return _whole(actor, batch, question, [], cursor.after)
    if stand.moment > now:  # by another server's clock; what this one hides must be told later
        stand = replace(stand, moment=now, tie=LAST)
    batch = _passed(actor, stand, now, question.per_page)
    if batch.last or batch.goal.moment not in (stand.moment, now):
        return _whole(actor, batch, question, batch.entries(kinds), "")
    batch = _written(actor, batch.goal, head, question)
    found = _whole(actor, batch, question, batch.entries(kinds), "")
    found.in_step = found.following == Cursor(replace(batch.goal, seq=head))
    return found


def _passed(actor: Actor, start: Stand, now: datetime, most: int) -> Batch:
    """The embargoes that passed; where there are none, the stand remains what it is."""
    found = queries.passed(actor, (start.moment, start.tie), (now, LAST))
    if not found:
        return Batch(start, start)
    whole = len(found) < WALKED
    end = (now, LAST) if whole else (found[-1].at, found[-1].reference)
    batch = Batch(start, replace(start, moment=end[0], tie=end[1]))
    seen = [told for told in found if told.seen]
    batch.take(((t, replace(start, moment=t.at, tie=t.reference)) for t in seen), most)
    return batch


def _written(actor: Actor, start: Stand, head: int, question: Question) -> Batch:
    """What the book says, as far as one page walks."""
    far, most = min(start.seq + WALKED, head), ROOM * question.per_page
    found, end = queries.changes(actor, start.seq, far, question.kinds, most)
    goal = replace(start, seq=end, at=_made_at(end)) if end > start.seq else start
    batch = Batch(start, goal)
    batch.take(_stands(start, found), question.per_page)
    return batch


def _stands(start: Stand, found: Sequence[Told]) -> list[tuple[Told, Stand]]:
    return [(told, replace(start, seq=told.seq, at=told.at)) for told in found]


def _again(actor: Actor, start: Stand, goal: Stand, kinds: Collection[str]) -> Batch:
    """A batch of which all was told, but not what shows something of it."""
    batch = Batch(start, goal)
    if goal.seq > start.seq:
        found, _ = queries.changes(actor, start.seq, goal.seq, kinds, WALKED)
    else:
        ends = (start.moment, start.tie), (goal.moment, goal.tie)
        found = [told for told in queries.passed(actor, *ends) if told.seen]
    batch.take(((told, goal) for told in found), WALKED)
    return batch


def _whole(actor: Actor, batch: Batch, question: Question, entries: Entries, after: str) -> Page:
    """The page of a batch, with what shows something of it as far as there is room."""
    room = question.per_page - len(entries)
    targets = batch.targets()
    if not targets:
        return Page(entries, Cursor(batch.goal))
    wanted = Wanted(question.kinds, list(batch.last), after, room + 1)
    told = echoes(actor, targets, batch.at(), wanted)
    here = [(one, Cursor(batch.start, batch.goal, one.reference)) for one in told[:room]]
    if len(told) <= room:
        return Page([*entries, *here], Cursor(batch.goal))
    last = here[-1][0].reference if here else after
    return Page([*entries, *here], Cursor(batch.start, batch.goal, last))


def _made_at(seq: int) -> datetime:
    return queries.made_at(seq) or EPOCH
