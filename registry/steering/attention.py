"""What asks for attention: each reason with what its list is asked for, and where to act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..commitments.queries import AGREEMENT, SAID
from ..commitments.schemas import COMMITMENT
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..listing.filters import NONE
from ..plan.schemas import MILESTONE
from ..words import Words

OUTDATED = ("stale", "never")
UNFINISHED = ("not_started", "on_track", "at_risk", NONE)
STATUS = ("bulk.commitments", Words("Stand bijwerken", "Update the status"))
ROUND = ("rounds.new", Words("Uitvraag uitzetten", "Open a round"))
THEME = ("bulk.initiatives", Words("Bij een thema indelen", "Classify under a theme"))


@dataclass(frozen=True)
class Reason:
    """Why records ask for attention."""

    name: str
    words: Words
    kind: Kind
    asked: Mapping[str, Sequence[str]]
    counted: str | None = None  # the tally that tells how many; None: counted apart
    act: tuple[str, Words] | None = None  # where to act; None: on the page of each record


def _said(name: str, words: Words, *states: str) -> Reason:
    asked = {"strength": SAID, "termState": states}
    return Reason(name, words, COMMITMENT, asked, "commitments", STATUS)


def _milestones(name: str, words: Words, **asked: Sequence[str]) -> Reason:
    return Reason(name, words, MILESTONE, asked, "milestones")


def _outdated(name: str, words: Words, kind: Kind, **asked: Sequence[str]) -> Reason:
    return Reason(name, words, kind, {**asked, "actuality": OUTDATED}, f"{kind.collection}", ROUND)


REASONS = (
    _said(
        "passed",
        Words(
            "Toezeggingen en voornemens waarvan de termijn is verstreken",
            "Commitments of which the term has passed",
        ),
        "passed",
    ),
    _said(
        "not_reached",
        Words(
            "Strevens en verwachtingen, niet gehaald in de genoemde periode",
            "Aims and expectations, not reached in the period named",
        ),
        "not_reached",
    ),
    _milestones(
        "milestones_passed",
        Words("Mijlpalen waarvan de termijn is verstreken", "Milestones whose term has passed"),
        termState=["passed"],
    ),
    Reason(
        "agreements_passed",
        Words(
            "Afspraken binnen de samenwerking waarvan de termijn is verstreken",
            "Agreements within the collaboration of which the term has passed",
        ),
        COMMITMENT,
        {"strength": [AGREEMENT], "termState": ["passed"]},
        "commitments",
        STATUS,
    ),
    _said(
        "conditional",
        Words(
            "Toezeggingen en voornemens die op een voorwaarde wachten",
            "Commitments that wait on a condition",
        ),
        "conditional",
    ),
    _milestones(
        "milestones_conditional",
        Words("Mijlpalen die op een voorwaarde wachten", "Milestones that wait on a condition"),
        termState=["conditional"],
    ),
    _outdated(
        "initiatives_outdated",
        Words(
            "Lopende initiatieven, niet actueel of nooit bijgewerkt",
            "Running initiatives, not up to date or never updated",
        ),
        INITIATIVE,
    ),
    _outdated(
        "commitments_outdated",
        Words(
            "Openstaande toezeggingen en voornemens, niet actueel of nooit bijgewerkt",
            "Open commitments, not up to date or never updated",
        ),
        COMMITMENT,
        strength=SAID,
    ),
    _outdated(
        "milestones_outdated",
        Words(
            "Mijlpalen, niet actueel of nooit bijgewerkt",
            "Milestones, not up to date or never updated",
        ),
        MILESTONE,
    ),
    _milestones(
        "milestones_unowned",
        Words("Mijlpalen zonder organisatie als trekker", "Milestones that no organisation owns"),
        owner=[NONE],
        state=UNFINISHED,
    ),
    Reason(
        "initiatives_unowned",
        Words(
            "Initiatieven zonder betrokken organisatie",
            "Initiatives in which no organisation is involved",
        ),
        INITIATIVE,
        {"partner": [NONE]},
    ),
    Reason(
        "initiatives_unclassified",
        Words(
            "Initiatieven, nog niet bij een thema ingedeeld",
            "Initiatives, not classified under a theme yet",
        ),
        INITIATIVE,
        {"theme": [NONE]},
        "themes",
        THEME,
    ),
    _said(
        "undated",
        Words("Toezeggingen en voornemens zonder termijn", "Commitments without a term"),
        "undated",
    ),
    _milestones(
        "milestones_undated",
        Words("Mijlpalen zonder termijn", "Milestones without a term"),
        termState=["undated"],
    ),
)
"""In the order in which they are told."""
