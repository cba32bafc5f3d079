"""The dictionary of an organisation."""

import re
from typing import Any

from marshmallow import ValidationError, validates_schema

from ..errors import Message
from ..fields import Code, Flag, Link, LongText, Policy, Ref, Rows, Text
from ..kind import Kind, define
from ..record import Audience
from ..schema import RecordSchema, RowSchema
from ..sources.schemas import Sources
from ..words import Words
from .models import CategoryAnswer, Contact, Identifier, Membership, Partner

PATTERNS = {"oin": r"[0-9]{20}", "kvk": r"[0-9]{8}", "rsin": r"[0-9]{9}", "tooi": r"https://.+"}
MALFORMED = Message(
    "This is not how such a number is written.",
    "Zo wordt dit kenmerk niet geschreven.",
    "identifier",
)


class IdentifierSchema(RowSchema):
    model = Identifier
    natural = ("scheme", "value")

    scheme = Code("Soort kenmerk", "Scheme", of="identifier-scheme", required=True)
    value = Text("Kenmerk", "Value", required=True, uses="search")
    origin = Text("Herkomst", "Where it comes from", max_length=400)
    verified = Flag("Gecontroleerd", "Verified")

    @validates_schema(skip_on_field_errors=True)
    def _shape(self, data: dict[str, Any], **_: Any) -> None:
        scheme, value = data["scheme"], data["value"]
        written = re.fullmatch(PATTERNS.get(scheme, ".*"), value)
        if not written or (scheme == "rsin" and not _eleven(value)):
            raise ValidationError({"value": [MALFORMED]})


def _eleven(digits: str) -> bool:
    """The eleven-test of an RSIN: the weighted sum, the last digit counted negatively."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


class MembershipSchema(RowSchema):
    model = Membership
    natural = ("body", "status", "note")
    distinct = ("body", "status", "note", "from")
    filters = {"body": "body", "membership": "status"}

    body = Code("Waarin", "Body", of="membership-body", required=True)
    status = Code("Deelname", "Status", of="membership-status", required=True, uses="fact")
    from_ = Policy("Vanaf", "From")
    until = Policy("Tot", "Until")
    note = LongText("Toelichting", "Note", max_length=1000)


class CategorySchema(RowSchema):
    model = CategoryAnswer
    natural = ("category",)

    category = Ref("Groep", "Category", to=Partner, required=True)
    why = LongText("Waarom", "Why", max_length=1000)


class ContactSchema(RowSchema):
    model = Contact
    natural = ("email",)

    name = Text("Naam", "Name", required=True)
    function = Text("Functie", "Function")
    email = Text("E-mail", "E-mail")
    phone = Text("Telefoon", "Phone", max_length=40)


class PartnerSchema(RecordSchema):
    model = Partner

    name = Text("Naam", "Name", required=True, max_length=300, uses="fact search sort column")
    abbreviation = Text("Afkorting", "Abbreviation", max_length=40, uses="fact search column")
    kind = Code("Soort organisatie", "Kind", of="partner-kind", uses="fact filter column")
    is_group = Flag(
        "Groep, niet met naam genoemd",
        "Group, not named",
        uses="filter column",
        hint=Words(
            "Alleen als groep genoemd: telt nooit als organisatie mee.",
            "Named only as a category: never counted as an organisation.",
        ),
    )
    parent = Ref("Onderdeel van", "Part of", to=Partner, acyclic=True)
    website = Link("Website", "Website", max_length=600)
    description = LongText("Beschrijving", "Description", uses="search")
    memberships = Rows(
        "Deelname aan de samenwerking",
        "Part in the collaboration",
        of=MembershipSchema,
        one=Words("Deelname", "Part taken"),
        uses="filter column",
    )
    identifiers = Rows(
        "Kenmerken", "Identifiers", of=IdentifierSchema, one=Words("Kenmerk", "Identifier")
    )
    categories = Rows(
        "Spreekt voor een groep",
        "Answers for a category",
        of=CategorySchema,
        one=Words("Groep", "Category"),
        hint=Words(
            "Met een eigen bron; de groep zelf blijft onbenoemd.",
            "With its own source; the category itself stays unresolved.",
        ),
    )
    contacts = Rows(
        "Contactpersonen",
        "Contact persons",
        of=ContactSchema,
        one=Words("Contactpersoon", "Contact person"),
        audience=Audience.CORE_GROUP,
        hint=Words("Nooit openbaar.", "Never public."),
    )
    sources = Sources()


PARTNER = define(
    Kind(
        "partner",
        "ORG",
        "partners",
        Partner,
        PartnerSchema,
        Words("Organisatie", "Organisation"),
        Words("Organisaties", "Organisations"),
        Words(
            "Wie in de brieven voorkomt. Alleen wie als deelnemer staat genoemd, neemt deel aan de "
            "samenwerking; groepen zonder naam tellen niet als organisatie.",
            "Who appears in the letters. Only who is named as taking part takes part in the "
            "collaboration; groups without a name are not counted as organisations.",
        ),
        order=20,
        keeps=True,
    )
)
