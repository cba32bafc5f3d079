"""The record of a page by statements that are kept: its finished JSON, and where it comes from."""

import json
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Integer, Select, String, bindparam, select

from ..access import Actor, acting_as
from ..db import connection, dialect, is_text, session
from ..errors import NotFound
from ..kind import Kind
from ..prepared import Prepared
from ..projection import project
from ..record import LETTERS, ExternalKey, Record
from ..web.book import Item


def fetch(kind: Kind, who: Actor, reference: str) -> tuple[Record, Item]:
    """The record and its finished JSON, by one query. Raises NotFound."""
    if not is_text(reference):
        raise NotFound
    statement = _one(project(kind.dictionary, who, dialect().name), dialect())
    with acting_as(who):
        rows = statement.rows(connection(), {"wanted": reference})
    if not rows:
        raise NotFound
    item, number = rows[0]
    record = session().get_one(Record, number)
    return record, json.loads(item) if isinstance(item, str) else item


@lru_cache(maxsize=250)
def _one(query: Select[Any], dialect: Dialect) -> Prepared:
    wanted = Record.reference == bindparam("wanted", type_=String)
    return Prepared(query.add_columns(Record.id).where(wanted), dialect)


def of_letters(record: Record) -> bool:
    """Whether this record comes from the letters: then a fact without words is not stated there."""
    statement = _numbered_there(dialect())
    return bool(statement.rows(connection(), {"of": record.id}))


@lru_cache(maxsize=8)
def _numbered_there(dialect: Dialect) -> Prepared:
    own = ExternalKey.record_id == bindparam("of", type_=Integer, required=True)
    query: Any = select(ExternalKey.id).where(own, ExternalKey.system == LETTERS)
    return Prepared(query.limit(1), dialect)
