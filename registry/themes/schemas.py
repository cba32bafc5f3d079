"""The dictionaries of themes, sectors, groups, causes and views."""

from ..fields import Code, Flag, LongText, Policy, Ref, Rows, Text, Whole
from ..kind import Kind, define
from ..partners.models import Partner
from ..schema import RecordSchema, RowSchema
from ..sources.models import Document
from ..sources.schemas import Sources
from ..words import Words
from .held import ClaimSchema, HolderSchema
from .models import (
    Cause,
    CauseDomain,
    Designation,
    Group,
    Sector,
    Theme,
    View,
    ViewCause,
    ViewComparison,
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


class ViewCauseSchema(RowSchema):
    model = ViewCause
    natural = ("cause",)

    cause = Ref("Oorzaak", "Cause", to=Cause, required=True)


class ViewComparisonSchema(RowSchema):
    """That somebody laid one view beside another; the letters do not say it themselves."""

    model = ViewComparison
    natural = ("view",)

    view = Ref("Standpunt", "View", to=View, required=True)
    how = Code("Hoe het zich verhoudt", "How it compares", of="view-relation", required=True)
    basis = Code("Hoe weten we dit", "Basis", of="basis", required=True)
    why = LongText("Waarom", "Why", max_length=600)


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
    comparisons = Rows(
        "Naast andere standpunten",
        "Beside other views",
        of=ViewComparisonSchema,
        one=Words("Ander standpunt", "Other view"),
        section="classification",
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
