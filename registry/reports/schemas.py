"""The dictionaries of an annex, of a line of it, and of what is told of both in the history."""

from typing import Any

from marshmallow import ValidationError, validates_schema
from sqlalchemy import select

from ..errors import Message
from ..fields import Code, Computed, Day, Flag, LongText, Ref, Rows, Text, Whole, shapes
from ..indicators.models import Indicator
from ..kind import Kind, define
from ..partners.models import Partner
from ..record import Audience
from ..schema import BaseSchema, RecordSchema, RowSchema
from ..sources.models import Document
from ..sources.schemas import Sources
from ..themes.models import Theme
from ..words import Words
from . import models
from .models import Annex, AnnexFreeze

FREE, SECTIONS = "text", ("introduction", "commitments", "initiatives", "figures", "gaps", "open")
"""What the secretariat writes itself, and the sections that are composed, in their own order."""
WORDLESS = Message(
    "Write the text or the heading of this section.",
    "Schrijf de tekst of de kop van dit onderdeel.",
    "required",
)


class AnnexThemeSchema(RowSchema):
    model = models.AnnexTheme
    natural = ("theme",)
    filters = {"theme": "theme"}

    theme = Ref("Thema", "Theme", to=Theme, required=True)


class AnnexOrganisationSchema(RowSchema):
    model = models.AnnexOrganisation
    natural = ("partner",)
    filters = {"organisation": "partner"}

    partner = Ref("Organisatie", "Organisation", to=Partner, required=True)


class AnnexStrengthSchema(RowSchema):
    model = models.AnnexStrength
    natural = ("strength",)

    strength = Code("Soort en hardheid", "Kind and strength", of="strength", required=True)


class AnnexIndicatorSchema(RowSchema):
    model = models.AnnexIndicator
    natural = ("indicator",)

    indicator = Ref("Indicator", "Indicator", to=Indicator, required=True)


class AnnexSectionSchema(RowSchema):
    model = models.AnnexSection
    natural = ("section", "heading")

    section = Code("Onderdeel", "Section", of="annex-section", required=True)
    heading = Text("Kop", "Heading", hint=Words("Leeg: de gewone kop.", "Empty: the usual one."))
    heading_en = Text("Kop in het Engels", "Heading in English")
    text = LongText("Tekst van het secretariaat", "Text of the secretariat")
    text_en = LongText("Tekst in het Engels", "Text in English")
    omitted = Flag("Weglaten", "Leave out")

    @validates_schema(skip_on_field_errors=True)
    def _says_something(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("section") == FREE and not (data.get("text") or data.get("heading")):
            raise ValidationError({"text": [WORDLESS]})


class Numbered(Computed):
    """The number of an annex that was frozen; of others nothing."""

    replayed = False

    def __init__(self) -> None:
        super().__init__(
            "Vastgesteld als",
            "Frozen as",
            like=Text("", ""),
            attribute="frozen",
            hint=Words("Het nummer; leeg: een ontwerp.", "The number; empty: a draft."),
            uses="column",
        )

    def expression(self, _compiler: Any, model: Any) -> Any:
        """The SQL twin."""
        query = select(AnnexFreeze.number).where(AnnexFreeze.annex_id == model.id)
        return query.correlate(model).scalar_subquery()

    def _serialize(self, value: AnnexFreeze | None, attr: Any, obj: Any, **kw: Any) -> Any:
        return value and value.number


class AnnexSchema(RecordSchema):
    model = Annex

    title = Text("Titel", "Title", required=True, max_length=300, uses="search sort column")
    title_en = Text("Titel in het Engels", "Title in English", max_length=300, uses="search")
    as_of = Day("Peildatum", "Reference date", required=True, uses="sort column")
    number = Numbered()
    letter = Ref(
        "Bij welke brief",
        "To which letter",
        to=Document,
        uses="filter column",
        hint=Words("De komende voortgangsbrief.", "The coming progress letter."),
    )
    previous_letter = Ref(
        "Vergelijken met de brief",
        "Compare with the letter",
        to=Document,
        hint=Words(
            "Leeg: 25 883, nr. 405.",
            "Empty: 25 883, nr. 405.",
        ),
    )
    previous_annex = Ref(
        "Vergelijken met de bijlage",
        "Compare with the annex",
        to=Annex,
        acyclic=True,
        hint=Words(
            "Een bijlage die al is vastgesteld. Zij gaat voor de brief.",
            "An annex that was frozen already. It goes before the letter.",
        ),
    )
    dossier = Text(
        "Alleen dossier",
        "Dossier only",
        max_length=10,
        validate=shapes.DIGITS,
        hint=Words("Alleen cijfers, zoals 25883.", "Digits only: 25883."),
    )
    themes = Rows(
        "Alleen deze thema’s", "These themes only", of=AnnexThemeSchema, one=Words("Thema", "Theme")
    )
    organisations = Rows(
        "Alleen deze organisaties",
        "These organisations only",
        of=AnnexOrganisationSchema,
        one=Words("Organisatie", "Organisation"),
    )
    strengths = Rows(
        "Alleen deze soorten",
        "These strengths only",
        of=AnnexStrengthSchema,
        one=Words("Soort en hardheid", "Kind and strength"),
        hint=Words(
            "Leeg: alles wat is gezegd. Afspraken binnen de samenwerking alleen als u ze kiest.",
            "Empty: all that was said. Agreements within the collaboration only if you choose so.",
        ),
    )
    indicators = Rows(
        "Alleen deze cijfers",
        "These figures only",
        of=AnnexIndicatorSchema,
        one=Words("Indicator", "Indicator"),
        hint=Words("Leeg: alle cijfers.", "Empty: all figures."),
    )
    introduction = LongText("Inleiding", "Introduction", uses="search")
    introduction_en = LongText("Inleiding in het Engels", "Introduction in English", uses="search")
    sections = Rows(
        "Onderdelen",
        "Sections",
        of=AnnexSectionSchema,
        one=Words("Onderdeel", "Section"),
        hint=Words(
            "In de volgorde waarin ze hier staan. Leeg: alle onderdelen.",
            "In the order in which they stand here. Empty: all sections.",
        ),
    )
    sources = Sources()


ANNEX = define(
    Kind(
        "annex",
        "REP",
        "annexes",
        Annex,
        AnnexSchema,
        Words("Bijlage bij de voortgangsbrief", "Annex to a progress letter"),
        Words("Bijlagen bij de voortgangsbrief", "Annexes to progress letters"),
        Words(
            "Hoe het op een peildatum staat, met bij elke regel de bron.",
            "How things stand on a reference date, each line with its source.",
        ),
        order=48,
        first="asOf",
        audience=Audience.CORE_GROUP,
    )
)


class LineSchema(BaseSchema):
    """The text of a line. Empty: it starts from the last report that was released."""

    text = LongText(
        "Stand van zaken",
        "State of affairs",
        hint=Words(
            "Leeg: de laatste vrijgegeven stand van zaken.",
            "Empty: the last state of affairs that was released.",
        ),
    )


class RemarkSchema(BaseSchema):
    """What an owner has to say of a line."""

    remark = LongText("Opmerking", "Remark", required=True, max_length=4000)


class FreezeSchema(BaseSchema):
    """What is asked when an annex is frozen."""

    unagreed = Flag(
        "Vaststellen zonder akkoord op alle regels",
        "Freeze without agreement on all lines",
        hint=Words(
            "Nodig zolang niet op elke regel akkoord is gegeven; het staat in de geschiedenis.",
            "Needed as long as not every line was agreed to; the history tells of it.",
        ),
    )


class ToldLineSchema(BaseSchema):
    """A line as its history tells of it."""

    record = Text("Regel", "Line")
    text = LongText("Stand van zaken", "State of affairs")
    agreement = Code("Akkoord", "Agreement", of="line-agreement")
    remark = LongText("Opmerking", "Remark")


class ToldFreezeSchema(BaseSchema):
    """A frozen annex as its history tells of it."""

    number = Text("Nummer", "Number")
    sha256 = Text("Vingerafdruk (SHA-256)", "Fingerprint (SHA-256)")
    unagreed = Whole(
        "Regels zonder akkoord", "Lines without agreement", audience=Audience.CORE_GROUP
    )
