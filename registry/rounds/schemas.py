"""The dictionary of a reporting round: what the secretariat asks of whom, until when."""

from datetime import date
from typing import Any

from marshmallow import ValidationError, validates_schema

from .. import clock
from ..errors import Message
from ..fields import Day, Flag, Ref, Rows, Text, Whole
from ..partners.models import Partner
from ..record import Audience
from ..schema import BACKWARDS, BaseSchema, RowSchema
from ..themes.models import Theme
from ..words import Words

PAST = Message("The deadline has passed.", "De uiterste datum is al voorbij.", "past")
MOST_YEARS = 2
LATE = Message(
    "The deadline is at most {years} years from now.",
    "De uiterste datum is hoogstens {years} jaar na vandaag.",
    "too_late",
)


class ScopeThemeSchema(RowSchema):
    natural = ("theme",)
    theme = Ref("Thema", "Theme", to=Theme, required=True)


class ScopeOrganisationSchema(RowSchema):
    natural = ("organisation",)
    organisation = Ref("Organisatie", "Organisation", to=Partner, required=True)


class RoundSchema(BaseSchema):
    """A round. What is not limited is asked about in full."""

    title = Text("Titel", "Title", required=True, max_length=200)
    starts = Day("Over de periode vanaf", "About the period from", required=True)
    ends = Day("Over de periode tot en met", "About the period until", required=True)
    deadline = Day("Uiterlijk invullen op", "To be filled in by", required=True)
    initiatives = Flag("Initiatieven", "Initiatives")
    commitments = Flag("Toezeggingen en voornemens", "Commitments")
    milestones = Flag(
        "Mijlpalen",
        "Milestones",
        hint=Words("Niets aangevinkt: alle soorten.", "Nothing ticked: all kinds."),
    )
    themes = Rows(
        "Alleen deze thema’s",
        "Only these themes",
        of=ScopeThemeSchema,
        one=Words("Thema", "Theme"),
    )
    organisations = Rows(
        "Alleen deze organisaties",
        "Only these organisations",
        of=ScopeOrganisationSchema,
        one=Words("Organisatie", "Organisation"),
    )

    @validates_schema(skip_on_field_errors=True)
    def _in_time(self, data: dict[str, Any], **_: Any) -> None:
        if data["ends"] < data["starts"]:
            raise ValidationError({"ends": [BACKWARDS]})
        if data["deadline"] < clock.today():
            raise ValidationError({"deadline": [PAST]})
        if _too_late(data["deadline"]):
            raise ValidationError({"deadline": [LATE.format(years=MOST_YEARS)]})


def _too_late(deadline: date) -> bool:
    """Counted from the real day where the reference date is fixed in the past."""
    day = max(clock.today(), clock.now().date())
    before = (deadline.year - MOST_YEARS, deadline.month, deadline.day)
    return before > (day.year, day.month, day.day)


class RemindedSchema(RowSchema):
    natural = ("organisation", "people")
    organisation = Ref("Organisatie", "Organisation", to=Partner)
    people = Whole("Personen", "People")


class ToldRoundSchema(RoundSchema):
    """A round as its history tells of it."""

    reminders = Rows(
        "Herinnerd",
        "Reminded",
        of=RemindedSchema,
        one=Words("Organisatie", "Organisation"),
        audience=Audience.SECRETARIAT,  # who is late is not for the others who are asked
    )
