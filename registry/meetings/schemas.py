"""The dictionary of a meeting."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from ..commitments.models import Commitment
from ..errors import Message
from ..fields import Code, LongText, Policy, Ref, Rows, Text, Whole, shapes
from ..initiatives.models import Initiative
from ..kind import Kind, define
from ..partners.models import Partner
from ..record import Audience
from ..schema import RecordSchema, RowSchema
from ..sources.models import Document
from ..sources.schemas import Sources
from ..themes.models import Theme
from ..words import Words
from .models import ActionPoint, AgendaItem, Attendance, Decision, Meeting

NOBODY = Message("Say who.", "Zeg wie.", "required")
BACKWARDS = Message(
    "Give an end after the beginning, and both.", "Geef een einde na het begin, en beide.", "window"
)
NO_DECISION = Message(
    "There is no decision {n} here.", "Besluit {n} is er niet.", "unknown_reference"
)


class AgendaSchema(RowSchema):
    model = AgendaItem
    natural = ("title",)

    title = Text("Agendapunt", "Agenda item", required=True, max_length=300, uses="search")
    note = LongText("Toelichting", "Note", max_length=2000, uses="search")
    by = Ref("Ingebracht door", "Brought in by", to=Partner)


class AttendanceSchema(RowSchema):
    model = Attendance
    natural = ("partner", "person")

    partner = Ref("Organisatie", "Organisation", to=Partner)
    person = Text("Persoon, in woorden", "Person, in words")
    presence = Code("Aanwezigheid", "Presence", of="presence", required=True)

    @validates_schema(skip_on_field_errors=True)
    def _somebody(self, data: dict[str, Any], **_: Any) -> None:
        if not (data.get("partner") or data.get("person")):
            raise ValidationError({"partner": [NOBODY]})


class DecisionSchema(RowSchema):
    model = Decision
    natural = ("text",)
    filters = {"theme": "theme", "initiative": "initiative"}

    # No longer than a passage, which it becomes word for word.
    text = LongText("Besluit", "Decision", required=True, max_length=600, uses="search")
    theme = Ref("Thema", "Theme", to=Theme)
    initiative = Ref("Initiatief", "Initiative", to=Initiative)
    note = LongText("Toelichting", "Note", max_length=1000, uses="search")


class ActionSchema(RowSchema):
    model = ActionPoint
    natural = ("text",)
    filters = {"owner": "owner", "actionState": "state", "commitment": "commitment"}

    text = LongText("Actiepunt", "Action point", required=True, max_length=1000, uses="search")
    owner = Ref("Trekker", "Owner", to=Partner)
    due = Policy("Termijn", "Due")
    state = Code("Stand", "State", of="action-state", required=True)
    decision = Whole(
        "Bij besluit",
        "Of decision",
        low=1,
        high=500,
        hint=Words(
            "Het nummer van het besluit waar dit uit volgt.",
            "The number of the decision that this follows from.",
        ),
    )
    commitment = Ref(
        "Afspraak",
        "Agreement",
        to=Commitment,
        hint=Words(
            "Leeg: nog niet als afspraak vastgelegd. Dat kan op de pagina van het overleg.",
            "Empty: not registered as an agreement yet. The page of the meeting does that.",
        ),
    )


class MeetingSchema(RecordSchema):
    model = Meeting

    title = Text("Overleg", "Meeting", required=True, max_length=300, uses="search sort column")
    when = Policy("Wanneer", "When", uses="filter sort column")
    start_time = Text(
        "Begint om",
        "Begins at",
        max_length=5,
        validate=shapes.CLOCK,
        hint=Words(
            "Nederlandse tijd, bijvoorbeeld 13:30. Telt als “Wanneer” één dag is.",
            "Dutch time, such as 13:30. It counts where “When” is a single day.",
        ),
    )
    end_time = Text("Eindigt om", "Ends at", max_length=5, validate=shapes.CLOCK)
    place = Text("Plaats", "Place", uses="search column")
    kind = Code("Soort overleg", "Kind of meeting", of="meeting-kind", uses="filter column")
    minutes = Ref(
        "Verslag",
        "Minutes",
        to=Document,
        editors=Audience.SECRETARIAT,
        hint=Words(
            "Komt er vanzelf te staan als het verslag is vastgesteld.",
            "Filled in by itself when the minutes are adopted.",
        ),
    )
    agenda = Rows("Agenda", "Agenda", of=AgendaSchema, one=Words("Agendapunt", "Agenda item"))
    attendance = Rows(
        "Deelnemers",
        "Attendance",
        of=AttendanceSchema,
        one=Words("Deelnemer", "Attendee"),
        audience=Audience.CORE_GROUP,
    )
    decisions = Rows(
        "Besluiten", "Decisions", of=DecisionSchema, one=Words("Besluit", "Decision"), uses="filter"
    )
    actions = Rows(
        "Actiepunten",
        "Action points",
        of=ActionSchema,
        one=Words("Actiepunt", "Action point"),
        uses="filter",
    )
    notes = LongText(
        "Aantekeningen",
        "Notes",
        audience=Audience.CORE_GROUP,
        hint=Words("Voor de kerngroep en het secretariaat.", "For core group and secretariat."),
    )
    internal_notes = LongText(
        "Interne aantekeningen",
        "Internal notes",
        audience=Audience.SECRETARIAT,
        editors=Audience.SECRETARIAT,
        hint=Words("Alleen voor het secretariaat.", "For the secretariat only."),
    )
    sources = Sources()

    @validates_schema(skip_on_field_errors=True)
    def _lasts(self, data: dict[str, Any], **_: Any) -> None:
        """Who says when it ends says when it begins, and that comes first."""
        begin, end = data.get("start_time"), data.get("end_time")
        if end and not (begin and begin < end):
            raise ValidationError({"endTime": [BACKWARDS]})

    @validates_schema(skip_on_field_errors=True)
    def _decided(self, data: dict[str, Any], **_: Any) -> None:
        """An action point follows from a decision that is there."""
        count = len(data.get("decisions") or [])
        wrong = {
            index: {"decision": [NO_DECISION.format(n=row["decision"])]}
            for index, row in enumerate(data.get("actions") or [])
            if (row.get("decision") or 0) > count
        }
        if wrong:
            raise ValidationError({"actions": wrong})


MEETING = define(
    Kind(
        "meeting",
        "MEE",
        "meetings",
        Meeting,
        MeetingSchema,
        Words("Overleg", "Meeting"),
        Words("Overleggen", "Meetings"),
        Words(
            "Overleggen van de kerngroep, de klankbordgroep en anderen: agenda, besluiten en "
            "actiepunten.",
            "Meetings of the core group, the sounding board and others: agenda, decisions and "
            "action points.",
        ),
        order=46,
        first="when",
        audience=Audience.CORE_GROUP,
        followed=Words(
            "Mogen minder mensen het overleg zien, dan geldt dat ook voor het verslag en de "
            "afspraken die eruit volgden. Wordt het weer breder, dan kiest u dat ook daar zelf.",
            "If fewer people may see the meeting, that goes for its minutes and the agreements "
            "that came of it too. Where it becomes wider again, you choose so for those as well.",
        ),
    )
)
