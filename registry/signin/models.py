"""Tables of the sessions of accounts and of counted attempts."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Account
from ..db import Base, Moment


class AccountSession(Base):
    """One device on which somebody signed in. Only the SHA-256 of its secret is kept."""

    __tablename__ = "account_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    waiting: Mapped[str | None] = mapped_column(
        String(5), comment="what is still asked: code, setup; empty: signed in"
    )
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime] = mapped_column(Moment)
    proven_at: Mapped[datetime] = mapped_column(Moment, comment="when a password was last given")
    expires_at: Mapped[datetime] = mapped_column(Moment)
    device: Mapped[str] = mapped_column(String(300), comment="as the browser names itself")
    address: Mapped[str] = mapped_column(String(45))

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class Attempt(Base):
    """How often something was tried since a moment: by one account, or from one address."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True, comment="SHA-256 of what counts")
    count: Mapped[int]
    since: Mapped[datetime] = mapped_column(Moment, index=True)
