"""Tables of the versions of a plan. Both are append-only by database triggers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Moment


class PlanVersion(Base):
    """A plan with its measures and milestones as they stood at a moment. Who froze it, the book of
    changes tells."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="RESTRICT"))
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(
        JSON, comment="{plan, measures, milestones}, each as its JSON for the core group"
    )
    frozen_at: Mapped[datetime] = mapped_column(Moment)

    adoption: Mapped["PlanAdoption | None"] = relationship(lazy="joined")


class PlanAdoption(Base):
    """That a version was adopted: from then on the plan is followed by it."""

    __tablename__ = "plan_adoption"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("plan_version.id", ondelete="RESTRICT"), unique=True
    )
    day: Mapped[date] = mapped_column(comment="on which it was adopted")
    noted_at: Mapped[datetime] = mapped_column(Moment)
