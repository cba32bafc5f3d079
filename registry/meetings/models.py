"""Tables of meetings: agenda, attendance, decisions and action points."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..commitments.models import Commitment
from ..db import Base, policy_date
from ..initiatives.models import Initiative
from ..partners.models import Partner
from ..policydate import PolicyDate
from ..record import Entity, Nested, link, rows, target
from ..sources.models import Document
from ..themes.models import Theme


class Meeting(Entity, Base):
    """A meeting; once its minutes are adopted they are a document, with a passage per decision."""

    __tablename__ = "meeting"

    title: Mapped[str] = mapped_column(Text)
    when: Mapped[PolicyDate | None] = policy_date("when")
    start_time: Mapped[str | None] = mapped_column(String(5), comment="HH:MM, Dutch time")
    end_time: Mapped[str | None] = mapped_column(String(5), comment="HH:MM, Dutch time")
    place: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(String(20), index=True)
    minutes_id: Mapped[int | None] = link("document")
    notes: Mapped[str | None] = mapped_column(Text)
    internal_notes: Mapped[str | None] = mapped_column(Text)

    minutes: Mapped[Document | None] = target("Meeting.minutes_id")
    agenda: Mapped[list["AgendaItem"]] = rows("AgendaItem")
    attendance: Mapped[list["Attendance"]] = rows("Attendance")
    decisions: Mapped[list["Decision"]] = rows("Decision")
    actions: Mapped[list["ActionPoint"]] = rows("ActionPoint")


class AgendaItem(Nested, Base):
    """What was to be spoken of, and who brought it in."""

    __tablename__ = "meeting_agenda"
    __parent__ = "meeting"
    __list__ = "agenda"

    title: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    by_id: Mapped[int | None] = link("partner")
    by: Mapped[Partner | None] = target("AgendaItem.by_id")


class Attendance(Nested, Base):
    """Who was there or should have been: an organisation, a person in words, or both."""

    __tablename__ = "meeting_attendance"
    __parent__ = "meeting"
    __list__ = "attendance"

    partner_id: Mapped[int | None] = link("partner")
    person: Mapped[str | None] = mapped_column(Text, comment="who it was, in words")
    presence: Mapped[str] = mapped_column(String(12))
    partner: Mapped[Partner | None] = target("Attendance.partner_id")


class Decision(Nested, Base):
    """What was decided, in the exact words."""

    __tablename__ = "meeting_decision"
    __parent__ = "meeting"
    __list__ = "decisions"

    text: Mapped[str] = mapped_column(Text)
    theme_id: Mapped[int | None] = link("theme")
    initiative_id: Mapped[int | None] = link("initiative")
    note: Mapped[str | None] = mapped_column(Text)
    theme: Mapped[Theme | None] = target("Decision.theme_id")
    initiative: Mapped[Initiative | None] = target("Decision.initiative_id")


class ActionPoint(Nested, Base):
    """Who does what until when, and the agreement that it became."""

    __tablename__ = "meeting_action"
    __parent__ = "meeting"
    __list__ = "actions"

    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int | None] = link("partner")
    due: Mapped[PolicyDate | None] = policy_date("due")
    state: Mapped[str] = mapped_column(String(12))
    decision: Mapped[int | None] = mapped_column(comment="the number of the decision, from 1")
    commitment_id: Mapped[int | None] = link("commitment")
    owner: Mapped[Partner | None] = target("ActionPoint.owner_id")
    commitment: Mapped[Commitment | None] = target("ActionPoint.commitment_id")
