"""The table of tokens."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Account
from ..db import Base, Moment
from ..record import Record

PUBLIC, READ, WRITE = "public", "read", "write"
SCOPES = (PUBLIC, READ, WRITE)
"""From the narrowest: what everybody may read, all that the account may read, and changing too."""


class Token(Base):
    """A personal access token. Only its SHA-256 is kept."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(
        String(10), default=WRITE, comment="public, read, write: never more than the account may"
    )
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("record.id", ondelete="RESTRICT"),
        index=True,
        comment="the only one that it acts for; empty: all of the account's",
    )
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    last_used_at: Mapped[datetime | None] = mapped_column(Moment, comment="to the minute")
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
    organisation: Mapped[Record | None] = relationship(foreign_keys=[organisation_id])
