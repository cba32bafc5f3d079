"""A new record gets its identity: a reference that is given once, and its titles for pointers."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite

from . import clock, search
from .access import Actor
from .db import session
from .kind import Kind
from .record import Record, ReferenceCounter, State


def of(actor: Actor, kind: Kind, keeper_id: int | None) -> Record:
    """The identity of a new draft of `actor`, with a reference that nothing ever had."""
    at = clock.now()
    return Record(
        kind=kind.name,
        reference=f"{kind.prefix}-{_next_number(kind):04d}",
        title="",
        sort_title="",
        version=1,
        owner_id=actor.account_id,
        keeper_id=keeper_id,
        state=State.DRAFT,
        audience=kind.audience,
        created_at=at,
        updated_at=at,
    )


def name(entity: Any) -> None:
    """Copy the titles of `entity` to its record, where pointers find them."""
    title, english = entity.titles()
    if (entity.record.title, entity.record.title_en) != (title, english):
        entity.record.title, entity.record.title_en = title, english
        entity.record.sort_title = search.fold(title)


def _next_number(kind: Kind) -> int:
    counting = _counting(session().get_bind().dialect.name)
    return int(session().connection().execute(counting, {"kind": kind.name}).scalar_one())


@cache
def _counting(dialect: str) -> Any:
    table: Any = ReferenceCounter.__table__
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    row = insert(table).values(kind=bindparam("kind"), last=1)
    row = row.on_conflict_do_update(index_elements=["kind"], set_={"last": table.c.last + 1})
    return row.returning(table.c.last)
