"""The dictionary of an initiative."""

from ..due.schemas import review_by, review_on
from ..fields import (
    Amount,
    Code,
    Currency,
    Current,
    Day,
    Link,
    LongText,
    Policy,
    Ref,
    Rows,
    Text,
    Whole,
)
from ..kind import Kind, define
from ..partners.models import Partner
from ..schema import RecordSchema, RowSchema
from ..sources.models import Document, Event
from ..sources.schemas import Sources
from ..themes.models import Cause, Group, Sector, Theme
from ..words import Words
from . import models
from .models import Initiative


class InitiativeStatusSchema(RowSchema):
    model = models.InitiativeStatus
    natural = ("status", "from")

    status = Code("Status", "Status", of="initiative-status", required=True, uses="fact")
    from_ = Policy("Vanaf", "From", uses="fact")
    until = Policy("Tot", "Until")
    reason = LongText("Reden", "Reason", max_length=1000, uses="fact search")
    resume_when = Text("Hervatten zodra", "Resume when", max_length=300, uses="fact")
    review_on = review_on()
    review_by = review_by()


class ParticipationSchema(RowSchema):
    model = models.Participation
    natural = ("partner", "role")
    distinct = ("partner", "role", "from")
    filters = {"partner": "partner", "role": "role"}

    partner = Ref("Organisatie", "Organisation", to=Partner, required=True)
    role = Code("Rol", "Role", of="participation-role", required=True, uses="fact")
    from_ = Policy("Vanaf", "From")
    until = Policy("Tot", "Until")
    note = LongText("Toelichting", "Note", max_length=1000)


class MoneySchema(RowSchema):
    model = models.Money
    natural = ("amount", "term")
    distinct = ("amount", "term", "forWhom")

    amount = Amount("Bedrag", "Amount", required=True, uses="fact")
    currency = Currency("Munt", "Currency", required=True, hint=Words("EUR", "EUR"))
    term = Code("Structureel of eenmalig", "Structural or once", of="money-term", uses="fact")
    for_whom = Text("Voor wie", "For whom", max_length=300)
    words = Text("Zoals het er staat", "As printed", max_length=300)


class ResultSchema(RowSchema):
    model = models.Result
    natural = ("title",)
    distinct = ("title", "link", "when")

    title = Text("Resultaat", "Result", required=True, max_length=300, uses="fact search")
    link = Link("Adres", "Address", max_length=600)
    when = Policy("Wanneer", "When")


class EditionSchema(RowSchema):
    model = models.Edition
    natural = ("title",)
    distinct = ("title", "motto", "when")

    title = Text("Editie", "Edition", required=True, uses="fact search")
    motto = Text("Motto", "Motto", uses="fact search")
    when = Policy("Wanneer", "When", uses="fact")
    participants = Whole("Deelnemers", "Participants", uses="fact")
    event = Ref("Gebeurtenis", "Event", to=Event)
    note = LongText("Toelichting", "Note", max_length=1000)


class RelatedSchema(RowSchema):
    model = models.RelatedInitiative
    natural = ("initiative",)

    initiative = Ref("Initiatief", "Initiative", to=Initiative, required=True)
    how = Text("Hoe het samenhangt", "How it relates", max_length=300)


class InitiativeDocumentSchema(RowSchema):
    model = models.InitiativeDocument
    natural = ("document",)

    document = Ref("Document", "Document", to=Document, required=True)
    note = LongText("Toelichting", "Note", max_length=1000)


class ClassificationSchema(RowSchema):
    """Under what an initiative is put: by whom, when, why."""

    basis = Code("Hoe weten we dit", "Basis", of="basis", required=True)
    by = Text("Door", "By")
    when = Day("Op", "On")
    why = LongText("Waarom", "Why", max_length=600)


class ThemeRow(ClassificationSchema):
    model = models.InitiativeTheme
    natural = ("theme",)
    filters = {"theme": "theme"}

    theme = Ref("Thema", "Theme", to=Theme, required=True)


class SectorRow(ClassificationSchema):
    model = models.InitiativeSector
    natural = ("sector",)
    filters = {"sector": "sector"}

    sector = Ref("Sector", "Sector", to=Sector, required=True)


class GroupRow(ClassificationSchema):
    model = models.InitiativeGroup
    natural = ("group",)
    filters = {"group": "group"}

    group = Ref("Groep", "Group", to=Group, required=True)


class CauseRow(ClassificationSchema):
    model = models.InitiativeCause
    natural = ("cause",)
    filters = {"cause": "cause"}

    cause = Ref("Oorzaak of factor", "Cause or factor", to=Cause, required=True)


class InitiativeSchema(RecordSchema):
    model = Initiative

    title = Text("Titel", "Title", required=True, max_length=300, uses="fact search sort column")
    title_en = Text("Titel in het Engels", "Title in English", max_length=300, uses="search")
    kind = Code("Soort", "Kind", of="initiative-kind", uses="fact filter column")
    summary = LongText("Samenvatting", "Summary", max_length=600, uses="search")
    goal = LongText("Doel", "Goal", max_length=2000, uses="fact search")
    description = LongText("Beschrijving", "Description", uses="fact search")
    status = Current(
        "Status",
        "Status",
        rows="statuses",
        field="status",
        uses="filter column",
        like=Code("", "", of="initiative-status"),
    )
    status_reason = Current(
        "Reden van de status",
        "Reason for the status",
        rows="statuses",
        field="reason",
        like=LongText("", ""),
    )
    period = Policy("Periode", "Period", uses="fact filter sort column")
    recurrence = Policy(
        "Keert terug",
        "Recurs",
        uses="fact",
        hint=Words("Bijvoorbeeld: jaarlijks in november.", "For example: yearly in November."),
    )
    relation = Code(
        "Verhouding tot de samenwerking",
        "Relation to the collaboration",
        of="relation",
        uses="fact filter",
    )
    approach_timing = Code(
        "Aanpak vooraf of achteraf", "Preventive or curative", of="approach-timing", uses="filter"
    )
    approach_level = Code(
        "Aanpak gericht op", "Level of the approach", of="approach-level", uses="filter"
    )
    website = Link("Website", "Website", max_length=600, uses="fact")
    good_example = LongText(
        "Goed voorbeeld, omdat", "A good example, because", max_length=1000, uses="search"
    )
    effectiveness = Code(
        "Effectiviteit (RIVM)",
        "Effectiveness (RIVM)",
        of="effectiveness",
        load_default="not_assessed",
        uses="filter",
    )
    participations = Rows(
        "Betrokken organisaties",
        "Organisations involved",
        of=ParticipationSchema,
        one=Words("Betrokken organisatie", "Organisation involved"),
        uses="filter column paste",
    )
    statuses = Rows(
        "Status in de tijd",
        "Status in time",
        of=InitiativeStatusSchema,
        one=Words("Status", "Status"),
    )
    themes = Rows(
        "Thema’s",
        "Themes",
        of=ThemeRow,
        one=Words("Thema", "Theme"),
        section="classification",
        uses="filter column",
    )
    sectors = Rows(
        "Sectoren",
        "Sectors",
        of=SectorRow,
        one=Words("Sector", "Sector"),
        section="classification",
        uses="filter",
    )
    groups = Rows(
        "Groepen",
        "Groups",
        of=GroupRow,
        one=Words("Groep", "Group"),
        section="classification",
        uses="filter",
    )
    causes = Rows(
        "Oorzaken en factoren",
        "Causes and factors",
        of=CauseRow,
        one=Words("Oorzaak of factor", "Cause or factor"),
        section="classification",
        uses="filter",
    )
    editions = Rows("Edities", "Editions", of=EditionSchema, one=Words("Editie", "Edition"))
    results = Rows("Resultaten", "Results", of=ResultSchema, one=Words("Resultaat", "Result"))
    money = Rows("Geld", "Money", of=MoneySchema, one=Words("Bedrag", "Amount"))
    related = Rows(
        "Hangt samen met",
        "Related to",
        of=RelatedSchema,
        one=Words("Samenhangend initiatief", "Related initiative"),
    )
    documents = Rows(
        "Documenten", "Documents", of=InitiativeDocumentSchema, one=Words("Document", "Document")
    )
    sources = Sources()


INITIATIVE = define(
    Kind(
        "initiative",
        "INI",
        "initiatives",
        Initiative,
        InitiativeSchema,
        Words("Initiatief", "Initiative"),
        Words("Initiatieven en activiteiten", "Initiatives"),
        Words(
            "Wat er loopt, liep en komt: binnen de samenwerking, erin gedeeld, of ernaast.",
            "What runs, ran and is coming: within the collaboration, shared in it, or beside it.",
        ),
        contributed=True,
        order=30,
    )
)
