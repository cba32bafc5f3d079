"""An expression written out in SQL for good. A record is hundreds of subqueries: what is kept of
them is their text, and a statement that holds them is named and compiled without walking them."""

from itertools import count
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, Text, literal_column
from sqlalchemy.dialects.postgresql.base import PGCompiler, PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler, SQLiteDialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal

BOUND, END = "\x00", "\x01"  # no text of a statement holds these
_serial = count()


class Written(ColumnElement[str]):
    """SQL text, with what is bound when it runs between its pieces."""

    inherit_cache = False
    # Two texts may differ in what they bind alone, and that decides who sees what: each is itself.
    _traverse_internals = [("serial", InternalTraversal.dp_plain_obj)]
    __visit_name__ = "written"

    def __init__(self, pieces: list[str], bound: list[BindParameter[Any]]) -> None:
        self.pieces, self.bound, self.serial = pieces, bound, next(_serial)
        self.type = Text()


@compiles(Written)
def _write(element: Written, compiler: SQLCompiler, **_: Any) -> str:
    escaped = compiler.dialect.paramstyle in ("format", "pyformat")
    pieces = [p.replace("%", "%%") if escaped else p for p in element.pieces]
    bound = [compiler.process(parameter) for parameter in element.bound]
    return "".join(part for pair in zip(pieces, [*bound, ""], strict=True) for part in pair)


def _noting(base: Any) -> Any:
    """A compiler that writes out what the program says, and leaves a gap, which it notes, for what
    is asked for when the statement runs."""

    def visit_bindparam(self: Any, bindparam: BindParameter[Any], **kw: Any) -> Any:
        if bindparam.callable is None:
            return base.visit_bindparam(self, bindparam, **{**kw, "literal_binds": True})
        self.dialect.bound.append(bindparam)
        return BOUND

    return type(f"Noting{base.__name__}", (base,), {"visit_bindparam": visit_bindparam})


NOTING: Any = {
    "sqlite": (SQLiteDialect, _noting(SQLiteCompiler)),
    "postgresql": (PGDialect, _noting(PGCompiler)),
}


def written(query: Select[Any], dialect: str) -> Written:
    """The one column of `query`, written out; it belongs in a statement with the same tables."""
    of, compiler = NOTING[dialect]
    noting = of()
    noting.statement_compiler, noting.bound = compiler, []
    (column,) = query.inner_columns
    whole: Any = query.with_only_columns(column.label("item"), literal_column(f"'{END}'"))
    text = str(whole.compile(dialect=noting))
    head, _, _ = text.partition(f" AS item, '{END}'")
    return Written(head.removeprefix("SELECT ").split(BOUND), noting.bound)
