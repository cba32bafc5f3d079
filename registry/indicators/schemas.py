"""The dictionary of a figure."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from ..errors import Message
from ..fields import Code, Flag, LongText, Number, Policy, Ref, Rows, Text, Whole
from ..kind import Kind, define
from ..schema import RecordSchema, RowSchema
from ..sources.models import Document
from ..sources.schemas import Sources
from ..words import Words
from .models import Indicator, Observation

NO_TARGET = Message(
    "Say which value is to be reached then.",
    "Geef de waarde die dan gehaald moet zijn.",
    "required",
)


class ObservationSchema(RowSchema):
    model = Observation
    natural = ("year", "text")
    filters = {"year": "year"}

    value = Number("Waarde", "Value", uses="fact")
    value_to = Number("tot en met", "to")
    trend = Code("Ontwikkeling", "Trend", of="trend")
    text = Text("Zoals het er staat", "As printed", max_length=300, uses="fact search")
    year = Whole("Jaar", "Year", low=1900, high=2200, uses="fact")
    period = Policy("Periode", "Period")
    caveat = LongText("Kanttekening", "Caveat", max_length=1000, uses="fact search")
    provisional = Flag("Voorlopig", "Provisional")
    break_before = Flag(
        "Reeksbreuk",
        "Break in the series",
        hint=Words(
            "Deze waarde is niet te vergelijken met eerdere waarden.",
            "This value cannot be compared with earlier ones.",
        ),
    )
    break_why = LongText("Waarom een reeksbreuk", "Why there is a break", max_length=600)
    next_expected = Text("Volgende waarde verwacht", "Next value expected", max_length=300)

    @validates_schema(skip_on_field_errors=True)
    def _says_something(self, data: dict[str, Any], **_: Any) -> None:
        low, high = data.get("value"), data.get("value_to")
        if low is None and not data.get("text") and not data.get("trend"):
            raise ValidationError(
                {
                    "value": [
                        Message(
                            "Give a number, a trend or the words.",
                            "Geef een getal, een ontwikkeling of de woorden.",
                            "required",
                        )
                    ]
                }
            )
        if high is not None and (low is None or high < low):
            raise ValidationError(
                {
                    "valueTo": [
                        Message(
                            "The end of the range lies below its start.",
                            "Het einde van de reeks ligt onder het begin.",
                            "window",
                        )
                    ]
                }
            )


class IndicatorSchema(RecordSchema):
    model = Indicator

    name = Text(
        "Indicator", "Indicator", required=True, max_length=300, uses="fact search sort column"
    )
    name_en = Text("Naam in het Engels", "Name in English", max_length=300, uses="search")
    definition = LongText("Wat het meet", "Definition", uses="search")
    unit = Text("Eenheid", "Unit", uses="column")
    population = Text("Populatie", "Population", max_length=300, uses="fact search column")
    measured_by = Text("Gemeten door", "Measured by", max_length=300, uses="fact search column")
    direction = Code("Gewenste richting", "Desired direction", of="direction", uses="filter")
    target_value = Number("Streefwaarde", "Target", uses="fact")
    target_by = Policy("Streefwaarde te halen", "Target to be reached", uses="fact")
    target_words = LongText(
        "Streefwaarde zoals het er staat", "Target as printed", max_length=600, uses="search"
    )
    document = Ref("Document", "Document", to=Document, uses="filter")
    observations = Rows(
        "Waarden",
        "Observations",
        of=ObservationSchema,
        one=Words("Waarde", "Observation"),
        uses="filter column paste",
    )
    sources = Sources()

    @validates_schema(skip_on_field_errors=True)
    def _aimed(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("target_by") and data.get("target_value") is None:
            raise ValidationError({"targetValue": [NO_TARGET]})


INDICATOR = define(
    Kind(
        "indicator",
        "IND",
        "indicators",
        Indicator,
        IndicatorSchema,
        Words("Indicator", "Indicator"),
        Words("Cijfers", "Figures"),
        Words(
            "Cijfers uit de brieven, elk met jaar, populatie en kanttekening.",
            "Figures from the letters, each with its year, population and caveat.",
        ),
        order=70,
    )
)
