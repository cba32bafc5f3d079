"""The table of long work."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Account
from ..db import Base, Moment


class Stage(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ALIVE = (Stage.WAITING, Stage.RUNNING)
UNENDED = text("state IN ('waiting', 'running')")


class Job(Base):
    """One piece of long work of one person. What is `about` the same is never asked twice."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_about", "about", unique=True, sqlite_where=UNENDED, postgresql_where=UNENDED),
        Index("ix_job_state_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(24), unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("record.id", ondelete="RESTRICT"),
        index=True,
        comment="the only one that was acted for; empty: all of the account's",
    )
    door: Mapped[str] = mapped_column(String(10), comment="by which it was asked")
    language: Mapped[str] = mapped_column(String(2))
    work: Mapped[str] = mapped_column(String(40), comment="what is to be done")
    about: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    onward: Mapped[str] = mapped_column(Text, comment="the page that shows what was done")
    back: Mapped[str] = mapped_column(Text, comment="the page to go to where it was not")
    state: Mapped[str] = mapped_column(String(10), default=Stage.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(
        Moment, comment="when another worker may take it"
    )
    words: Mapped[list[str] | None] = mapped_column(JSON, comment="how it ended: [Dutch, English]")
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    account: Mapped[Account] = relationship(lazy="raise")
