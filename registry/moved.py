"""Where a record went that was merged into another: for whoever could see it."""

from sqlalchemy import select

from .access import Actor, can_see, could_see
from .db import session
from .kind import Kind
from .record import Record


def merged(kind: Kind, actor: Actor, reference: str) -> Record | None:
    """The record with this reference that was merged into another, if `actor` could see it."""
    if "\0" in reference:  # PostgreSQL cannot even look for it
        return None
    query = select(Record).where(Record.reference == reference, Record.kind == kind.name)
    found = session().scalar(query.where(Record.merged_into_id.is_not(None)))
    return found if found is not None and could_see(actor, found) else None


def target(kind: Kind, actor: Actor, reference: str) -> str | None:
    """The reference of what it was merged into in the end, if `actor` may see that."""
    found = merged(kind, actor, reference)
    while found is not None and found.merged_into_id is not None:
        found = session().get(Record, found.merged_into_id)
    return found.reference if found is not None and can_see(actor, found) else None
