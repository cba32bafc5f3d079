"""What a kind can be sorted by: one key per field and direction, so that a page can go on from it
and what is not filled in comes last either way."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import func

from ..fields import Day, Described, Policy, Whole
from ..kind import Kind
from ..record import Record

FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)
WIDEST = 2**31 - 1


class Sort(NamedTuple):
    """The expressions to sort on; what is not filled in comes last in both."""

    ascending: Any
    descending: Any

    def key(self, *, descending: bool) -> Any:
        """The expression of one direction."""
        return self.descending if descending else self.ascending


@cache
def sorts(kind: Kind) -> Mapping[str, Sort]:
    """What `kind` can be sorted by, by name."""
    found = {
        "title": _same(Record.sort_title),
        "updatedAt": _same(Record.last_seq),
        "reference": _same(Record.reference),
    }
    for name, field in kind.dictionary.described().items():
        if field.about.sort:
            found[str(field.data_key)] = _sortable(kind, name, field)
    return found


def _sortable(kind: Kind, name: str, field: Described) -> Sort:
    if name == kind.title_field:
        return _same(Record.sort_title)
    if isinstance(field, Policy):
        return _dated(getattr(kind.model, f"{name}_latest"))
    column = getattr(kind.model, name)
    if isinstance(field, Day):
        return _dated(column)
    if isinstance(field, Whole):
        return Sort(func.coalesce(column, WIDEST), func.coalesce(column, -WIDEST))
    return _same(column)


def _same(column: Any) -> Sort:
    return Sort(column, column)


def _dated(column: Any) -> Sort:
    return Sort(func.coalesce(column, LAST_DAY), func.coalesce(column, FIRST_DAY))
