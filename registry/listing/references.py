"""Which of the references that are asked for are there, for who asks."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, String, bindparam, select

from ..access import Actor, View, acting_as, visible_to_acting
from ..db import connection, dialect
from ..prepared import Prepared
from ..record import Record


def there(references: Collection[str], actor: Actor) -> dict[str, str]:
    """The kinds of the records with these references that `actor` may see."""
    asked = {f"wanted_{at}": reference for at, reference in enumerate(references)}
    with acting_as(actor):
        statement = _statement(actor.view, len(asked), dialect(), signed_in=actor.signed_in)
        found: Any = statement.rows(connection(), asked)
    return dict(found)


@lru_cache(maxsize=100)
def _statement(view: View, count: int, dialect: Dialect, *, signed_in: bool) -> Prepared:
    wanted = [bindparam(f"wanted_{at}", type_=String, required=True) for at in range(count)]
    seen = visible_to_acting(view, signed_in=signed_in)
    query: Any = select(Record.reference, Record.kind).where(Record.reference.in_(wanted), seen)
    return Prepared(query, dialect)
