"""What there is to tell between two stands: rows of the book, and embargoes that passed.

Each is one bounded walk along an index, however little of it the reader may see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, tuple_

from ..access import AUDIENCES, Actor, made_by, visible_to
from ..db import Moment, session
from ..history import subjects
from ..ledger import Change, LedgerHead
from ..record import Record
from ..updates import queries as updates
from ..updates.models import Update

WALKED = 500
"""Numbers of the book, or embargoes, that one page looks at."""


@dataclass(frozen=True)
class Told:
    """Something to tell of a record: that it changed at `seq` or, without one, that its embargo
    passed; `seen` says whether the reader may see it now."""

    record: int
    kind: str
    reference: str
    version: int
    at: datetime
    seen: bool
    seq: int = 0
    elsewhere: bool = False
    into: int | None = None


def head() -> int:
    """The last number of the book."""
    return session().scalar(select(LedgerHead.seq)) or 0


def made_at(seq: int) -> datetime | None:
    """When the change with this number was made, if there is one."""
    return session().scalar(select(Change.at).where(Change.seq == seq))


def changes(
    actor: Actor, first: int, last: int, kinds: Collection[str], most: int
) -> tuple[Sequence[Told], int]:
    """What `actor` is told of `most` changes after number `first` up to `last`, in their order,
    and up to which number that goes. Of other kinds: what others show something of."""
    query = _rows(actor).where(Change.seq > first, Change.seq <= last)
    if kinds:
        query = query.where(or_(Record.kind.in_(kinds), Change.elsewhere))
    rows = session().execute(query.order_by(Change.seq).limit(most)).all()
    heard = _heard(actor, rows)
    told = [
        Told(
            row.record_id,
            row.kind,
            row.reference,
            row.now if row.seen else row.then,
            row.at,
            bool(row.seen),
            row.seq,
            row.elsewhere,
            row.merged_into_id,
        )
        for row in rows
        if row.subject is None or row.seq in heard
    ]
    return told, rows[-1].seq if len(rows) == most else last


def _rows(actor: Actor) -> Any:
    seen = visible_to(actor)
    query = select(
        Change.record_id,
        Record.kind,
        Record.reference,
        Record.version.label("now"),
        Change.version.label("then"),
        Change.at,
        seen.label("seen"),
        Change.seq,
        Change.elsewhere,
        Record.merged_into_id,
        Change.subject,
        Change.subject_key,
    ).join(Record, Record.id == Change.record_id)
    return query.where(or_(seen, and_(Change.subject.is_(None), _seen_before(actor))))


def _seen_before(actor: Actor) -> ColumnElement[bool]:
    """Whether `actor` could see the record just before the change."""
    shown = Change.shown_before.in_(AUDIENCES[actor.view])
    if actor.editorial or not actor.signed_in:
        return shown
    keeper = func.coalesce(Change.keeper_before_id, Record.keeper_id)
    own = or_(made_by(actor), keeper.in_(sorted(actor.organisations)))
    return or_(shown, and_(Change.shown_before.is_not(None), own))


def _heard(actor: Actor, rows: Sequence[Any]) -> set[int]:
    """The numbers of what was said beside records that `actor` may read. Reports are looked up by
    their keys, as there may be very many of them."""
    reports = {row.seq: row.subject_key for row in rows if row.subject == updates.REPORT}
    others = [row.seq for row in rows if row.subject not in (None, updates.REPORT)]
    found: set[int] = set()
    if reports:
        query = select(Update.key).join(Update.record).where(updates.visible(actor))
        read = set(session().scalars(query.where(Update.key.in_(set(reports.values())))))
        found |= {seq for seq, key in reports.items() if key in read}
    if others:
        heard = select(Change.seq).where(Change.seq.in_(others), subjects.seen(actor))
        found |= set(session().scalars(heard))
    return found


def passed(
    actor: Actor, first: tuple[datetime, str], last: tuple[datetime, str], most: int = WALKED
) -> Sequence[Told]:
    """The records whose embargo passed after `first` and until `last`, in the order in which that
    happened, whether `actor` may see them or not."""
    order = (Record.embargo_until, Record.reference)
    query = select(
        Record.id,
        Record.kind,
        Record.reference,
        Record.version,
        Record.embargo_until,
        visible_to(actor).label("seen"),
    )
    held, here = Record.embargo_until.is_not(None), tuple_(*order)
    query = query.where(held, here > _place(*first), here <= _place(*last))
    rows: Sequence[Any] = session().execute(query.order_by(*order).limit(most)).all()
    return [
        Told(row[0], row[1], row[2], row[3], row[4], bool(row.seen), elsewhere=True) for row in rows
    ]


def _place(moment: datetime, reference: str) -> Any:
    return tuple_(bindparam(None, moment, type_=Moment), reference)
