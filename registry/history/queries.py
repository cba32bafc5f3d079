"""Which changes somebody may see: of a published record, those since its first publication."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true

from ..access import Actor, made_by, owns, visible_to
from ..db import session
from ..ledger import Change
from ..record import Record
from . import subjects


def of_record(actor: Actor, record: Record) -> Select[Change]:
    """The changes of one record that `actor` may see, the last one first."""
    query = select(Change).where(Change.record_id == record.id)
    if not actor.editorial:
        own = true() if owns(actor, record) else _since(record.published_at, record.embargo_until)
        query = query.where(or_(and_(Change.subject.is_(None), own), subjects.seen(actor)))
    return query.order_by(Change.seq.desc())


def _since(published: datetime | None, embargo: datetime | None) -> ColumnElement[bool]:
    """What was changed under embargo was not public yet."""
    if published is None:
        return false()
    return Change.at >= (max(published, embargo) if embargo else published)


def of_everything(actor: Actor) -> Select[Change, Record]:
    """All changes that `actor` may see, the last one first, each with the record it is of."""
    query = select(Change, Record).outerjoin(Record, Record.id == Change.record_id)
    released = or_(Record.embargo_until.is_(None), Change.at >= Record.embargo_until)
    public = and_(Change.at >= Record.published_at, released)
    shown = public if not actor.signed_in else or_(public, _own(actor))
    whole = true() if actor.editorial else and_(shown, visible_to(actor))  # also what was removed
    own = and_(Change.subject.is_(None), whole)
    query = query.where(or_(own, subjects.seen(actor)))
    return query.order_by(Change.seq.desc())


def _own(actor: Actor) -> ColumnElement[bool]:
    kept = Record.keeper_id.in_(sorted(actor.organisations)) if actor.organisations else false()
    return or_(made_by(actor), kept)


def earlier(record_id: int, seq: int) -> Sequence[Change]:
    """The changes of a record up to and including number `seq`, the first one first."""
    own = Change.record_id == record_id, Change.subject.is_(None)
    query = select(Change).where(*own, Change.seq <= seq)
    return session().scalars(query.order_by(Change.seq)).all()


def removal(record: Record) -> Change:
    """The change that removed a record, or merged it into another."""
    removing = case((Change.action.in_(("remove", "merge")), 0), else_=1)
    query = select(Change).where(Change.record_id == record.id)
    return session().scalars(query.order_by(removing, Change.seq.desc()).limit(1)).one()


def counted(query: Any) -> int:
    """How many rows `query` has."""
    inner = query.order_by(None).subquery()
    return session().scalar(select(func.count()).select_from(inner)) or 0


def titles(actor: Actor, references: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """The titles of the records among `references` that `actor` may see."""
    query = select(Record.reference, Record.title, Record.title_en)
    query = query.where(Record.reference.in_(sorted(set(references))), visible_to(actor))
    return {reference: (title, english) for reference, title, english in session().execute(query)}
