"""Where the next page begins: the sort keys of the last row, bound to the order that was asked."""

import base64
import binascii
import json
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, tuple_

from ..db import is_text
from ..errors import Invalid, Message

Order = list[tuple[Any, bool]]  # expressions with whether they descend; the last is the id
WIDEST = 2**62
CURSOR = Message(
    "This cursor is not from this list with this order. Start again without it.",
    "Deze cursor hoort niet bij deze lijst en volgorde. Begin opnieuw zonder cursor.",
    "cursor",
)


def after(order: Order, last: list[Any]) -> ColumnElement[bool]:
    """The rows that come after `last`: one comparison where all keys run the same way."""
    if not any(descending for _, descending in order):
        return tuple_(*(e for e, _ in order)) > tuple_(*last)
    steps = []
    for index, (expression, descending) in enumerate(order):
        value = last[index]
        further = expression < value if descending else expression > value
        same = [e == v for (e, _), v in zip(order[:index], last, strict=False)]
        steps.append(and_(*same, further))
    return or_(*steps)


def written(name: str, keys: tuple[Any, ...]) -> str:
    """The cursor after a row with these `keys` in the order called `name`."""
    plain = [{"d": k.isoformat()} if isinstance(k, date) else k for k in keys]
    text = json.dumps([name, *plain], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(name: str, cursor: str, order: Order) -> list[Any]:
    """The keys in `cursor`. Raises Invalid where it is not from the order called `name`."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        own, *keys = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        plain = [date.fromisoformat(k["d"]) if isinstance(k, dict) else k for k in keys]
    except (ValueError, TypeError, KeyError, binascii.Error, RecursionError) as error:
        raise Invalid({"cursor": [CURSOR]}) from error
    fits = own == name and len(plain) == len(order)
    if not fits or not all(_like(e, k) for (e, _), k in zip(order, plain, strict=True)):
        raise Invalid({"cursor": [CURSOR]})
    return plain


def _like(expression: Any, key: Any) -> bool:
    """Whether `key` can be compared with what `expression` sorts."""
    if isinstance(key, bool) or (isinstance(key, int) and abs(key) > WIDEST):
        return False
    if isinstance(key, str) and not is_text(key):
        return False
    kind = expression.type.python_type
    return isinstance(key, (int, float) if kind is float else kind)
