"""Where the next page begins: the sort keys of the last row, bound to the order that was asked."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, or_, tuple_

from ..db import is_text, session
from ..errors import Invalid, Message
from ..sealing import opened, sealed

Order = list[tuple[Any, bool]]  # expressions with whether they descend; the last is the id
WIDEST = 2**62
SEALED = "list"
CURSOR = Message(
    "This cursor is not from this list with this order. Start again without it.",
    "Deze cursor hoort niet bij deze lijst en volgorde. Begin opnieuw zonder cursor.",
    "cursor",
)


@dataclass(frozen=True)
class Walk:
    """The rows of one page, and the cursors of the pages around it."""

    rows: list[Any]
    next: str | None
    prev: str | None


def walk(
    query: Select[Any], name: str, order: Order, most: int, cursor: str | None, skipped: int = 0
) -> Walk:
    """One page of `query` in `order`. Raises Invalid for a cursor of something else."""
    place, keys = sought(name, cursor, order)
    values = {**keys, "page_most": most + 1} | ({} if place.anywhere else {"page_skipped": skipped})
    rows = session().execute(placed(query, order, place), values)
    return leaf(list(rows), name, order, most, place)


@dataclass(frozen=True)
class Place:
    """Where a page begins: at a number in the order, or after or before a row of another page."""

    anywhere: bool = False
    back: bool = False


def sought(name: str, cursor: str | None, order: Order) -> tuple[Place, dict[str, Any]]:
    """Where a cursor leads, and the keys that it holds by the names of their parameters."""
    if not cursor:
        return Place(), {}
    keys, back = read(name, cursor, order)
    return Place(anywhere=True, back=back), {f"cursor_{at}": key for at, key in enumerate(keys)}


def placed(query: Select[Any], order: Order, place: Place) -> Select[Any]:
    """`query` with the keys of its rows, in `order`, from `place` on. Parameters: `page_most`, and
    the keys; or `page_skipped`, where it begins at a number."""
    way = turned(order) if place.back else order
    query = query.add_columns(*(expression for expression, _ in order))
    if place.anywhere:
        last = [bindparam(f"cursor_{at}", type_=e.type) for at, (e, _) in enumerate(order)]
        query = query.where(after(way, last))
    else:
        query = query.offset(bindparam("page_skipped", type_=Integer))
    return ordered(query, way).limit(bindparam("page_most", type_=Integer))


def leaf(rows: list[Any], name: str, order: Order, most: int, place: Place) -> Walk:
    """A page of the rows that were found, one more than it can hold where there are."""
    more, rows = len(rows) > most, rows[:most]
    earlier, later = (more, True) if place.back else (place.anywhere, more)
    rows = rows[::-1] if place.back else rows
    ends = [tuple(row)[-len(order) :] for row in (rows[0], rows[-1])] if rows else []
    return Walk(
        rows,
        written(name, ends[-1]) if ends and later else None,
        written(name, ends[0], back=True) if ends and earlier else None,
    )


def ordered(query: Select[Any], order: Order) -> Select[Any]:
    """`query` in `order`, whatever its order was."""
    return query.order_by(None).order_by(*(e.desc() if down else e for e, down in order))


def after(order: Order, last: list[Any]) -> ColumnElement[bool]:
    """The rows that come after `last`: one comparison where all keys run the same way."""
    ways = {descending for _, descending in order}
    if len(ways) == 1:
        keys = tuple_(*(e for e, _ in order))
        return keys < tuple_(*last) if ways == {True} else keys > tuple_(*last)
    steps = []
    for index, (expression, descending) in enumerate(order):
        value = last[index]
        further = expression < value if descending else expression > value
        same = [e == v for (e, _), v in zip(order[:index], last, strict=False)]
        steps.append(and_(*same, further))
    return or_(*steps)


def turned(order: Order) -> Order:
    """The same order from the other end."""
    return [(expression, not descending) for expression, descending in order]


def written(name: str, keys: tuple[Any, ...], *, back: bool = False) -> str:
    """The cursor after a row with these `keys` in the order called `name`; `back`: before it. It is
    sealed, as numbers of rows and of the book are among the keys."""
    plain = [{"d": k.isoformat()} if isinstance(k, date) else k for k in keys]
    text = json.dumps([f"<{name}" if back else name, *plain], separators=(",", ":"))
    return sealed(text.encode(), SEALED)


def read(name: str, cursor: str, order: Order) -> tuple[list[Any], bool]:
    """The keys in `cursor`, and whether it leads back. Raises Invalid where it is not from the
    order called `name`."""
    try:
        own, *keys = json.loads(opened(cursor, SEALED) or b"")
        plain = [date.fromisoformat(k["d"]) if isinstance(k, dict) else k for k in keys]
    except (ValueError, TypeError, KeyError) as error:
        raise Invalid({"cursor": [CURSOR]}) from error
    fits = own in (name, f"<{name}") and len(plain) == len(order)
    if not fits or not all(_like(e, k) for (e, _), k in zip(order, plain, strict=True)):
        raise Invalid({"cursor": [CURSOR]})
    return plain, own != name


def _like(expression: Any, key: Any) -> bool:
    """Whether `key` can be compared with what `expression` sorts."""
    if isinstance(key, bool) or (isinstance(key, int) and abs(key) > WIDEST):
        return False
    if isinstance(key, str) and not is_text(key):
        return False
    kind = expression.type.python_type
    return isinstance(key, (int, float) if kind is float else kind)
