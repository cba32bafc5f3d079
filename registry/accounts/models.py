"""Tables of accounts, what they are granted and what happened to them. A grant points at the
record of an organisation."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Moment
from ..record import Record


class Account(Base):
    """Somebody who can sign in."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True, comment="folded to lower case")
    new_email: Mapped[str | None] = mapped_column(
        String(254), comment="waits until its link is followed"
    )
    name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str | None] = mapped_column(Text, comment="argon2id")
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(
        String(2), default="nl", server_default="nl", comment="of the mail that it gets"
    )
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime | None] = mapped_column(Moment)

    grants: Mapped[list["Grant"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", lazy="selectin"
    )


class Grant(Base):
    """A role, for one organisation or for the whole registry, from–until."""

    __tablename__ = "account_grant"
    __table_args__ = (Index("ix_account_grant_account", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("record.id", ondelete="RESTRICT"), index=True
    )
    starts: Mapped[date | None]
    ends: Mapped[date | None] = mapped_column(comment="the first day without the role")

    account: Mapped[Account] = relationship(back_populates="grants")
    organisation: Mapped[Record | None] = relationship(foreign_keys=[organisation_id])


class AccountEvent(Base):
    """What happened to an account; append-only by database triggers, but for an erasure."""

    __tablename__ = "account_event"
    __table_args__ = (Index("ix_account_event_account", "account_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), comment="empty: it was erased"
    )
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(Text)
    door: Mapped[str] = mapped_column(String(10))
    address: Mapped[str | None] = mapped_column(String(45))
    what: Mapped[str] = mapped_column(String(20))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, comment="never a secret nor an address")
