"""Rows that somebody holds: who claims a cause, and whose view something is."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from ..errors import Message
from ..fields import Code, LongText, Ref, Text
from ..partners.models import Partner
from ..schema import RowSchema
from ..sources.models import Document, Office
from .models import Claim, Holder


class HeldSchema(RowSchema):
    """A row that somebody holds: an organisation, an office, or words."""

    @validates_schema(skip_on_field_errors=True)
    def _held(self, data: dict[str, Any], **_: Any) -> None:
        if not any(data.get(name) for name in ("partner", "office", "words")):
            raise ValidationError(
                {"words": [Message("Say who holds this.", "Zeg wie dit vindt.", "required")]}
            )


class ClaimSchema(HeldSchema):
    model = Claim
    natural = ("partner", "office", "words", "document")
    filters = {"holder": "partner", "stance": "stance"}

    partner = Ref("Organisatie", "Organisation", to=Partner)
    office = Ref("Ambt", "Office", to=Office)
    words = Text("Wie, in woorden", "Who, in words", max_length=300)
    stance = Code("Standpunt", "Stance", of="stance", required=True, uses="fact")
    prompting = Code("Hoe genoemd", "How named", of="prompting")
    certainty = Code("Stelligheid", "Certainty", of="certainty")
    document = Ref("Document", "Document", to=Document)
    note = LongText("Toelichting", "Note", max_length=1000)


class HolderSchema(HeldSchema):
    model = Holder
    natural = ("partner", "office", "words")
    filters = {"holder": "partner"}

    partner = Ref("Organisatie", "Organisation", to=Partner)
    office = Ref("Ambt", "Office", to=Office)
    words = Text("Wie, in woorden", "Who, in words", max_length=300)
