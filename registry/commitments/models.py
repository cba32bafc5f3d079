"""Tables of commitments: what was said, how hard, by whom to whom, and how it was settled."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, policy_date
from ..due.models import Move, Reviewed
from ..initiatives.models import Initiative
from ..partners.models import Partner
from ..policydate import PolicyDate
from ..record import Entity, Nested, Series, link, rows, target
from ..sources.models import Document, Event, Office, Person
from ..themes.models import Theme


class Commitment(Reviewed, Entity, Base):
    """A promise, motion, announcement, intention, aim, expectation or agreement."""

    __tablename__ = "commitment"
    __ref__ = ("text", "text_en", "strength")

    text: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    strength: Mapped[str] = mapped_column(String(20), index=True)
    made_at_event_id: Mapped[int | None] = link("event")
    made_at_document_id: Mapped[int | None] = link("document")
    due: Mapped[PolicyDate | None] = policy_date("due")
    theme_id: Mapped[int | None] = link("theme")
    initiative_id: Mapped[int | None] = link("initiative")
    expected_in_id: Mapped[int | None] = link("document")
    outcome: Mapped[str | None] = mapped_column(String(20))
    outcome_note: Mapped[str | None] = mapped_column(Text)

    made_at_event: Mapped[Event | None] = target("Commitment.made_at_event_id")
    made_at_document: Mapped[Document | None] = target("Commitment.made_at_document_id")
    expected_in: Mapped[Document | None] = target("Commitment.expected_in_id")
    theme: Mapped[Theme | None] = target("Commitment.theme_id")
    initiative: Mapped[Initiative | None] = target("Commitment.initiative_id")
    by: Mapped[list["CommitmentBy"]] = rows("CommitmentBy")
    to: Mapped[list["CommitmentTo"]] = rows("CommitmentTo")
    statuses: Mapped[list["CommitmentStatus"]] = rows("CommitmentStatus")
    discharges: Mapped[list["Discharge"]] = rows("Discharge")
    links: Mapped[list["CommitmentLink"]] = rows("CommitmentLink")
    moves: Mapped[list["CommitmentMove"]] = rows("CommitmentMove")

    @property
    def made_at(self) -> tuple[Event | None, Document | None]:
        """Where it was made: in which event, in which document."""
        return self.made_at_event, self.made_at_document

    @made_at.setter
    def made_at(self, place: tuple[Event | None, Document | None] | None) -> None:
        self.made_at_event, self.made_at_document = place or (None, None)


class Party(Nested):
    """Mixin: an organisation, initiative, office or person, or words where none is named."""

    words: Mapped[str | None] = mapped_column(Text)
    partner_id: Mapped[int | None] = link("partner")
    initiative_id: Mapped[int | None] = link("initiative")
    office_id: Mapped[int | None] = link("office")
    person_id: Mapped[int | None] = link("person")


class CommitmentBy(Party, Base):
    """Who made the commitment."""

    __tablename__ = "commitment_by"
    __parent__ = "commitment"
    __list__ = "by"

    partner: Mapped[Partner | None] = target("CommitmentBy.partner_id")
    initiative: Mapped[Initiative | None] = target("CommitmentBy.initiative_id")
    office: Mapped[Office | None] = target("CommitmentBy.office_id")
    person: Mapped[Person | None] = target("CommitmentBy.person_id")


class CommitmentTo(Party, Base):
    """To whom the commitment was made."""

    __tablename__ = "commitment_to"
    __parent__ = "commitment"
    __list__ = "to"

    partner: Mapped[Partner | None] = target("CommitmentTo.partner_id")
    initiative: Mapped[Initiative | None] = target("CommitmentTo.initiative_id")
    office: Mapped[Office | None] = target("CommitmentTo.office_id")
    person: Mapped[Person | None] = target("CommitmentTo.person_id")


class CommitmentStatus(Series, Base):
    """The status of a commitment from–until."""

    __tablename__ = "commitment_status"
    __parent__ = "commitment"
    __list__ = "statuses"
    __chained__ = True

    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)


class Discharge(Nested, Base):
    """By which document a commitment is settled; judged by the ministry and, apart, the House."""

    __tablename__ = "discharge"
    __parent__ = "commitment"
    __list__ = "discharges"

    document_id: Mapped[int] = link("document")
    when: Mapped[PolicyDate | None] = policy_date("when")
    ministry: Mapped[str | None] = mapped_column(String(12))
    chamber: Mapped[str | None] = mapped_column(String(12))
    note: Mapped[str | None] = mapped_column(Text)
    document: Mapped[Document] = target("Discharge.document_id")


class CommitmentLink(Nested, Base):
    """That a commitment repeats, changes or supplements another."""

    __tablename__ = "commitment_link"
    __parent__ = "commitment"
    __list__ = "links"

    relation: Mapped[str] = mapped_column(String(12))
    commitment_id: Mapped[int] = link("commitment")
    note: Mapped[str | None] = mapped_column(Text)
    commitment: Mapped[Commitment] = target("CommitmentLink.commitment_id")


class CommitmentMove(Move, Base):
    """A change of the term of a commitment."""

    __tablename__ = "commitment_move"
    __parent__ = "commitment"
    __list__ = "moves"
