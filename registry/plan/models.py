"""Tables of the plan of action: what it says in all and per theme, its measures and milestones."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..commitments.models import Commitment
from ..db import Base, policy_date
from ..due.models import Move, Reviewed
from ..initiatives.models import Initiative
from ..partners.models import Partner
from ..policydate import PolicyDate
from ..record import Entity, Nested, Series, link, rows, target
from ..sources.models import Document, Event
from ..themes.models import Cause, Group, Theme


class Plan(Entity, Base):
    """A plan of action."""

    __tablename__ = "plan"
    __ref__ = ("title", "title_en")

    title: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    ambition: Mapped[str | None] = mapped_column(Text)
    needs: Mapped[str | None] = mapped_column(Text)
    opportunities: Mapped[str | None] = mapped_column(Text)
    threats: Mapped[str | None] = mapped_column(Text)
    lead_id: Mapped[int | None] = link("partner")
    due: Mapped[PolicyDate | None] = policy_date("due")
    initiative_id: Mapped[int | None] = link("initiative")
    lead: Mapped[Partner | None] = target("Plan.lead_id")
    initiative: Mapped[Initiative | None] = target("Plan.initiative_id")
    themes: Mapped[list["PlanTheme"]] = rows("PlanTheme")


class PlanTheme(Nested, Base):
    """What the plan says of one theme."""

    __tablename__ = "plan_theme"
    __parent__ = "plan"
    __list__ = "themes"

    theme_id: Mapped[int] = link("theme")
    lead_id: Mapped[int | None] = link("partner")
    ambition: Mapped[str | None] = mapped_column(Text)
    needs: Mapped[str | None] = mapped_column(Text)
    opportunities: Mapped[str | None] = mapped_column(Text)
    threats: Mapped[str | None] = mapped_column(Text)
    theme: Mapped[Theme] = target("PlanTheme.theme_id")
    lead: Mapped[Partner | None] = target("PlanTheme.lead_id")


class Measure(Entity, Base):
    """What is going to be done about a cause, by whom, with what."""

    __tablename__ = "measure"
    __ref__ = ("title", "title_en")

    title: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    plan_id: Mapped[int | None] = link("plan")
    theme_id: Mapped[int | None] = link("theme")
    means: Mapped[str | None] = mapped_column(Text)
    due: Mapped[PolicyDate | None] = policy_date("due")
    plan: Mapped[Plan | None] = target("Measure.plan_id")
    theme: Mapped[Theme | None] = target("Measure.theme_id")
    causes: Mapped[list["MeasureCause"]] = rows("MeasureCause")
    groups: Mapped[list["MeasureGroup"]] = rows("MeasureGroup")
    parties: Mapped[list["MeasureParty"]] = rows("MeasureParty")
    statuses: Mapped[list["MeasureStatus"]] = rows("MeasureStatus")


class MeasureCause(Nested, Base):
    """A cause that the measure does something about."""

    __tablename__ = "measure_cause"
    __parent__ = "measure"
    __list__ = "causes"

    cause_id: Mapped[int] = link("cause")
    cause: Mapped[Cause] = target("MeasureCause.cause_id")


class MeasureGroup(Nested, Base):
    """A group that the measure is for."""

    __tablename__ = "measure_group"
    __parent__ = "measure"
    __list__ = "groups"

    group_id: Mapped[int] = link("target_group")
    group: Mapped[Group] = target("MeasureGroup.group_id")


class MeasureParty(Nested, Base):
    """An organisation that carries out the measure."""

    __tablename__ = "measure_party"
    __parent__ = "measure"
    __list__ = "parties"

    partner_id: Mapped[int] = link("partner")
    role: Mapped[str | None] = mapped_column(String(20))
    partner: Mapped[Partner] = target("MeasureParty.partner_id")


class MeasureStatus(Series, Base):
    """How a measure stands from–until: a dated series, each row ended by the next."""

    __tablename__ = "measure_status"
    __parent__ = "measure"
    __list__ = "statuses"
    __chained__ = True

    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)


class Milestone(Reviewed, Entity, Base):
    """A mark on the road; a past fact has no plan."""

    __tablename__ = "milestone"
    __ref__ = ("title", "title_en")

    title: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    plan_id: Mapped[int | None] = link("plan")
    measure_id: Mapped[int | None] = link("measure")
    due: Mapped[PolicyDate | None] = policy_date("due")
    owner_id: Mapped[int | None] = link("partner")
    owner_words: Mapped[str | None] = mapped_column(Text)
    theme_id: Mapped[int | None] = link("theme")
    initiative_id: Mapped[int | None] = link("initiative")
    event_id: Mapped[int | None] = link("event")
    plan: Mapped[Plan | None] = target("Milestone.plan_id")
    measure: Mapped[Measure | None] = target("Milestone.measure_id")
    owner: Mapped[Partner | None] = target("Milestone.owner_id")
    theme: Mapped[Theme | None] = target("Milestone.theme_id")
    initiative: Mapped[Initiative | None] = target("Milestone.initiative_id")
    event: Mapped[Event | None] = target("Milestone.event_id")
    states: Mapped[list["MilestoneState"]] = rows("MilestoneState")
    commitments: Mapped[list["MilestoneCommitment"]] = rows("MilestoneCommitment")
    depends_on: Mapped[list["Dependency"]] = rows("Dependency")
    moves: Mapped[list["MilestoneMove"]] = rows("MilestoneMove")
    evidence: Mapped[list["MilestoneEvidence"]] = rows("MilestoneEvidence")


class MilestoneState(Series, Base):
    """How a milestone stands from–until: a dated series, each row ended by the next."""

    __tablename__ = "milestone_state"
    __parent__ = "milestone"
    __list__ = "states"
    __chained__ = True

    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(20), comment="why it is late, or may be")
    reason_words: Mapped[str | None] = mapped_column(Text)


class MilestoneEvidence(Nested, Base):
    """What shows that the milestone was reached."""

    __tablename__ = "milestone_evidence"
    __parent__ = "milestone"
    __list__ = "evidence"

    why: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    document_id: Mapped[int | None] = link("document")
    document: Mapped[Document | None] = target("MilestoneEvidence.document_id")


class MilestoneCommitment(Nested, Base):
    """A commitment that the milestone is about."""

    __tablename__ = "milestone_commitment"
    __parent__ = "milestone"
    __list__ = "commitments"

    commitment_id: Mapped[int] = link("commitment")
    commitment: Mapped[Commitment] = target("MilestoneCommitment.commitment_id")


class Dependency(Nested, Base):
    """A milestone that has to come first."""

    __tablename__ = "milestone_dependency"
    __parent__ = "milestone"
    __list__ = "dependsOn"

    milestone_id: Mapped[int] = link("milestone")
    milestone: Mapped[Milestone] = target("Dependency.milestone_id")


class MilestoneMove(Move, Base):
    """A change of the term of a milestone."""

    __tablename__ = "milestone_move"
    __parent__ = "milestone"
    __list__ = "moves"
