"""Tables of the plan of action and its milestones."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..commitments.models import Commitment
from ..db import Base, policy_date
from ..due.models import Move, Reviewed
from ..initiatives.models import Initiative
from ..partners.models import Partner
from ..policydate import PolicyDate
from ..record import Entity, Nested, link, rows, target
from ..sources.models import Event
from ..themes.models import Theme


class Plan(Entity, Base):
    """A plan of action."""

    __tablename__ = "plan"
    __ref__ = ("title", "title_en")

    title: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    ambition: Mapped[str | None] = mapped_column(Text)
    due: Mapped[PolicyDate | None] = policy_date("due")
    initiative_id: Mapped[int | None] = link("initiative")
    initiative: Mapped[Initiative | None] = target("Plan.initiative_id")


class Milestone(Reviewed, Entity, Base):
    """A mark on the road; a past fact has no plan."""

    __tablename__ = "milestone"
    __ref__ = ("title", "title_en")

    title: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    plan_id: Mapped[int | None] = link("plan")
    due: Mapped[PolicyDate | None] = policy_date("due")
    state: Mapped[str | None] = mapped_column(String(12), index=True)
    owner_id: Mapped[int | None] = link("partner")
    owner_words: Mapped[str | None] = mapped_column(Text)
    theme_id: Mapped[int | None] = link("theme")
    initiative_id: Mapped[int | None] = link("initiative")
    event_id: Mapped[int | None] = link("event")
    plan: Mapped[Plan | None] = target("Milestone.plan_id")
    owner: Mapped[Partner | None] = target("Milestone.owner_id")
    theme: Mapped[Theme | None] = target("Milestone.theme_id")
    initiative: Mapped[Initiative | None] = target("Milestone.initiative_id")
    event: Mapped[Event | None] = target("Milestone.event_id")
    commitments: Mapped[list["MilestoneCommitment"]] = rows("MilestoneCommitment")
    depends_on: Mapped[list["Dependency"]] = rows("Dependency")
    moves: Mapped[list["MilestoneMove"]] = rows("MilestoneMove")


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
