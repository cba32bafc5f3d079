"""The table of who confirmed from which day relative words are read."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, Moment


class PolicyConfirmation(Base):
    """That a person saw to it that these words count from this day; other words undo it."""

    __tablename__ = "policy_confirmation"
    __table_args__ = (UniqueConstraint("record_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(120), comment="of the date in its JSON")
    words: Mapped[str] = mapped_column(Text, comment="as they were when confirmed")
    anchor: Mapped[date]
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    confirmed_at: Mapped[datetime] = mapped_column(Moment)
