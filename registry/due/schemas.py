"""The dictionary of what is due: the moves of a term, and when to look at it again."""

from typing import Any

from ..fields import Code, Day, LongText, Policy, Ref, Rows, Text
from ..schema import RowSchema
from ..sources.models import Document
from ..words import Words

MOVED = "moved"
FILLED = Words(
    "Leeg laten: het register vult de termijn in die hier stond.",
    "Leave empty: the registry fills in the term that stood here.",
)
SERIES = Words(
    "Wijzigt u de termijn van iets dat gepubliceerd is, voeg dan een rij toe met de reden. Wat "
    "er staat blijft bewaard.",
    "If you change the term of something published, add a row with the reason. What stands here "
    "is kept.",
)


class MoveSchema(RowSchema):
    """One change of a term: a move that somebody decided on, or a correction of what was typed."""

    natural = ("change", "why")
    distinct = ("change", "why", "when", "to")

    change = Code("Wat er gebeurde", "What happened", of="term-change", required=True, uses="fact")
    from_ = Policy("Van", "From", uses="fact", hint=FILLED)
    to = Policy("Naar", "To", uses="fact", hint=FILLED)
    by = Text(
        "Door wie",
        "By whom",
        max_length=300,
        uses="fact",
        hint=Words(
            "Wie de termijn verplaatste. Leeg: uw organisatie.",
            "Who moved the term. Empty: your organisation.",
        ),
    )
    why = LongText("Waarom", "Why", required=True, max_length=1000, uses="fact search")
    when = Day("Op", "On", uses="fact", hint=Words("Leeg: vandaag.", "Empty: today."))
    document = Ref("Waar dat staat", "Where it is stated", to=Document)


def moves(of: Any) -> Rows:
    """The nested list with every change of the term."""
    return Rows(
        "Wijzigingen van de termijn",
        "Changes of the term",
        of=of,
        one=Words("Wijziging van de termijn", "Change of the term"),
        hint=SERIES,
    )


def review_on() -> Day:
    """When somebody looks again."""
    return Day(
        "Opnieuw bekijken op",
        "Look again on",
        hint=Words(
            "Voor wat op een voorwaarde wacht: wanneer iemand kijkt of het zover is.",
            "For what waits on a condition: when somebody looks whether it is time.",
        ),
    )


def review_by() -> Text:
    """Who looks."""
    return Text("Wie dan kijkt", "Who looks then", max_length=200)
