"""The dictionaries of what is administered: a term, how a vague word is read."""

import re
from datetime import date
from typing import Any

from marshmallow import ValidationError, validates_schema

from ..errors import Message
from ..fields import Code, Day, Flag, LongText, Text, Whole, fail
from ..listing.filters import NONE
from ..policydate import DEFAULTS
from ..schema import BaseSchema
from ..words import Words

LEAP = 2004
"""A window of every year is stored in this leap year; one that spans two years begins before."""


RESERVED = Message(
    "This code is reserved: a filter asks with it for what has no value.",
    "Deze code is gereserveerd: een filter vraagt ermee naar wat geen waarde heeft.",
    "reserved",
)


class TermSchema(BaseSchema):
    """A term of an open vocabulary."""

    code = Text(
        "Code",
        "Code",
        required=True,
        max_length=40,
        hint=Words(
            "Voor de API, in het Engels: kleine letters, cijfers en _. Verandert nooit meer.",
            "For the API, in English: small letters, digits and _. Never changes again.",
        ),
    )
    nl = Text("In het Nederlands", "In Dutch", required=True)
    en = Text("In het Engels", "In English", required=True)
    definition = LongText("Omschrijving", "Definition", max_length=1000)
    retired = Flag(
        "Vervallen",
        "Retired",
        hint=Words(
            "Blijft leesbaar waar hij staat, en is niet meer te kiezen.",
            "Stays readable where it stands, and can no longer be chosen.",
        ),
    )

    @validates_schema(skip_on_field_errors=True)
    def _shape(self, data: dict[str, Any], **_: Any) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", data["code"]):
            text = Message(
                "Use small letters, digits and _, beginning with a letter.",
                "Gebruik kleine letters, cijfers en _, te beginnen met een letter.",
                "pattern",
            )
            raise ValidationError({"code": [text]})
        if data["code"] == NONE:
            raise ValidationError({"code": [RESERVED]})


class YearDay(Text):
    """A day of any year, written day-month: 1-6 is 1 June; 29-2 is the last of February."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kw)
        found = re.fullmatch(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2})", text)
        try:
            return date(LEAP, int(found[2]), int(found[1])) if found else _no_day()
        except ValueError:
            return _no_day()


def _no_day() -> Any:
    raise fail(
        "Give day and month, such as 1-6 for 1 June.",
        "Geef dag en maand, zoals 1-6 voor 1 juni.",
        "wrong_type",
    )


DAY_AND_MONTH = Words("Dag-maand, zoals 1-6 voor 1 juni.", "Day-month, such as 1-6 for 1 June.")


class WindowSchema(BaseSchema):
    """Which part of every year a vague word stands for."""

    start = YearDay("Eerste dag", "First day", required=True, max_length=10, hint=DAY_AND_MONTH)
    ends = YearDay("Laatste dag", "Last day", required=True, max_length=10, hint=DAY_AND_MONTH)
    reason = LongText("Waarom zo", "Why so", max_length=1000)


class RecessSchema(BaseSchema):
    """The days of one recess of one Chamber."""

    chamber = Code("Kamer", "Chamber", of="chamber", load_default="house")
    recess = Code("Reces", "Recess", of="recess", required=True)
    year = Whole("Jaar", "Year", low=1900, high=2200, required=True)
    start = Day("Eerste dag", "First day", required=True)
    ends = Day("Laatste dag", "Last day", required=True)
    reason = LongText("Waar dit staat", "Where this is stated", max_length=1000)

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data["ends"] < data["start"]:
            text = Message(
                "This lies before the first day.", "Dit ligt voor de eerste dag.", "window"
            )
            raise ValidationError({"ends": [text]})
        if data["start"].year != data["year"]:
            raise ValidationError({"start": [OTHER_YEAR]})
        if data["ends"].year > data["year"] + 1:  # the recess of Christmas ends in the next year
            raise ValidationError({"ends": [TOO_LATE]})


OTHER_YEAR = Message(
    "A recess begins in its own year.", "Een reces begint in zijn eigen jaar.", "window"
)
TOO_LATE = Message(
    "A recess ends in its own year or in the next.",
    "Een reces eindigt in zijn eigen jaar of in het volgende.",
    "window",
)
BACKWARDS = Message(
    "This lies before the first day; only a season can span the turn of the year.",
    "Dit ligt voor de eerste dag; alleen een seizoen kan over de jaarwisseling lopen.",
    "window",
)
WINDOWS = tuple(DEFAULTS.windows)
SPANNING = frozenset(word for word, own in DEFAULTS.windows.items() if own.end < own.start)
"""The words for a part of the year that the turn of the year may fall in."""
