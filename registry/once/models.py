"""The table of keys of requests, with what was answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, Moment


class RequestKey(Base):
    """A key that somebody gave a request: reserved before it is carried out, and answered in the
    transaction of what it did."""

    __tablename__ = "idempotency_key"
    __table_args__ = (UniqueConstraint("account_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(255))
    request: Mapped[str] = mapped_column(String(64), comment="SHA-256 of what was asked")
    lease: Mapped[str] = mapped_column(String(16), comment="of who is at work on it")
    lease_until: Mapped[datetime] = mapped_column(Moment)
    begun_at: Mapped[datetime] = mapped_column(Moment, index=True)
    done_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="empty: it is being done, or was cut off"
    )
    parts: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, comment="of a batch: what is done so far"
    )
    status: Mapped[int | None]
    headers: Mapped[dict[str, str] | None] = mapped_column(JSON)
    body: Mapped[str | None] = mapped_column(Text, comment="empty when done: it was erased")
