"""The dictionaries of themes, sectors, groups, causes and views."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from ..errors import Message
from ..fields import Code, Flag, LongText, Policy, Ref, Rows, Text, Whole
from ..kind import Kind, define
from ..partners.models import Partner
from ..schema import RecordSchema, RowSchema
from ..sources.models import Document, Office
from ..sources.schemas import Sources
from ..words import Words
from .models import (
    Cause,
    CauseDomain,
    Claim,
    Designation,
    Group,
    Holder,
    Sector,
    Theme,
    View,
    ViewCause,
)

ENGLISH = ("Naam in het Engels", "Name in English")


class ThemeSchema(RecordSchema):
    model = Theme

    name = Text("Thema", "Theme", required=True, uses="fact search sort column")
    name_en = Text(*ENGLISH, uses="search")
    order = Whole("Volgorde", "Order", high=999, uses="sort")
    phase = Code("Fase", "Phase", of="theme-phase", uses="fact filter column")
    description = LongText("Beschrijving", "Description", uses="fact search")
    ambition = LongText("Ambitie", "Ambition", uses="search")
    needs = LongText("Wat er nodig is", "Needs", uses="search")
    opportunities = LongText("Kansen", "Opportunities", uses="search")
    threats = LongText("Bedreigingen", "Threats", uses="search")
    lead = Ref("Trekker", "Lead", to=Partner, uses="filter column")
    sources = Sources()


class DesignationSchema(RowSchema):
    model = Designation
    natural = ("designation", "document")
    filters = {"designation": "designation"}

    designation = Code(
        "Aangewezen als", "Designated as", of="designation", required=True, uses="fact"
    )
    rank = Whole(
        "Plaats in de rangorde",
        "Rank",
        low=1,
        high=99,
        hint=Words(
            "Alleen als de bron zelf een rangorde geeft.", "Only where the source itself ranks."
        ),
    )
    document = Ref("Document", "Document", to=Document)
    words = Text("In de woorden van de bron", "In the words of the source", max_length=400)


class SectorSchema(RecordSchema):
    model = Sector

    name = Text("Sector", "Sector", required=True, uses="fact search sort column")
    name_en = Text(*ENGLISH, uses="search")
    parent = Ref("Onderdeel van", "Part of", to=Sector, acyclic=True, uses="filter column")
    order = Whole("Volgorde", "Order", high=999, uses="sort")
    phase = Code("Fase", "Phase", of="theme-phase", uses="filter")
    note = LongText("Toelichting", "Note", uses="search")
    designations = Rows(
        "Aangewezen als",
        "Designations",
        of=DesignationSchema,
        one=Words("Aanwijzing", "Designation"),
        uses="filter column",
    )
    sources = Sources()


class GroupSchema(RecordSchema):
    model = Group

    name = Text("Groep", "Group", required=True, uses="fact search sort column")
    name_en = Text(*ENGLISH, uses="search")
    order = Whole("Volgorde", "Order", high=999, uses="sort")
    phase = Code("Fase", "Phase", of="theme-phase", uses="filter")
    kind = Code("Soort groep", "Kind", of="group-kind", uses="fact filter column")
    year = Policy("Jaar", "Year", uses="fact column")
    named_by = Text("Genoemd door", "Named by", uses="fact search column")
    description = LongText("Beschrijving", "Description", uses="search")
    sources = Sources()


class DomainSchema(RowSchema):
    model = CauseDomain
    natural = ("domain",)
    filters = {"domain": "domain"}

    domain = Code("Domein", "Domain", of="cause-domain", required=True)
    printed = Flag(
        "Staat zo in de brief",
        "Printed so in the letter",
        hint=Words("Anders is het domein afgeleid.", "Otherwise the domain is inferred."),
    )


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


class CauseSchema(RecordSchema):
    model = Cause

    name = Text(
        "Oorzaak of factor", "Cause or factor", required=True, uses="fact search sort column"
    )
    name_en = Text(*ENGLISH, uses="search")
    order = Whole("Volgorde", "Order", high=999, uses="sort")
    phase = Code("Fase", "Phase", of="theme-phase", uses="filter")
    description = LongText("Beschrijving", "Description", uses="search")
    domains = Rows("Domein", "Domain", of=DomainSchema, uses="filter column")
    claims = Rows(
        "Genoemd door",
        "Named by",
        of=ClaimSchema,
        one=Words("Vermelding", "Mention"),
        uses="filter column",
    )
    sources = Sources()


class HolderSchema(HeldSchema):
    model = Holder
    natural = ("partner", "office", "words")
    filters = {"holder": "partner"}

    partner = Ref("Organisatie", "Organisation", to=Partner)
    office = Ref("Ambt", "Office", to=Office)
    words = Text("Wie, in woorden", "Who, in words", max_length=300)


class ViewCauseSchema(RowSchema):
    model = ViewCause
    natural = ("cause",)

    cause = Ref("Oorzaak", "Cause", to=Cause, required=True)


class ViewSchema(RecordSchema):
    model = View

    statement = Text(
        "Wat er zou moeten gebeuren",
        "What should be done",
        required=True,
        max_length=400,
        uses="fact search sort column",
    )
    statement_en = Text("In het Engels", "In English", max_length=400, uses="search")
    responsible = Text(
        "Wie aan zet is", "Who is responsible", max_length=300, uses="fact search column"
    )
    document = Ref("Document", "Document", to=Document, uses="filter column")
    holders = Rows(
        "Volgens",
        "According to",
        of=HolderSchema,
        one=Words("Wie dit vindt", "Who holds this"),
        uses="filter column",
    )
    causes = Rows(
        "Over oorzaken", "About causes", of=ViewCauseSchema, one=Words("Oorzaak", "Cause")
    )
    sources = Sources()


THEME = define(
    Kind(
        "theme",
        "THE",
        "themes",
        Theme,
        ThemeSchema,
        Words("Thema", "Theme"),
        Words("Thema’s", "Themes"),
        Words(
            "Waar de kerngroep op inzet, en wat in een later stadium volgt.",
            "What the core group works on, and what follows at a later stage.",
        ),
        order=10,
        first="order",
    )
)
SECTOR = define(
    Kind(
        "sector",
        "SEC",
        "sectors",
        Sector,
        SectorSchema,
        Words("Sector", "Sector"),
        Words("Sectoren", "Sectors"),
        Words(
            "Sectoren zoals de brieven ze noemen; een rangorde staat er alleen bij als de bron "
            "die geeft.",
            "Sectors as the letters name them; a rank is given only where the source gives it.",
        ),
        order=50,
        first="order",
    )
)
GROUP = define(
    Kind(
        "group",
        "GRP",
        "groups",
        Group,
        GroupSchema,
        Words("Groep", "Group"),
        Words("Doelgroepen en risicogroepen", "Target and risk groups"),
        Words(
            "Op wie onderzoek en initiatieven zich richten.",
            "Whom research and initiatives are about.",
        ),
        order=60,
    )
)
CAUSE = define(
    Kind(
        "cause",
        "CAU",
        "causes",
        Cause,
        CauseSchema,
        Words("Oorzaak of factor", "Cause or factor"),
        Words("Oorzaken en factoren", "Causes and factors"),
        Words(
            "Wat als oorzaak van burn-outklachten wordt genoemd, door wie, en hoe stellig.",
            "What is named as a cause of burn-out complaints, by whom, and how firmly.",
        ),
        order=65,
    )
)
VIEW = define(
    Kind(
        "view",
        "VIE",
        "views",
        View,
        ViewSchema,
        Words("Standpunt", "View"),
        Words("Standpunten", "Views"),
        Words(
            "Wat er volgens wie zou moeten gebeuren, en wie dan aan zet is.",
            "What should be done according to whom, and who is then responsible.",
        ),
        order=67,
    )
)
