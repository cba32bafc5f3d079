"""Base, column types and the session: what every model stands on."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Connection,
    Date,
    Dialect,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Session, composite, mapped_column
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from .extensions import database
from .policydate import PolicyDate

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

AWAY = (OperationalError, InterfaceError, PoolTimeout)
"""What is raised where the database cannot be reached."""
RETRY_AFTER = 30  # seconds that whoever finds the database away is asked to wait


def is_text(text: str) -> bool:
    """Whether every character can be stored and sent: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


class Base(DeclarativeBase):
    """The declarative base of every table."""

    metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """An instant in UTC: timestamptz on PostgreSQL, RFC 3339 text ending in Z on SQLite."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return rfc3339(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        return datetime.fromisoformat(value)


class Among(FunctionElement[bool]):
    """That a number is in a short list of numbers that is bound as one value, JSON without spaces:
    however long the list is, the statement is the same.

    SQLite looks in the text of it: a subquery there would be the innermost of all, and one level
    more than its parser can hold of a record within a record within a row."""

    type = Boolean()
    inherit_cache = True


@compiles(Among)
def _among(element: Among, compiler: Any, **how: Any) -> str:
    number, listed = (compiler.process(part, **how) for part in element.clauses)
    return f"instr(',' || trim({listed}, '[]') || ',', ',' || {number} || ',')"


@compiles(Among, "postgresql")
def _among_postgresql(element: Among, compiler: Any, **how: Any) -> str:
    number, listed = (compiler.process(part, **how) for part in element.clauses)
    numbers = f"json_array_elements_text(CAST({listed} AS json))"
    return f"{number} IN (SELECT CAST(value AS integer) FROM {numbers})"  # noqa: S608


class Found(FunctionElement[bool]):
    """That a value is one of those that a question of its own finds, which are few.

    PostgreSQL asks that first, and then plans by how many records such a value has on average;
    of a join it thinks that next to none is found, and reads and sorts all that is."""

    type = Boolean()
    inherit_cache = True
    _is_implicitly_boolean = True  # else SQLite is sent `… = 1`, for which it takes no index


@compiles(Found)
def _found(element: Found, compiler: Any, **how: Any) -> str:
    value, few = (compiler.process(part, **how) for part in element.clauses)
    return f"{value} IN {few}"


@compiles(Found, "postgresql")
def _found_postgresql(element: Found, compiler: Any, **how: Any) -> str:
    value, few = (compiler.process(part, **how) for part in element.clauses)
    return f"{value} = ANY (ARRAY{few})"


def rfc3339(moment: datetime) -> str:
    """`moment` in UTC with microseconds, as RFC 3339 text ending in Z."""
    # strftime writes a year before 1000 with fewer digits, which nothing reads.
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def session() -> Session:
    """The session of this app context."""
    return database.session


def connection() -> Connection:
    """The connection of this app context, for statements that are written out already."""
    return database.connection


def dialect() -> Dialect:
    """The words of the database, which nothing need be open for."""
    return database.engine.dialect


def policy_date(name: str) -> Any:
    """A policy date in five columns `<name>_text` … `<name>_anchor`, as one attribute."""
    window = CheckConstraint(f"{name}_earliest <= {name}_latest", name=f"{name}_window")
    return composite(
        _policy_date,
        mapped_column(f"{name}_text", Text),
        mapped_column(f"{name}_earliest", Date),
        mapped_column(f"{name}_latest", Date, window),
        mapped_column(f"{name}_kind", String(12)),
        mapped_column(f"{name}_anchor", Date),
    )


def _policy_date(
    text: str | None,
    earliest: date | None,
    latest: date | None,
    kind: Any,
    anchor: date | None,
) -> PolicyDate | None:
    return PolicyDate(text, earliest, latest, kind, anchor) if text or earliest or latest else None
