"""Statements that are written out once and run many times: what the toolkit does for each run of a
long statement costs more than the database does."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

Send = Callable[[Any], Any]


class Prepared:
    """One statement in the words of one dialect. Values that know how to find themselves, such as
    who reads and the reference date, are found when it runs; all others are given by name."""

    def __init__(self, query: Select[Any], dialect: Dialect) -> None:
        compiled = query.compile(dialect=dialect)
        wanted = {name: None for bind, name in compiled.bind_names.items() if bind.required}
        written = compiled.construct_expanded_state(wanted)  # a list of ours is written out
        self.text = written.statement
        self._dialect = dialect
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        sending = {
            name: _sent(binds[name].type, dialect) if name in binds else _as_it_is
            for name in written.parameters
        } | dict(written.processors)
        self._fixed: dict[str, Any] = {}
        self._found: list[tuple[str, Send, Callable[[], Any]]] = []
        self._given: list[tuple[str, Send]] = []
        for name, value in written.parameters.items():
            bind, send = binds.get(name), sending[name]
            if bind is None or not (bind.callable or bind.required):
                self._fixed[name] = send(value)
            elif bind.callable:
                self._found.append((name, send, bind.callable))
            else:
                self._given.append((name, send))
        reading = [self._read(column) for column in query.selected_columns]
        self._reading = reading if any(reading) else None

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What it finds with these values. Raises KeyError where one is not given."""
        sent = {name: send(find()) for name, send, find in self._found} | self._fixed
        for name, send in self._given:
            sent[name] = send(values[name])
        found = told(connection, self.text, sent)
        if (reading := self._reading) is None:
            return found
        return [
            tuple(read(value) if read else value for read, value in zip(reading, row, strict=True))
            for row in found
        ]

    def _read(self, column: Any) -> Any:
        return column.type.dialect_impl(self._dialect).result_processor(self._dialect, None)


def told(connection: Connection, text: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What the driver finds, asked itself: the toolkit does more around a short statement than the
    database does for it. Who listens to statements hears of each all the same, and what goes wrong
    is raised as the toolkit raises it."""
    if connection.engine.dispatch.before_cursor_execute:
        return [tuple(row) for row in connection.exec_driver_sql(text, values)]
    driver: Any = connection.connection.driver_connection
    if not connection.in_transaction():
        connection.begin()
    try:
        found: list[tuple[Any, ...]] = driver.execute(text, values).fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _wrapped(error, connection, text, values) from error
    return found


def _wrapped(
    error: Exception, connection: Connection, text: str, values: Mapping[str, Any]
) -> Exception:
    dialect, lost = connection.dialect, False
    if dialect.is_disconnect(error, connection.connection, None):  # type: ignore[arg-type]
        connection.invalidate(error)
        lost = True
    base: Any = dialect.loaded_dbapi.Error
    return DBAPIError.instance(
        text, values, error, base, connection_invalidated=lost, dialect=dialect
    )


def _sent(type_: TypeEngine[Any], dialect: Dialect) -> Send:
    """What makes of a value what the database stores of it: a moment is text on SQLite."""
    return type_.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
