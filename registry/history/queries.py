"""Which changes somebody may see: of a published record, those since its first publication."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from ..access import Actor, owns, visible_to
from ..db import session
from ..errors import NotFound
from ..kind import Kind
from ..ledger import Change
from ..record import Record


def of_record(actor: Actor, record: Record) -> Select[Change]:
    """The changes of one record that `actor` may see, the last one first."""
    query = select(Change).where(Change.record_id == record.id)
    if not (actor.editorial or owns(actor, record)):
        query = query.where(_since(record.published_at))
    return query.order_by(Change.seq.desc())


def _since(published: datetime | None) -> ColumnElement[bool]:
    return false() if published is None else Change.at >= published


def of_everything(actor: Actor) -> Select[Change, Record]:
    """The changes of all records that `actor` may see, the last one first."""
    query = select(Change, Record).join(Record, Record.id == Change.record_id)
    public = Change.at >= Record.published_at
    shown = public if not actor.signed_in else or_(public, _own(actor))
    if not actor.editorial:
        query = query.where(shown)
    return query.where(visible_to(actor)).order_by(Change.seq.desc())


def _own(actor: Actor) -> ColumnElement[bool]:
    kept = Record.keeper_id.in_(sorted(actor.organisations)) if actor.organisations else false()
    return or_(Record.owner_id == actor.account_id, kept)


def counted(query: Any) -> int:
    """How many rows `query` has."""
    inner = query.order_by(None).subquery()
    return session().scalar(select(func.count()).select_from(inner)) or 0


def record_of(kind: Kind, actor: Actor, reference: str) -> Record:
    """The record, if `actor` may see it. Raises NotFound."""
    query = select(Record).where(
        and_(Record.reference == reference, Record.kind == kind.name, visible_to(actor))
    )
    found = session().scalar(query)
    if found is None:
        raise NotFound
    return found


def titles(actor: Actor, references: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """The titles of the records among `references` that `actor` may see."""
    query = select(Record.reference, Record.title, Record.title_en)
    query = query.where(Record.reference.in_(sorted(set(references))), visible_to(actor))
    return {reference: (title, english) for reference, title, english in session().execute(query)}


def until(record: Record, moment: datetime) -> Sequence[Change]:
    """The changes of `record` up to and including `moment`, the first one first."""
    query = select(Change).where(Change.record_id == record.id, Change.at <= moment)
    return session().scalars(query.order_by(Change.seq)).all()
