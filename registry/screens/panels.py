"""The boxes on a page with what points at its record, registered by the rooms above it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Integer, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from .. import listing
from ..access import View as Reach
from ..access import acting
from ..db import connection, dialect
from ..fields import Rows
from ..kind import Kind
from ..prepared import Prepared
from ..projection import foreign_key, project
from ..record import Record
from ..web import cells, links
from ..web.book import Item, View
from ..web.language import lang, say
from ..words import Words

MOST = 8
KEPT = 2000
HERE = bindparam("here", type_=Integer, required=True)


@dataclass(frozen=True, eq=False)  # each is itself: its statements are kept by it
class Pointing:
    """The records of kind `of` that point at the record of the page, by one query.

    `through` are paths of the dictionary of `of`: "theme", or "participations.partner" for a
    pointer in a nested list. `shows` names the fields under each title. `parameter` is the
    filter of the list of `of` that asks for the same records.
    """

    on: Kind
    of: Kind
    words: Words
    through: Sequence[str]
    parameter: str | None = None
    shows: Sequence[str] = ()
    where: Callable[[], ColumnElement[bool]] | None = None
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of the list, beside that
    empty: Words | None = None

    def view(self, record_id: int, reference: str) -> View | None:
        """The box; nothing at all where it would be empty and has no words for that."""
        if not any(self._told(path) for path in self.through):
            return None
        rows = self._rows(record_id)
        if not rows and self.empty is None:
            return None
        count = rows[0][1] if rows else 0
        items = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in rows]
        return {
            "title": say(self.words),
            "count": count,
            "all_url": self._all(reference),
            "rows": [self._row(item, reference) for item in items],
            "empty": say(self.empty) if self.empty else None,
        }

    def _told(self, path: str) -> bool:
        """Whether the reader is told this fact at all; that a record points here tells it."""
        field = self.of.dictionary.described().get(path.partition(".")[0])
        return field is None or field.about.view <= acting().view

    def _all(self, reference: str) -> str | None:
        if self.parameter is None or self.parameter not in listing.filters(self.of):
            return None
        return links.of_list(self.of, **{self.parameter: reference}, **self.asked)

    def _rows(self, record_id: int) -> list[tuple[Any, ...]]:
        who = acting()
        statement = _statement(self, who.view, dialect(), signed_in=who.signed_in)
        return statement.rows(connection(), {HERE.key: record_id})

    def query(self) -> Any:
        """The first of what points HERE, as JSON, each with how many there are; for whoever acts
        when it runs, if they see as much as who acts now."""
        model = self.of.model
        names = dict.fromkeys(("reference", *model.__ref__, *self.shows))
        schema = self.of.schema(only=tuple(names))
        query = project(schema, acting(), dialect().name)
        query = query.add_columns(func.count().over())
        query = query.where(or_(*(self._points(path) for path in self.through if self._told(path))))
        if self.where is not None:
            query = query.where(self.where())
        return query.order_by(*self._order()).limit(MOST)

    def _points(self, path: str) -> ColumnElement[bool]:
        name, _, inner = path.partition(".")
        clause: ColumnElement[bool]
        if not inner:
            clause = foreign_key(self.of.model, name) == HERE
            return clause
        field = self.of.dictionary.fields[name]
        assert isinstance(field, Rows)
        row = aliased(field.schema.model)
        found = select(row.parent_id).where(foreign_key(row, inner) == HERE)
        clause = self.of.model.id.in_(found)
        return clause

    def _order(self) -> list[Any]:
        allowed = listing.sorts(self.of)
        dated = [allowed[name].ascending for name in ("when", "due") if name in allowed]
        return [*dated, Record.sort_title, Record.id]

    def _row(self, item: Item, reference: str) -> View:
        schema = self.of.dictionary
        badges, words = [], []
        for name in self.shows:
            field = schema.described()[name]
            value = item.get(str(field.data_key))
            if isinstance(field, Rows) and value:
                value = [row for row in value if _mentions(row, reference)]
                made = cells.many([_rest(field, row, reference) for row in value])
            else:
                made = cells.cell(field, value, item)
            if made and made["type"] == "badge":
                badges.append(made)
            elif made:
                words.append(cells.plain(made))
        return {
            "url": links.of_record(self.of, item["reference"]),
            "title": self.of.title(item, lang()),
            "meta": " · ".join(filter(None, words)),
            "badges": badges,
        }


@lru_cache(maxsize=KEPT)
def _statement(box: Pointing, _view: Reach, dialect: Dialect, *, signed_in: bool) -> Prepared:
    """The statement of a box for all who see as much as who acts now."""
    return Prepared(box.query(), dialect)


def _mentions(row: Item, reference: str) -> bool:
    return any(isinstance(v, dict) and v.get("reference") == reference for v in row.values())


def _rest(field: Rows, row: Item, reference: str) -> cells.Cell | None:
    """What a row says apart from pointing at this page."""
    rest = {
        name: value
        for name, value in row.items()
        if not (isinstance(value, dict) and value.get("reference") == reference)
    }
    return cells.summary(field.schema, rest)
