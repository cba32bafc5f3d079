"""Which changes somebody may see: of a published record, those since its first publication."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true

from ..access import Actor, Permission, View, can, owns, visible_to
from ..db import session
from ..ledger import Change
from ..record import Record

OF_THE_CORE_GROUP = ("update", "freeze", "adopt_plan")


def of_record(actor: Actor, record: Record) -> Select[Change]:
    """The changes of one record that `actor` may see, the last one first."""
    query = select(Change).where(Change.record_id == record.id)
    if not (actor.editorial or owns(actor, record)):
        query = query.where(_since(record.published_at, record.embargo_until), _told_to(actor))
    return query.order_by(Change.seq.desc())


def _told_to(actor: Actor) -> ColumnElement[bool]:
    """Outside the core group nobody learns of a report before it is released, nor of versions of
    the plan."""
    return true() if actor.view >= View.CORE_GROUP else Change.action.not_in(OF_THE_CORE_GROUP)


def _since(published: datetime | None, embargo: datetime | None) -> ColumnElement[bool]:
    """What was changed under embargo was not public yet."""
    if published is None:
        return false()
    return Change.at >= (max(published, embargo) if embargo else published)


def of_everything(actor: Actor) -> Select[Change, Record]:
    """The changes of all records that `actor` may see, the last one first; who keeps the words
    and conventions that all use also sees changes of those, which are of no record."""
    query = select(Change, Record)
    query = query.join(
        Record,
        Record.id == Change.record_id,
        isouter=can(actor, Permission.VOCABULARY_EDIT),
    )
    released = or_(Record.embargo_until.is_(None), Change.at >= Record.embargo_until)
    public = and_(Change.at >= Record.published_at, released, _told_to(actor))
    shown = public if not actor.signed_in else or_(public, _own(actor))
    if not actor.editorial:  # the secretariat also sees what was removed
        query = query.where(shown, visible_to(actor))
    return query.order_by(Change.seq.desc())


def _own(actor: Actor) -> ColumnElement[bool]:
    kept = Record.keeper_id.in_(sorted(actor.organisations)) if actor.organisations else false()
    return or_(Record.owner_id == actor.account_id, kept)


def earlier(record_id: int, seq: int) -> Sequence[Change]:
    """The changes of a record up to and including number `seq`, the first one first."""
    query = select(Change).where(Change.record_id == record_id, Change.seq <= seq)
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
