"""What waits for whom."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from ..access import Actor, Permission, can, visible_to
from ..db import session
from ..errors import NotFound
from ..fields import Ref, Rows
from ..kind import Kind, kinds
from ..record import Record, State
from .models import OPEN, Revision, Standing


def involved(kind: Kind, entity: Any) -> frozenset[int]:
    """The organisations that take part in a record by its dictionary, itself if it is one."""
    model = next(k.model for k in kinds() if k.keeps)
    found = {entity.id} if isinstance(entity, model) else set()
    for name, field in kind.dictionary.load_fields.items():
        if name == "sources":
            continue
        holders = getattr(entity, name) if isinstance(field, Rows) else [entity]
        inner = field.schema.load_fields if isinstance(field, Rows) else {name: field}
        pointing = [n for n, f in inner.items() if isinstance(f, Ref) and f.to is model]
        found |= {getattr(holder, f"{n}_id") for holder in holders for n in pointing}
    return frozenset(found - {None})


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    """Revisions are for who made them, who keeps the record, and who judges."""
    if actor.editorial:
        return Record.deleted_at.is_(None)
    if not actor.signed_in:  # nobody has no account, and neither has who was erased
        return false()
    own = or_(
        Revision.author_id == actor.account_id,
        Record.keeper_id.in_(sorted(actor.organisations)),
    )
    return and_(visible_to(actor), own)


def revisions(actor: Actor) -> Select[Revision]:
    """The revisions that `actor` may see, the last one first."""
    query = select(Revision).join(Revision.record).options(contains_eager(Revision.record))
    return query.where(_seen_by(actor)).order_by(Revision.updated_at.desc(), Revision.id.desc())


def revision(actor: Actor, key: str) -> Revision:
    """The revision with this key. Raises NotFound."""
    found = session().scalar(revisions(actor).where(Revision.key == key))
    if found is None:
        raise NotFound
    return found


def open_of(actor: Actor, record: Record) -> list[Revision]:
    """What is proposed for a record and not judged yet, as far as `actor` may see it."""
    query = revisions(actor).where(Revision.record_id == record.id, Revision.state.in_(OPEN))
    return list(session().scalars(query))


def submitted() -> Select[Record]:
    """The records that wait to be judged, the longest waiting first."""
    query = select(Record).where(Record.state == State.SUBMITTED, Record.deleted_at.is_(None))
    return query.options(joinedload(Record.keeper)).order_by(Record.submitted_at, Record.id)


def proposed(actor: Actor) -> Select[Revision]:
    """The revisions that wait to be judged: of what is still published."""
    query = revisions(actor).where(Revision.state == Standing.SUBMITTED)
    return query.where(Record.state == State.PUBLISHED)


def waiting(actor: Actor) -> int:
    """How many records and revisions wait for `actor` to judge them: one query."""
    if not can(actor, Permission.RECORD_PUBLISH):
        return 0
    alive = Record.deleted_at.is_(None)
    records = select(func.count()).select_from(Record)
    records = records.where(Record.state == State.SUBMITTED, alive)
    changes = select(func.count()).select_from(Revision).join(Revision.record).where(alive)
    changes = changes.where(Revision.state == Standing.SUBMITTED, Record.state == State.PUBLISHED)
    both = select(records.scalar_subquery() + changes.scalar_subquery())
    return session().scalar(both) or 0


def returned(actor: Actor) -> int:
    """How many records and revisions were sent back to `actor`: one query."""
    if not actor.signed_in:
        return 0
    mine = or_(
        Record.owner_id == actor.account_id, Record.keeper_id.in_(sorted(actor.organisations))
    )
    alive = Record.deleted_at.is_(None)
    records = select(func.count()).select_from(Record)
    records = records.where(Record.state == State.RETURNED, alive, mine)
    own = select(func.count()).select_from(Revision).join(Revision.record).where(alive)
    own = own.where(Revision.state == Standing.RETURNED, Revision.author_id == actor.account_id)
    both = select(records.scalar_subquery() + own.scalar_subquery())
    return session().scalar(both) or 0
