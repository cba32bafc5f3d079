"""What waits for whom."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true, union
from sqlalchemy.orm import contains_eager, joinedload

from ..access import Actor, Permission, can, could_be_seen_by, made_by
from ..db import session
from ..errors import NotFound
from ..fields import Ref, Rows
from ..kind import Kind, kind_named, kinds
from ..record import Record, State
from ..schema import loading
from .models import OPEN, Revision, RevisionState


def involved(kind: Kind, entity: Any) -> frozenset[int]:
    """The organisations that take part in a record by its dictionary, itself if it is one."""
    found = {entity.id} if kind.keeps else set()
    for rows, _, name in _pointing(kind):
        holders = getattr(entity, rows) if rows else [entity]
        found |= {getattr(holder, name) for holder in holders}
    return frozenset(found - {None})


def near(actor: Actor, kind: Kind, record: Record) -> frozenset[int]:
    """Which of the organisations of `actor` take part in a record: one small query, where
    `involved` asks for the record with all its lists."""
    if not actor.organisations:
        return frozenset()
    queries = [select(Record.id).where(Record.id == record.id)] if kind.keeps else []
    for rows, model, name in _pointing(kind):
        holds = (model.parent_id if rows else model.id) == record.id
        queries.append(select(getattr(model, name)).where(holds))
    if not queries:
        return frozenset()
    return frozenset(session().scalars(union(*queries))) & actor.organisations


def _pointing(kind: Kind) -> Iterator[tuple[str | None, Any, str]]:
    """Where records of `kind` name an organisation: (list or None, model, foreign key)."""
    organisation = next(k.model for k in kinds() if k.keeps)
    for name, field in kind.dictionary.load_fields.items():
        if name == "sources":
            continue
        rows = isinstance(field, Rows)
        model = field.schema.model if isinstance(field, Rows) else kind.model
        inner = field.schema.load_fields if isinstance(field, Rows) else {name: field}
        for n, f in inner.items():
            if isinstance(f, Ref) and f.to is organisation:
                yield name if rows else None, model, f"{n}_id"


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    """Revisions are for who made them, who keeps the record, and who judges; also where the record
    was removed or merged away since, so that its author can see what became of it."""
    if actor.editorial:
        return true()
    if not actor.signed_in:  # nobody has no account, and neither has who was erased
        return false()
    own = or_(
        Revision.author_id == actor.account_id,
        Record.keeper_id.in_(sorted(actor.organisations)),
    )
    return and_(could_be_seen_by(actor), own)


def revisions(actor: Actor) -> Select[Revision]:
    """The revisions that `actor` may see, the last one first."""
    query = select(Revision).join(Revision.record).options(contains_eager(Revision.record))
    return query.where(_seen_by(actor)).order_by(Revision.updated_at.desc(), Revision.id.desc())


def revision(actor: Actor, key: str) -> Revision:
    """The revision with this key. Raises NotFound."""
    if "\0" in key:  # PostgreSQL cannot even look for it
        raise NotFound
    found = session().scalar(revisions(actor).where(Revision.key == key))
    if found is None:
        raise NotFound
    return found


def entity_of(revision: Revision) -> Any:
    """What a revision is of, with all its lists: who may see the revision may see that, also where
    it was removed since."""
    kind = kind_named(revision.record.kind)
    query = select(kind.model).where(kind.model.id == revision.record_id)
    return session().scalar(query.options(*loading(kind.schema(), kind.model)))


def open_by(actor: Actor, record: Record) -> Revision | None:
    """What `actor` has proposed for a record and is not judged yet. Inside a command it stays so
    until that has run."""
    query = select(Revision).where(
        Revision.record_id == record.id,
        Revision.author_id == actor.account_id,
        Revision.state.in_(OPEN),
    )
    query = query.with_for_update(of=Revision) if "book" in session().info else query
    return session().scalar(query)


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
    query = revisions(actor).where(Revision.state == RevisionState.SUBMITTED)
    return query.where(Record.state == State.PUBLISHED, Record.deleted_at.is_(None))


def waiting(actor: Actor) -> int:
    """How many records and revisions wait for `actor` to judge them: one query."""
    if not can(actor, Permission.RECORD_PUBLISH):
        return 0
    alive = Record.deleted_at.is_(None)
    records = select(func.count()).select_from(Record)
    records = records.where(Record.state == State.SUBMITTED, alive)
    changes = select(func.count()).select_from(Revision).join(Revision.record).where(alive)
    changes = changes.where(
        Revision.state == RevisionState.SUBMITTED, Record.state == State.PUBLISHED
    )
    both = select(records.scalar_subquery() + changes.scalar_subquery())
    return session().scalar(both) or 0


def returned(actor: Actor) -> int:
    """How many records and revisions were sent back to `actor`: one query."""
    if not actor.signed_in:
        return 0
    mine = or_(made_by(actor), Record.keeper_id.in_(sorted(actor.organisations)))
    alive = Record.deleted_at.is_(None)
    records = select(func.count()).select_from(Record)
    records = records.where(Record.state == State.RETURNED, alive, mine)
    own = select(func.count()).select_from(Revision).join(Revision.record)
    own = own.where(could_be_seen_by(actor))
    own = own.where(
        Revision.state == RevisionState.RETURNED, Revision.author_id == actor.account_id
    )
    both = select(records.scalar_subquery() + own.scalar_subquery())
    return session().scalar(both) or 0
