"""Tables of the book of changes, its head and the outbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, Moment


class Change(Base):
    """What one command changed in one record, or said beside it: then it names its subject, and
    the record keeps its version. Append-only by database triggers."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_record_seq", "record_id", "seq"),
        Index("ix_change_subject", "subject", "subject_key"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    record_id: Mapped[int | None] = mapped_column(
        ForeignKey("record.id", ondelete="RESTRICT"), comment="empty: it is about no record"
    )
    reference: Mapped[str] = mapped_column(
        String(64), comment="of the record; without one, the key of the subject"
    )
    version: Mapped[int]
    subject: Mapped[str | None] = mapped_column(
        String(10), comment="what was changed beside the record; empty: the record itself"
    )
    subject_key: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(Text)
    door: Mapped[str] = mapped_column(String(10))
    action: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    restored_version: Mapped[int | None] = mapped_column(
        comment="the earlier version that this change put back"
    )
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, comment="[{path, old, new}]")
    shown_before: Mapped[str | None] = mapped_column(
        String(12), comment="for whom the record was just before; empty: it was not there"
    )
    keeper_before_id: Mapped[int | None] = mapped_column(
        comment="the organisation that kept it until this change; empty: as now"
    )
    elsewhere: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        comment="whether other records show something of what changed",
    )


class Outbox(Base):
    """Work for outside the transaction (mail), written with the change that asks for it, or for
    an account and then without `seq`. The payload never holds a secret."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int | None] = mapped_column(ForeignKey("change.seq", ondelete="RESTRICT"))
    topic: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(
        Moment, index=True, comment="when it is (next) tried; empty: done, or given up"
    )
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(Text, comment="why the last attempt failed")
    done_at: Mapped[datetime | None] = mapped_column(Moment)


class LedgerHead(Base):
    """The last sequence number: the one row that every writing command locks, last of all."""

    __tablename__ = "ledger_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(default=0)
