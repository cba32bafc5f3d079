"""Fields of plain values: text, codes, numbers, days."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from unicodedata import category
from urllib.parse import urlsplit

from babel.numbers import is_currency
from marshmallow import fields, validate

from .. import clock, vocabulary
from ..db import rfc3339
from ..errors import Message
from .base import UNREADABLE, Described, fail

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _range(low: float | None, high: float | Decimal | None) -> validate.Range:
    error = Message(
        "Give a number from {min} to {max}.", "Geef een getal van {min} tot {max}.", "range"
    )
    return validate.Range(low, high, error=error)


class Text(Described, fields.String):
    """Text on one line, at most `max_length` characters (200)."""

    multiline: ClassVar[bool] = False

    def __init__(self, nl: str, en: str, *, max_length: int = 200, **kwargs: Any) -> None:
        self.max_length = max_length
        super().__init__(nl, en, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        if not isinstance(value, str):
            raise fail("Give text.", "Geef tekst.", "wrong_type")
        text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        if UNREADABLE.search(text) or (not self.multiline and "\n" in text):
            raise fail(
                "Remove characters that cannot be shown.",
                "Verwijder tekens die niet getoond kunnen worden.",
                "control_character",
            )
        if len(text) > self.max_length:
            raise fail(
                "At most {max} characters; this has {count}.",
                "Hoogstens {max} tekens; dit zijn er {count}.",
                "too_long",
                max=self.max_length,
                count=len(text),
            )
        return text


class LongText(Text):
    """Text with paragraphs, at most 10,000 characters."""

    multiline = True

    def __init__(self, nl: str, en: str, *, max_length: int = 10_000, **kwargs: Any) -> None:
        super().__init__(nl, en, max_length=max_length, **kwargs)


class FieldPath(Text):
    """The path of a fact in the JSON of a record, such as `participations[k3].role`."""


class Link(Text):
    """A web address (http or https) without a password or characters that cannot be seen."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        text = super()._deserialize(value, attr, data, **kw)
        if not (re.fullmatch(r"https?://[^\s/$.?#][^\s]*", text) and _is_address(text)):
            raise fail(
                "Give a web address that starts with https://.",
                "Geef een webadres dat begint met https://.",
                "url",
            )
        return text


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        told = parts.hostname and parts.port != 0
    except ValueError:  # such as brackets around no address, or a port that is no number
        return False
    return bool(told) and "@" not in parts.netloc and all(category(c) != "Cf" for c in text)


Held = Callable[[str, str], bool]
_held: ContextVar[Held] = ContextVar("held", default=lambda _of, _code: False)


@contextmanager
def holding(held: Held) -> Iterator[None]:
    """While a record is loaded: `held` says whether it has this code of this list already, as a
    retired term may stay where it is."""
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)


class Code(Described, fields.String):
    """One code of a vocabulary."""

    def __init__(self, nl: str, en: str, *, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(nl, en, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        allowed = vocabulary.terms(self.of)
        known = allowed.get(value) if isinstance(value, str) else None
        if known is None or (known.retired and not _held.get()(self.of, value)):
            raise fail(
                "Choose one of: {allowed}.",
                "Kies een van: {allowed}.",
                "not_allowed",
                allowed=", ".join(code for code, term in allowed.items() if not term.retired),
            )
        return known.code


class Whole(Described, fields.Integer):
    """A whole number between `low` and `high`."""

    def __init__(self, nl: str, en: str, *, low: int = 0, high: int = 10**9, **kw: Any) -> None:
        message = Message("Give a whole number.", "Geef een geheel getal.", "wrong_type")
        kw["error_messages"] = {"invalid": message, "too_large": message}
        super().__init__(nl, en, validate=_range(low, high), **kw)

    def _validated(self, value: Any) -> int:
        if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
            raise self.make_error("invalid")
        number = super()._validated(value)
        return int(number)


class Number(Described, fields.Float):
    """A number as measured."""

    def __init__(self, nl: str, en: str, **kw: Any) -> None:
        message = Message("Give a number.", "Geef een getal.", "wrong_type")
        kw["error_messages"] = {"invalid": message, "too_large": message, "special": message}
        super().__init__(nl, en, allow_nan=False, validate=_range(-1e15, 1e15), **kw)


CENT = 2
MOST = Decimal("9999999999999.99")  # SQLite keeps fifteen digits
CENTS = Message(
    "Give an amount with at most two decimals.",
    "Geef een bedrag met hoogstens twee decimalen.",
    "decimals",
)


class Amount(Described, fields.Decimal):
    """An amount of money with two decimals; a string in JSON, so that no cent is lost."""

    def __init__(self, nl: str, en: str, **kw: Any) -> None:
        message = Message("Give an amount.", "Geef een bedrag.", "wrong_type")
        kw["error_messages"] = {"invalid": message, "special": message, "cents": CENTS}
        super().__init__(nl, en, places=CENT, as_string=True, validate=_range(0, MOST), **kw)

    def _format_num(self, value: Any) -> Any:
        given = Decimal(str(value))
        if given.is_finite() and _decimals(given) > CENT:
            raise self.make_error("cents")
        return super()._format_num(value)  # type: ignore[no-untyped-call]

    def _serialize(self, value: Any, attr: Any, obj: Any, **kw: Any) -> Any:
        return None if value is None else f"{Decimal(value):.2f}"


def _decimals(number: Decimal) -> int:
    """How many digits behind the point say something; no arithmetic, as that would round."""
    digits = "".join(map(str, number.as_tuple().digits))
    exponent = number.as_tuple().exponent
    zeros = len(digits) - len(digits.rstrip("0"))
    return -exponent - zeros if number and isinstance(exponent, int) else 0


class Currency(Text):
    """A currency by its code of ISO 4217."""

    def __init__(self, nl: str, en: str, **kw: Any) -> None:
        super().__init__(nl, en, max_length=3, **kw)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        code = super()._deserialize(value, attr, data, **kw).upper()
        if not is_currency(code):
            raise fail(
                "Give the three letters of a currency, such as EUR.",
                "Geef de drie letters van een munt, zoals EUR.",
                "currency",
            )
        return code


class Moment(Described, fields.AwareDateTime):
    """A moment with its offset from UTC (RFC 3339), or a day: the moment at which it begins."""

    def __init__(self, nl: str, en: str, **kw: Any) -> None:
        message = Message(
            "Give a day, or a moment with its offset, such as 2021-01-11T09:00:00Z.",
            "Geef een dag, of een moment met tijdzone, zoals 2021-01-11T09:00:00Z.",
            "wrong_type",
        )
        kw["error_messages"] = dict.fromkeys(("invalid", "invalid_awareness", "format"), message)
        super().__init__(nl, en, format="iso", **kw)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> datetime:
        try:
            if isinstance(value, str) and DAY.fullmatch(value.strip()):
                return clock.beginning(date.fromisoformat(value.strip()))
            moment: datetime = super()._deserialize(value, attr, data, **kw)
            return moment.astimezone(UTC)
        except (OverflowError, ValueError):
            raise self.make_error("invalid") from None


class Flag(Described, fields.Boolean):
    """True or false; null counts as false."""

    def __init__(self, nl: str, en: str, **kw: Any) -> None:
        message = Message("Give true or false.", "Geef true of false.", "wrong_type")
        kw["error_messages"] = {"invalid": message}
        super().__init__(nl, en, load_default=False, **kw)

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kw: Any) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool):
            raise self.make_error("invalid")
        return bool(super().deserialize(value, attr, data, **kw))


class Day(Described, fields.Date):
    """A calendar day, YYYY-MM-DD."""

    def __init__(self, nl: str, en: str, **kw: Any) -> None:
        message = Message("Give a day as YYYY-MM-DD.", "Geef een dag als JJJJ-MM-DD.", "wrong_type")
        kw["error_messages"] = {"invalid": message, "format": message}
        super().__init__(nl, en, **kw)


class Instant(Described, fields.DateTime):
    """A moment in UTC; read only."""

    def _serialize(self, value: Any, attr: Any, obj: Any, **kw: Any) -> Any:
        return None if value is None else rfc3339(value)
