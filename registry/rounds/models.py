"""Tables of reporting rounds: what is asked of whom, who was reminded, what was frozen."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Moment
from ..record import Record
from ..updates.models import Update


class Round(Base):
    """A question to organisations how their records stand. What is in it is fixed at opening."""

    __tablename__ = "reporting_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(24), unique=True)
    title: Mapped[str] = mapped_column(Text)
    starts: Mapped[date] = mapped_column(comment="the first day of the period")
    ends: Mapped[date] = mapped_column(comment="the last day of the period")
    deadline: Mapped[date]
    scope: Mapped[dict[str, Any]] = mapped_column(JSON, comment="{kinds, themes, organisations}")
    opened_at: Mapped[datetime] = mapped_column(Moment)
    opened_actor_id: Mapped[int | None]
    opened_actor_name: Mapped[str | None] = mapped_column(Text, comment="who opened it")
    closed_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    closed_actor_id: Mapped[int | None]
    closed_actor_name: Mapped[str | None] = mapped_column(Text, comment="who closed it")


class Item(Base):
    """One record that one organisation is asked about, and what it reported."""

    __tablename__ = "round_item"
    __table_args__ = (UniqueConstraint("round_id", "record_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id", ondelete="CASCADE"))
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="RESTRICT"), index=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("record.id", ondelete="RESTRICT"), index=True
    )
    update_id: Mapped[int | None] = mapped_column(
        ForeignKey("record_update.id", ondelete="RESTRICT"), index=True
    )

    round: Mapped[Round] = relationship(lazy="raise")
    record: Mapped[Record] = relationship(foreign_keys=[record_id], lazy="raise")
    organisation: Mapped[Record] = relationship(foreign_keys=[organisation_id], lazy="raise")
    update: Mapped[Update | None] = relationship(lazy="raise")


class Reminder(Base):
    """That somebody was reminded: at most once a day."""

    __tablename__ = "round_reminder"
    __table_args__ = (UniqueConstraint("round_id", "account_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="RESTRICT"))
    account_id: Mapped[int]
    day: Mapped[date]
    sent_at: Mapped[datetime] = mapped_column(Moment)
    outbox_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox.id", ondelete="SET NULL"), index=True
    )


class Snapshot(Base):
    """A record of a closed round as it was at that moment, with what was reported of it."""

    __tablename__ = "round_snapshot"
    __table_args__ = (UniqueConstraint("round_id", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id", ondelete="CASCADE"))
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="RESTRICT"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, comment="{record, updates}")

    record: Mapped[Record] = relationship(lazy="raise")
