"""The table of tokens."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Account
from ..db import Base, Moment


class Token(Base):
    """A personal access token. Only its SHA-256 is kept."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(String(5), default="write", comment="read, write")
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    last_used_at: Mapped[datetime | None] = mapped_column(Moment, comment="to the minute")
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
