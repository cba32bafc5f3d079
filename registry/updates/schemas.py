"""The dictionary of the state of affairs."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema
from sqlalchemy import select

from .. import clock
from ..db import session
from ..errors import Message
from ..fields import Code, Day, Instant, Link, LongText, Ref, Rows, Through
from ..fields.base import BLANK
from ..partners.models import Partner
from ..record import Audience
from ..schema import BaseSchema, RowSchema
from ..sources.models import Document, Passage
from ..words import Words
from .models import Evidence

UNCHANGED, BEHIND, OTHER = "no_change", "behind", "other"
UNSAID = Message("Say how things stand.", "Schrijf hoe het ervoor staat.", "required")
COMING = Message("This day is still to come.", "Deze dag moet nog komen.", "future")
NO_DELAY = Message(
    "A reason belongs to what is behind.", "Een reden hoort bij wat vertraagd is.", "not_allowed"
)
NOTHING = Message("Give an address or a document.", "Geef een adres of een document.", "required")
BOTH = Message(
    "Give an address or a document, not both.",
    "Geef een adres of een document, niet beide.",
    "not_allowed",
)
NO_PASSAGE = Message(
    "These words are not registered as a passage of this document.",
    "Deze woorden staan niet als passage bij dit document.",
    "unknown_reference",
)


class KnownWords(Through, LongText):
    """The words of a passage that is registered already."""


class EvidenceSchema(RowSchema):
    """What a report rests on, and why that counts."""

    model = Evidence
    natural = ("why",)
    distinct = ("why", "link", "document", "quote")

    why = LongText("Waarom dit telt", "Why this counts", required=True, max_length=600)
    address = Link("Adres", "Address", max_length=600, data_key="link")
    document = Ref("Document", "Document", to=Document)
    quote = KnownWords(
        "Passage",
        "Passage",
        via="passage",
        name="quote",
        max_length=600,
        hint=Words(
            "De woorden van een passage die al bij het document staat.",
            "The words of a passage that the document has already.",
        ),
    )

    @validates_schema
    def _of_one_kind(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("address") and (data.get("document") or data.get("passage")):
            raise ValidationError({"link": [BOTH]})
        if not data.get("address") and not data.get("document"):
            raise ValidationError({"document" if data.get("passage") else "link": [NOTHING]})

    @post_load
    def _passage(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if words := data.get("passage"):
            known = select(Passage).where(
                Passage.parent_id == data["document"].id, Passage.quote == " ".join(words.split())
            )
            data["passage"] = session().scalar(known)
            if data["passage"] is None:
                raise ValidationError({"quote": [NO_PASSAGE]})
        return data


class UpdateSchema(BaseSchema):
    """The state of affairs on a day. Judgements are for who takes part, never public."""

    key = fields.String(dump_only=True, metadata={"description": "Its key (sleutel)"})
    day = Day("Datum", "Day", hint=Words("Leeg: de peildatum.", "Empty: the reference date."))
    state = Code(
        "Hoe het staat", "State", of="update-state", required=True, audience=Audience.PARTNERS
    )
    text = LongText("Stand van zaken", "State of affairs", max_length=4000)
    reason = Code(
        "Reden van de vertraging",
        "Reason for the delay",
        of="update-reason",
        audience=Audience.PARTNERS,
    )
    reason_words = LongText(
        "Toelichting op de reden",
        "Explanation of the reason",
        max_length=1000,
        audience=Audience.PARTNERS,
        hint=Words("Nodig bij “anders”.", "Needed for “other”."),
    )
    evidence = Rows(
        "Onderbouwing",
        "Evidence",
        of=EvidenceSchema,
        one=Words("Onderbouwing", "Evidence"),
    )
    reported_at = Instant("Gemeld op", "Reported at", dump_only=True)
    released_at = Instant("Vrijgegeven op", "Released at", dump_only=True)

    @validates_schema
    def _complete(self, data: dict[str, Any], **_: Any) -> None:
        errors: dict[str, Any] = {}
        if not data.get("text") and data.get("state") != UNCHANGED:
            errors["text"] = [UNSAID]
        if (data.get("day") or clock.today()) > clock.today():
            errors["day"] = [COMING]
        errors |= _delayed(data)
        if errors:
            raise ValidationError(errors)


class ReportSchema(UpdateSchema):
    """A report as it is made: of which of their organisations somebody may say."""

    organisation = Ref(
        "Namens welke organisatie",
        "On behalf of which organisation",
        to=Partner,
        hint=Words(
            "Een van uw eigen organisaties, die dit gegeven beheert of erbij betrokken is.",
            "One of your own organisations, that keeps this record or is involved in it.",
        ),
    )

    class Meta(UpdateSchema.Meta):
        fields = ("organisation", *UpdateSchema._declared_fields)


def _delayed(data: dict[str, Any]) -> dict[str, Any]:
    """What is wrong with the reason: there is one exactly where something is behind."""
    reason = data.get("reason")
    if data.get("state") == BEHIND:
        if not reason:
            return {"reason": [BLANK]}
        if reason == OTHER and not data.get("reason_words"):
            return {"reasonWords": [BLANK]}
    elif reason and data.get("state") != "at_risk":
        return {"reason": [NO_DELAY]}
    return {}
