"""Which changes somebody may see: of a published record, those since its first publication."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
    true,
)

from ..access import Actor, View, acting_as, made_by, owns, visible_to, visible_to_acting
from ..db import Moment, connection, dialect, session
from ..ledger import Change
from ..prepared import Prepared
from ..record import Record
from . import subjects

FIRST, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
READERS = 200
"""For how many readers a statement is kept; who is not signed in is one of them."""
TITLED = 100


def of_record(actor: Actor, record: Record) -> Select[Change]:
    """The changes of one record that `actor` may see, the last one first."""
    return _of(actor, record.id, _since(actor, record))


def last(actor: Actor, record: Record, most: int) -> list[Change]:
    """So many of these, apart from the session, by a statement that is kept."""
    statement = _last(replace(actor, address=""), dialect())
    asked = {"of": record.id, "since": _since(actor, record), "most": most}
    names = Change.__table__.columns.keys()
    found = statement.rows(connection(), asked)
    return [Change(**dict(zip(names, row, strict=True))) for row in found]


@lru_cache(maxsize=READERS)
def _last(actor: Actor, dialect: Dialect) -> Prepared:
    of = bindparam("of", type_=Integer, required=True)
    since = bindparam("since", type_=Moment, required=True)
    query: Any = _of(actor, of, since).with_only_columns(*Change.__table__.columns)
    return Prepared(query.limit(bindparam("most", type_=Integer, required=True)), dialect)


def _of(actor: Actor, record: Any, since: Any) -> Select[Change]:
    query = select(Change).where(Change.record_id == record)
    if not actor.editorial:
        own = and_(Change.subject.is_(None), Change.at >= since)
        query = query.where(or_(own, subjects.seen(actor)))
    return query.order_by(Change.seq.desc())


def _since(actor: Actor, record: Record) -> datetime:
    """From when `actor` sees what was changed: what was changed under embargo was not public."""
    if owns(actor, record):
        return FIRST
    published, embargo = record.published_at, record.embargo_until
    return max(published, embargo or published) if published else NEVER


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
    asked = {f"wanted_{at}": reference for at, reference in enumerate(sorted(set(references)))}
    statement = _titled(actor.view, len(asked), dialect(), signed_in=actor.signed_in)
    with acting_as(actor):
        found = statement.rows(connection(), asked)
    return {reference: (title, english) for reference, title, english in found}


@lru_cache(maxsize=TITLED)
def _titled(view: View, count: int, dialect: Dialect, *, signed_in: bool) -> Prepared:
    wanted = [bindparam(f"wanted_{at}", type_=String, required=True) for at in range(count)]
    query: Any = select(Record.reference, Record.title, Record.title_en)
    seen = visible_to_acting(view, signed_in=signed_in)
    return Prepared(query.where(Record.reference.in_(wanted), seen), dialect)
