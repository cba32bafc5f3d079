"""What a change is about: a record, a report of one, or a round, each with its dictionary."""

from dataclasses import dataclass
from typing import Protocol

from ..attachments.schemas import ReportSchema
from ..kind import kind_named, kinds
from ..ledger import Change
from ..record import Record
from ..rounds.queries import ROUND
from ..rounds.schemas import ToldRoundSchema
from ..schema import BaseSchema
from ..updates.queries import REPORT
from ..words import Words


class Subject(Protocol):
    """Whatever has a dictionary in which its changes are told: a kind, or one of these."""

    @property
    def name(self) -> str:
        """What it is called in the API."""

    @property
    def dictionary(self) -> BaseSchema:
        """Its fields."""


@dataclass(frozen=True)
class Beside:
    """What is no record, but has a history in the book."""

    name: str
    dictionary: BaseSchema
    words: Words
    plural: Words


BESIDE = {
    REPORT: Beside(
        REPORT,
        ReportSchema(),
        Words("Stand van zaken", "State of affairs"),
        Words("Standen van zaken", "States of affairs"),
    ),
    ROUND: Beside(
        ROUND,
        ToldRoundSchema(),
        Words("Voortgangsuitvraag", "Reporting round"),
        Words("Voortgangsuitvragen", "Reporting rounds"),
    ),
}


def subject(change: Change, record: Record | None) -> Subject:
    """What this change is about."""
    if change.subject is not None:
        return BESIDE[change.subject]
    assert record is not None
    return kind_named(record.kind)


def plurals() -> dict[str, Words]:
    """The words for what can be asked for: every kind of record, and rounds."""
    return {kind.name: kind.plural for kind in kinds()} | {ROUND: BESIDE[ROUND].plural}
