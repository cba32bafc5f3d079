"""What is asked for a version of the plan, and when one is adopted."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from .. import clock
from ..errors import Message
from ..fields import Day, Text
from ..schema import BaseSchema
from ..words import Words

COMING = Message("This day is still to come.", "Deze dag moet nog komen.", "future")


class VersionSchema(BaseSchema):
    """A version: its name is used once."""

    name = Text(
        "Naam van de versie",
        "Name of the version",
        required=True,
        max_length=120,
        hint=Words(
            "Bijvoorbeeld: concept voor de kerngroep, mei 2021.",
            "For example: draft for the core group, May 2021.",
        ),
    )


class ToldVersionSchema(BaseSchema):
    """A version as its history tells of it."""

    name = Text("Naam van de versie", "Name of the version")
    day = Day("Vastgesteld op", "Adopted on")


class AdoptionSchema(BaseSchema):
    """The adoption of a version."""

    day = Day(
        "Vastgesteld op",
        "Adopted on",
        hint=Words("Leeg: de peildatum.", "Empty: the reference date."),
    )

    @validates_schema(skip_on_field_errors=True)
    def _past(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("day") or clock.today()) > clock.today():
            raise ValidationError({"day": [COMING]})
