"""The dictionary of a commitment."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from .. import vocabulary
from ..due.schemas import MoveSchema, moves, review_by, review_on
from ..errors import Message
from ..fields import Code, Current, LongText, Policy, Ref, Rows, Text
from ..initiatives.models import Initiative
from ..kind import Kind, define
from ..partners.models import Partner
from ..schema import RecordSchema, RowSchema
from ..sources.models import Document, Office, Person
from ..sources.schemas import Sources
from ..themes.models import Theme
from ..words import Words
from . import models
from .models import Commitment
from .places import MadeAt


class PartySchema(RowSchema):
    """One of the parties: an organisation, initiative, office, person, or words."""

    natural = ("partner", "initiative", "office", "person", "words")
    filters = {"partner": "partner", "initiative": "initiative"}

    partner = Ref("Organisatie", "Organisation", to=Partner)
    initiative = Ref("Initiatief", "Initiative", to=Initiative)
    office = Ref("Ambt", "Office", to=Office)
    person = Ref("Persoon", "Person", to=Person)
    words = Text("In woorden", "In words", max_length=300)

    @validates_schema(skip_on_field_errors=True)
    def _somebody(self, data: dict[str, Any], **_: Any) -> None:
        if not any(data.get(name) for name in self.natural):
            raise ValidationError({"words": [Message("Say who.", "Zeg wie.", "required")]})


class BySchema(PartySchema):
    model = models.CommitmentBy
    filters = {"by": "partner"}


class ToSchema(PartySchema):
    model = models.CommitmentTo
    filters = {"to": "partner"}


class CommitmentStatusSchema(RowSchema):
    model = models.CommitmentStatus
    natural = ("status", "from")

    status = Code("Stand", "Status", of="commitment-status", required=True, uses="fact")
    from_ = Policy("Vanaf", "From", uses="fact")
    until = Policy("Tot", "Until")
    reason = LongText("Reden", "Reason", max_length=1000, uses="search")


class DischargeSchema(RowSchema):
    model = models.Discharge
    natural = ("document",)

    document = Ref("Afgedaan met", "Settled by", to=Document, required=True)
    when = Policy("Wanneer", "When")
    ministry = Code(
        "Volgens het ministerie", "According to the ministry", of="ministry-judgement", uses="fact"
    )
    chamber = Code(
        "Volgens de Kamer",
        "According to the House",
        of="chamber-judgement",
        hint=Words("Leeg: nog geen oordeel vastgelegd.", "Empty: no judgement yet."),
    )
    note = LongText("Toelichting", "Note", max_length=1000)


class CommitmentLinkSchema(RowSchema):
    model = models.CommitmentLink
    natural = ("relation", "commitment")

    relation = Code("Verband", "Relation", of="commitment-link", required=True)
    commitment = Ref("Toezegging of voornemen", "Commitment", to=Commitment, required=True)
    note = LongText("Toelichting", "Note", max_length=1000)


class CommitmentMoveSchema(MoveSchema):
    model = models.CommitmentMove


class CommitmentSchema(RecordSchema):
    model = Commitment

    text = LongText(
        "Wat er is gezegd",
        "What was said",
        required=True,
        max_length=1000,
        uses="fact search sort column",
    )
    text_en = LongText("In het Engels", "In English", max_length=1000, uses="search")
    strength = Code(
        "Soort en hardheid",
        "Kind and strength",
        of="strength",
        required=True,
        uses="fact filter column",
    )
    by = Rows(
        "Door",
        "By",
        of=BySchema,
        one=Words("Partij die dit zegt", "Party that says this"),
        uses="filter column",
    )
    to = Rows(
        "Aan", "To", of=ToSchema, one=Words("Partij aan wie", "Party addressed"), uses="filter"
    )
    made_at = MadeAt("Vindplaats", "Made at")
    due = Policy("Termijn", "Due", uses="fact filter sort column")
    review_on = review_on()
    review_by = review_by()
    moves = moves(CommitmentMoveSchema)
    theme = Ref("Thema", "Theme", to=Theme, uses="filter")
    initiative = Ref("Initiatief", "Initiative", to=Initiative, uses="filter")
    status = Current(
        "Stand van zaken",
        "Status",
        rows="statuses",
        field="status",
        uses="filter column",
        like=Code("", "", of="commitment-status"),
    )
    statuses = Rows(
        "Stand in de tijd",
        "Status in time",
        of=CommitmentStatusSchema,
        one=Words("Stand", "Status"),
    )
    expected_in = Ref(
        "Komt terug in",
        "Comes back in",
        to=Document,
        uses="filter",
        hint=Words(
            "De komende brief waarin dit naar verwachting wordt afgedaan of gemeld.",
            "The coming letter in which this is expected to be settled or reported.",
        ),
    )
    outcome = Code("Uitkomst", "Outcome", of="outcome", uses="filter")
    outcome_note = LongText("Toelichting bij de uitkomst", "Note on the outcome", max_length=1000)
    discharges = Rows("Afdoening", "Discharge", of=DischargeSchema)
    links = Rows(
        "Verband met andere",
        "Links to others",
        of=CommitmentLinkSchema,
        one=Words("Verband met een andere", "Link to another"),
    )
    sources = Sources()


def heading(item: dict[str, Any], lang: str) -> str:
    """A commitment is titled by its own strength: only a promise is called a promise."""
    said = (item.get("textEn") if lang == "en" else None) or item["text"]
    return f"{vocabulary.label('strength', item['strength']).in_(lang).capitalize()}: {said}"


COMMITMENT = define(
    Kind(
        "commitment",
        "COM",
        "commitments",
        Commitment,
        CommitmentSchema,
        Words("Toezegging of voornemen", "Commitment"),
        Words("Toezeggingen, moties en voornemens", "Promises, motions and intentions"),
        Words(
            "Elk zo hard als het is gezegd: een streven is geen toezegging.",
            "Each as hard as it was said: an aim is no promise.",
        ),
        contributed=True,
        order=40,
        first="due",
        heading=heading,
    )
)
