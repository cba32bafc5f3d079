"""Which records an annex has a line for: by its limits, of what there was on its day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, inspect, or_, select

from ..commitments.models import Commitment, CommitmentBy, CommitmentStatus, Discharge
from ..commitments.queries import AGREEMENT, said_after
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..errors import Invalid, Message
from ..fields import Rows
from ..initiatives.models import (
    Initiative,
    InitiativeDocument,
    InitiativeStatus,
    InitiativeTheme,
    Participation,
)
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..record import Record, State
from ..schema import loading
from ..sources.models import Citation, Document, Event
from ..steering.queries import first_day
from .models import Annex
from .schemas import ANNEX

Clauses = list[ColumnElement[bool]]
EARLY = Message(
    "Nothing was registered of this day: the first day is {day}.",
    "Van deze dag is niets vastgelegd: de eerste dag is {day}.",
    "too_early",
)
LINED = (COMMITMENT, INITIATIVE)
"""The kinds that have lines."""


@dataclass(frozen=True)
class Scope:
    """The limits of an annex; an empty one limits nothing."""

    day: date
    dossier: str | None = None
    themes: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    strengths: frozenset[str] = frozenset()
    records: frozenset[int] | None = None
    """These records only, of all that are within the limits."""

    def of(self, kind: Kind) -> Clauses:
        """The clauses on the records of `kind`, joined with their identity."""
        own = self._commitments() if kind is COMMITMENT else self._initiatives()
        if self.records is not None:
            own = [*own, Record.id.in_(sorted(self.records))]
        return [Record.state == State.PUBLISHED, *own, known(kind, self.day)]

    def _commitments(self) -> Clauses:
        chosen = Commitment.strength.in_(sorted(self.strengths))
        found: Clauses = [chosen if self.strengths else Commitment.strength != AGREEMENT]
        if self.themes:
            under = _within(InitiativeTheme, InitiativeTheme.theme_id, self.themes)
            own = Commitment.theme_id.in_(sorted(self.themes))
            found.append(own | Commitment.initiative_id.in_(under))
        if self.organisations:
            made = _within(CommitmentBy, CommitmentBy.partner_id, self.organisations)
            found.append(_kept(self.organisations) | Commitment.id.in_(made))
        if self.dossier:
            found.append(_said_in(self.dossier))
        return found

    def _initiatives(self) -> Clauses:
        found: Clauses = []
        if self.themes:
            under = _within(InitiativeTheme, InitiativeTheme.theme_id, self.themes)
            found.append(Initiative.id.in_(under))
        if self.organisations:
            part = _within(Participation, Participation.partner_id, self.organisations)
            found.append(_kept(self.organisations) | Initiative.id.in_(part))
        if self.dossier:
            papers = _papers(self.dossier)
            cited = select(Citation.parent_id).where(Citation.document_id.in_(papers))
            named = _within(InitiativeDocument, InitiativeDocument.document_id, papers)
            found.append(Initiative.id.in_(cited) | Initiative.id.in_(named))
        return found


def whole(annex: Annex) -> Annex:
    """The annex with its lists: what was refused let go of all that had been read."""
    state = inspect(annex)
    rows = {name for name, field in ANNEX.dictionary.fields.items() if isinstance(field, Rows)}
    if state.session is not None and state.identity is not None and rows & state.unloaded:
        query = select(Annex).where(Annex.id == state.identity[0])
        session().scalars(query.options(*loading(ANNEX.dictionary, Annex))).one()
    return annex


def of(annex: Annex) -> Scope:
    """The limits that an annex asks for."""
    whole(annex)
    return Scope(
        annex.as_of,
        annex.dossier,
        frozenset(row.theme_id for row in annex.themes),
        frozenset(row.partner_id for row in annex.organisations),
        frozenset(row.strength for row in annex.strengths),
    )


def known(kind: Kind, day: date) -> ColumnElement[bool]:
    """That a record was there on a day: its first status had begun, and where it has none, it had
    been said."""
    row: Any = CommitmentStatus if kind is COMMITMENT else InitiativeStatus
    own = row.parent_id == kind.model.id
    begun = or_(row.effective_from.is_(None), row.effective_from <= day)
    unsaid = ~exists().where(own)
    if kind is COMMITMENT:
        unsaid = and_(unsaid, ~said_after(day))
    return or_(exists().where(own, begun), unsaid)


def _within(row: Any, column: Any, wanted: Any) -> Any:
    values = sorted(wanted) if isinstance(wanted, frozenset) else wanted
    return select(row.parent_id).where(column.in_(values))


def _kept(organisations: frozenset[int]) -> ColumnElement[bool]:
    return and_(Record.keeper_id.is_not(None), Record.keeper_id.in_(sorted(organisations)))


def _papers(dossier: str) -> Any:
    return select(Document.id).where(Document.dossier == dossier)


def _said_in(dossier: str) -> ColumnElement[bool]:
    """That a commitment was made, is settled or comes back in a document of a dossier."""
    papers = _papers(dossier)
    events = select(Event.id).where(Event.document_id.in_(papers))
    settled = _within(Discharge, Discharge.document_id, papers)
    return or_(
        *(
            and_(column.is_not(None), column.in_(wanted))
            for column, wanted in (
                (Commitment.made_at_document_id, papers),
                (Commitment.expected_in_id, papers),
                (Commitment.made_at_event_id, events),
            )
        ),
        Commitment.id.in_(settled),
    )


def require_known(day: date) -> None:
    """Raise Invalid for a day of which nothing was registered."""
    first = first_day()
    if first is not None and day < first:
        raise Invalid({"asOf": [EARLY.format(day=first.isoformat())]})
