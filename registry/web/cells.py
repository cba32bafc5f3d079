"""One value of a record's JSON as a cell of a page: codes in words, numbers and days as read."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from babel import numbers
from flask_babel import (
    format_currency,
    format_date,
    format_datetime,
    format_decimal,
    get_locale,
)

from .. import vocabulary
from ..fields import (
    Amount,
    Code,
    Computed,
    Day,
    Described,
    Flag,
    Instant,
    Link,
    LongText,
    Number,
    Policy,
    Ref,
    Rows,
    Text,
    Through,
    Whole,
)
from ..schema import BaseSchema
from . import links
from .language import lang, say, t
from .periods import period
from .tones import tone

Cell = dict[str, Any]
Row = Mapping[str, Any]
Maker = Callable[[Any, Any, Row], Cell]
Summary = Callable[[Row], Cell]

_makers: dict[type, Maker] = {}
_summaries: dict[type, Summary] = {}
FIRST_YEAR = 1000
SEPARATED = 10_000  # from here a number is written with separators


def shows(type_: type, maker: Maker) -> None:
    """Say how a type of field is shown; a higher room may have types of its own."""
    _makers[type_] = maker
    _maker.cache_clear()


def sums_up(schema: type[BaseSchema], summary: Summary) -> None:
    """Say how one row of a nested list is shown in a single cell."""
    _summaries[schema] = summary


def cell(field: Described, value: Any, row: Row) -> Cell | None:
    """The cell of `field`, whose `value` stands in `row`; None where there is none."""
    if value is None or value == "" or value == []:
        return None
    type_: Any = type(field)
    return _maker(type_)(field, value, row)


@cache
def _maker(type_: type) -> Maker:
    """How a type is shown: as the nearest that somebody said it of."""
    return next((_makers[each] for each in type_.__mro__ if each in _makers), _text)


def plain(made: Cell | None) -> str:
    """A cell as one line of text, for meta lines and titles; a caveat is no part of that."""
    if made is None or made["type"] == "note":
        return ""
    if made["type"] == "list":
        return ", ".join(filter(None, map(plain, made["items"])))
    return str(made.get("label") or made.get("text") or "")


def described(schema: BaseSchema, row: Row, name: str) -> Cell | None:
    """The cell of the field with this attribute name."""
    field = schema.described()[name]
    return cell(field, row.get(field.data_key or name), row)


def pointer(model: Any, value: Row) -> Cell:
    """A link to the record that `value` ({reference, …}) stands for."""
    kind = links.kind_for(model)
    label = links.title(kind, dict(value))
    if number := value.get("identification"):
        label = f"{label} ({number})"
    return {"type": "link", "url": links.of_record(kind, value["reference"]), "label": label}


def many(found: list[Cell | None]) -> Cell | None:
    """Several cells as one; the same one is shown once."""
    items = [item for index, item in enumerate(found) if item and item not in found[:index]]
    if len(items) <= 1:
        return items[0] if items else None
    return {"type": "list", "items": items}


def text(value: Any) -> Cell:
    """Words."""
    return {"type": "text", "text": str(value)}


def summary(schema: BaseSchema, row: Row) -> Cell | None:
    """One row in one cell: what tells it apart from the others."""
    if made := _summaries.get(type(schema)):
        return made(row)
    return briefly(schema, row)


def briefly(schema: BaseSchema, row: Row) -> Cell | None:
    """The short values that tell a row apart; one alone keeps its link or badge."""
    found = [cell(field, row.get(key), row) for key, field in _telling(schema)]
    kept = [item for item in found if item is not None]
    if len(kept) == 1:
        return kept[0]
    return text(", ".join(distinct(plain(item) for item in kept))) if kept else None


@lru_cache(maxsize=500)
def _telling(schema: BaseSchema) -> list[tuple[str, Described]]:
    """The short fields by JSON name that tell the rows of a list apart."""
    known = schema.described().items()
    fields = [(str(field.data_key or name), field) for name, field in known]
    return [
        (key, field)
        for key, field in fields
        if key in natural(schema) and not isinstance(field, LongText)
    ]


def distinct(words: Iterable[str]) -> list[str]:
    """What is said, each thing once: “TNO” adds nothing to “TNO” or “TNO, second part”."""
    once = {word.casefold(): word for word in reversed([*words]) if word}
    said = [word for key, word in once.items() if not any(k.startswith(f"{key},") for k in once)]
    return said[::-1]


def natural(schema: BaseSchema) -> tuple[str, ...]:
    """The JSON names of the fields that tell the rows of a list apart."""
    names: tuple[str, ...] = getattr(schema, "natural", ())
    return names


def _code(field: Code, value: str, _row: Row) -> Cell:
    label = say(vocabulary.label(field.of, value))
    mood = tone(field.of, value)
    return {"type": "badge", "label": label, "tone": mood} if mood else text(label)


def _long(_field: Any, value: str, _row: Row) -> Cell:
    return {"type": "long", "text": value}


def _link(_field: Any, value: str, _row: Row) -> Cell:
    label = value.removeprefix("https://").removeprefix("http://").rstrip("/")
    return {"type": "link", "url": value, "label": label, "external": True}


def _whole(field: Whole, value: int, _row: Row) -> Cell:
    low = getattr(field.validators[0], "min", 0) or 0
    return {"type": "number", "text": str(value) if low >= FIRST_YEAR else format_decimal(value)}


def _number(_field: Any, value: float, _row: Row) -> Cell:
    """Four digits may be years, and need no separator."""
    grouped = abs(value) >= SEPARATED
    told = numbers.format_decimal(value, locale=get_locale(), group_separator=grouped)
    return {"type": "number", "text": told}


def _amount(_field: Any, value: str, row: Row) -> Cell:
    amount = Decimal(value)
    currency = row.get("currency")
    if not currency:
        return {"type": "number", "text": format_decimal(amount)}
    whole = amount == amount.to_integral_value()
    shape = ("¤ #,##0" if lang() == "nl" else "¤#,##0") if whole else None
    shown = format_currency(amount, currency, shape, currency_digits=not whole)
    return {"type": "number", "text": shown}


def _flag(_field: Any, value: Any, _row: Row) -> Cell:
    return {"type": "bool", "text": t("ja", "yes") if value else t("nee", "no")}


def _day(_field: Any, value: str, _row: Row) -> Cell:
    return text(format_date(date.fromisoformat(value), "long"))


def _instant(_field: Any, value: str, _row: Row) -> Cell:
    return text(format_datetime(datetime.fromisoformat(value), "long"))


def _ref(field: Ref, value: Row, _row: Row) -> Cell:
    return pointer(field.to, value)


def _rows(field: Rows, value: list[Row], _row: Row) -> Cell:
    return many([summary(field.schema, row) for row in value]) or text("")


def _computed(field: Computed, value: Any, row: Row) -> Cell:
    return cell(field.like, value, row) or text(value)


def _text(_field: Any, value: Any, _row: Row) -> Cell:
    return text(value)


def _policy(_field: Any, value: Row, _row: Row) -> Cell:
    return period(value)


_makers.update(
    {
        Text: _text,
        LongText: _long,
        Through: _text,
        Code: _code,
        Link: _link,
        Whole: _whole,
        Number: _number,
        Amount: _amount,
        Flag: _flag,
        Day: _day,
        Instant: _instant,
        Policy: _policy,
        Ref: _ref,
        Rows: _rows,
        Computed: _computed,
    }
)
