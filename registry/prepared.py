"""Statements that are written out once and run many times: what the toolkit does for each run of a
long statement costs more than the database does."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect, Select
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine


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
        self._sending = {
            name: _sent(binds[name].type, dialect) if name in binds else _as_it_is
            for name in written.parameters
        } | dict(written.processors)
        self._fixed: dict[str, Any] = {}
        self._found: dict[str, Any] = {}
        self._given: list[str] = []
        for name, value in written.parameters.items():
            bind = binds.get(name)
            if bind is None or not (bind.callable or bind.required):
                self._fixed[name] = self._sending[name](value)
            elif bind.callable:
                self._found[name] = bind
            else:
                self._given.append(name)
        self._reading = [self._read(column) for column in query.selected_columns]

    def rows(self, session: Session, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What it finds with these values. Raises KeyError where one is not given."""
        sending = self._sending
        sent = {name: sending[name](bind.effective_value) for name, bind in self._found.items()}
        sent |= self._fixed
        sent |= {name: sending[name](values[name]) for name in self._given}
        found = session.connection().exec_driver_sql(self.text, sent).all()
        if not any(self._reading):
            return [tuple(row) for row in found]
        return [self._told(row) for row in found]

    def _told(self, row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            read(value) if read else value for read, value in zip(self._reading, row, strict=True)
        )

    def _read(self, column: Any) -> Any:
        return column.type.dialect_impl(self._dialect).result_processor(self._dialect, None)


def _sent(type_: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """What makes of a value what the database stores of it: a moment is text on SQLite."""
    return type_.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
