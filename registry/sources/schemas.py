"""The dictionaries of documents, events, offices and persons, and of the sources of any record."""

from typing import Any

from marshmallow import ValidationError, post_load, validates_schema

from ..errors import Message
from ..fields import (
    Code,
    Day,
    FieldPath,
    Flag,
    Link,
    LongText,
    Policy,
    Ref,
    Rows,
    Text,
    Through,
    Whole,
    shapes,
)
from ..kind import Kind, define
from ..record import Audience
from ..schema import RecordSchema, RowSchema
from ..words import Words
from .models import Citation, Document, DocumentRelation, Event, Office, Person
from .passages import passage_of
from .supporting import PassageSchema

PASSAGE = Words("Passage", "Passage")
ALREADY = Message(
    "What has a number or an official date has been sent: it is no coming document any more.",
    "Wat een nummer of een officiële datum heeft, is verstuurd: het is geen komend stuk meer.",
    "sent",
)
WORDLESS = {"outside", "reported", "classified"}


class Quote(Through, LongText):
    """The exact words of a passage; words that the document has no passage of yet become one."""

    def __init__(self, nl: str, en: str, **kw: Any) -> None:
        super().__init__(nl, en, via="passage", name="quote", **kw)


class SourceSchema(RowSchema):
    """A citation: which words of which document say a field of the record."""

    model = Citation
    natural = ("field", "document", "quote", "basis")

    document = Ref("Document", "Document", to=Document, itself=True)
    quote = Quote(
        "Passage",
        "Passage",
        max_length=600,
        hint=Words("De woorden precies zoals ze er staan.", "The exact words as printed."),
    )
    section = Through("Paragraaf", "Section", via="passage", name="section", dump_only=True)
    lines = Through("Regels", "Lines", via="passage", name="lines", dump_only=True)
    field = FieldPath("Gegeven", "Field", required=True, max_length=120)
    basis = Code("Hoe weten we dit", "Basis", of="basis", required=True)
    why = LongText("Waarom dit telt", "Why this counts", max_length=600)

    @validates_schema
    def _has_words(self, data: dict[str, Any], **_: Any) -> None:
        words, document = data.get("passage"), data.get("document")
        if words and not document:
            raise ValidationError({"document": [UNPLACED]})
        if data.get("basis") not in WORDLESS and not (document and words):
            raise ValidationError({"quote": [UNSAID]})

    @post_load
    def _passage(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if words := data.get("passage"):
            data["passage"] = passage_of(data["document"], words)
        return data


UNSAID = Message(
    "Give the document and the words that say this.",
    "Geef het document en de woorden waar dit staat.",
    "required",
)
UNPLACED = Message(
    "Give the document that these words stand in.",
    "Geef het document waarin deze woorden staan.",
    "required",
)


class Sources(Rows):
    """The sources of a record, at the end of every dictionary."""

    def __init__(self) -> None:
        super().__init__(
            "Bronnen",
            "Sources",
            of=SourceSchema,
            one=Words("Bron", "Source"),
            section="sources",
            editors=Audience.SECRETARIAT,
        )


class DocumentRelationSchema(RowSchema):
    model = DocumentRelation
    natural = ("relation", "document", "footnote")

    relation = Code("Verband", "Relation", of="document-relation", required=True)
    document = Ref("Document", "Document", to=Document, required=True)
    footnote = Text("Voetnoot", "Footnote", max_length=20)
    note = LongText("Toelichting", "Note", max_length=1000)


class DocumentSchema(RecordSchema):
    model = Document

    title = Text("Titel", "Title", required=True, max_length=400, uses="fact search sort column")
    kind = Code("Soort document", "Kind", of="document-kind", uses="filter column")
    dossier = Text(
        "Dossier",
        "Dossier",
        max_length=10,
        validate=shapes.DIGITS,
        uses="filter",
        hint=Words(
            "Van een Kamerstuk: alleen cijfers, zoals 25883.", "Of a Kamerstuk: digits only: 25883."
        ),
    )
    addition = Text("Toevoeging", "Addition", max_length=10, validate=shapes.CAPITALS)
    number = Text("Nummer", "Number", max_length=10, validate=shapes.LETTERS_AND_DIGITS)
    identification = Text("Vindplaats", "Identification", dump_only=True, uses="search column")
    printed_when = Text("Datum zoals gedrukt", "Date as printed")
    official_date = Day("Officiële datum", "Official date", uses="fact sort column")
    official_day_origin = Text("Herkomst van de datum", "Where the date comes from", max_length=400)
    reference_year = Whole(
        "Referentiejaar",
        "Reference year",
        low=1800,
        high=2200,
        uses="fact",
        hint=Words(
            "Het jaar waarvan woorden als “volgend jaar” uitgaan.",
            "The year that words such as “next year” count from.",
        ),
    )
    signatory = Text("Ondertekenaar", "Signatory", uses="fact search")
    url = Link("Adres", "Address", max_length=600)
    sha256 = Text(
        "Vingerafdruk (SHA-256)", "Fingerprint (SHA-256)", max_length=64, validate=shapes.SHA256
    )
    planned = Flag(
        "Komend stuk",
        "Coming document",
        uses="filter",
        hint=Words(
            "Een brief die nog verstuurd wordt. Hij heeft nog geen nummer en geen datum.",
            "A letter that is still to be sent. It has no number and no date yet.",
        ),
    )
    expected = Policy(
        "Verwacht",
        "Expected",
        hint=Words("Van een komend stuk: wanneer.", "Of a coming document: when."),
    )
    note = LongText("Toelichting", "Note", uses="search")
    relations = Rows(
        "Verwijzingen", "Relations", of=DocumentRelationSchema, one=Words("Verwijzing", "Relation")
    )
    passages = Rows(  # a letter has hundreds, each with all that it supports
        "Passages", "Passages", of=PassageSchema, one=PASSAGE, section="passages", weight=400
    )
    sources = Sources()

    @validates_schema(skip_on_field_errors=True)
    def _still_to_come(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("planned") and (data.get("official_date") or data.get("number")):
            raise ValidationError({"planned": [ALREADY]})


class EventSchema(RecordSchema):
    model = Event

    name = Text(
        "Gebeurtenis", "Event", required=True, max_length=300, uses="fact search sort column"
    )
    name_en = Text("Naam in het Engels", "Name in English", max_length=300, uses="search")
    when = Policy("Wanneer", "When", uses="fact filter sort column")
    kind = Code("Soort gebeurtenis", "Kind", of="event-kind", uses="fact filter column")
    document = Ref("Kamerstuk", "Document", to=Document, uses="filter column")
    note = LongText("Wat eruit volgde", "What came of it", uses="search")
    sources = Sources()


class OfficeSchema(RecordSchema):
    model = Office

    name = Text("Ambt", "Office", required=True, uses="fact search sort column")
    name_en = Text("Naam in het Engels", "Name in English", uses="search")
    organisation = Text("Organisatie", "Organisation", uses="search column")
    note = LongText("Toelichting", "Note", uses="search")
    sources = Sources()


class PersonSchema(RecordSchema):
    model = Person

    name = Text("Naam", "Name", required=True, uses="fact search sort column")
    office = Ref("Ambt", "Office", to=Office, uses="filter column")
    role = Text("Rol in de brieven", "Role in the letters", max_length=400, uses="search column")
    note = LongText("Toelichting", "Note", uses="search")
    sources = Sources()


DOCUMENT = define(
    Kind(
        "document",
        "DOC",
        "documents",
        Document,
        DocumentSchema,
        Words("Document", "Document"),
        Words("Kamerstukken en documenten", "Documents"),
        Words(
            "De brieven aan de Tweede Kamer en alles waar zij naar verwijzen.",
            "The letters to the House of Representatives and all that they refer to.",
        ),
        order=80,
    )
)
EVENT = define(
    Kind(
        "event",
        "EVT",
        "events",
        Event,
        EventSchema,
        Words("Gebeurtenis", "Event"),
        Words("Gebeurtenissen", "Events"),
        Words(
            "Debatten, brieven, lanceringen en andere gebeurtenissen uit de brieven.",
            "Debates, letters, launches and other events from the letters.",
        ),
        order=90,
        first="when",
    )
)
OFFICE = define(
    Kind(
        "office",
        "OFF",
        "offices",
        Office,
        OfficeSchema,
        Words("Ambt", "Office"),
        Words("Ambten", "Offices"),
        Words("De ambten die in de brieven handelen.", "The offices that act in the letters."),
        order=100,
    )
)
PERSON = define(
    Kind(
        "person",
        "PER",
        "persons",
        Person,
        PersonSchema,
        Words("Persoon", "Person"),
        Words("Personen", "Persons"),
        Words(
            "Personen, voor zover zij in de brieven handelen.",
            "Persons, as far as they act in the letters.",
        ),
        order=110,
    )
)
