"""What the book says of one record, up to a moment or a version."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from .. import moved
from ..access import Actor, visible_to
from ..db import session
from ..errors import NotFound
from ..kind import Kind
from ..ledger import Change
from ..record import Record


def record_of(kind: Kind, actor: Actor, reference: str) -> Record:
    """The record, if `actor` may see it, or could before it was merged. Raises NotFound."""
    query = select(Record).where(
        and_(Record.reference == reference, Record.kind == kind.name, visible_to(actor))
    )
    found = session().scalar(query) or moved.merged(kind, actor, reference)
    if found is None:
        raise NotFound
    return found


def of_itself(*record_ids: int) -> ColumnElement[bool]:
    """The changes of records themselves, without what was said beside them."""
    return and_(Change.record_id.in_(record_ids), Change.subject.is_(None))


def until(record: Record, moment: datetime) -> Sequence[Change]:
    """The changes of `record` up to and including `moment`, the first one first."""
    query = select(Change).where(of_itself(record.id), Change.at <= moment)
    return session().scalars(query.order_by(Change.seq)).all()


def up_to_version(record: Record, version: int) -> Sequence[Change]:
    """The changes that made this version of `record`, the first one first. Raises NotFound."""
    query = select(Change).where(of_itself(record.id), Change.version <= version)
    found = session().scalars(query.order_by(Change.seq)).all()
    if not found or found[-1].version != version:
        raise NotFound
    return found
