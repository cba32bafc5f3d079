"""The table of systems in which records have a name of their own."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, Moment


class ForeignSystem(Base):
    """Whose a system is: the organisation that first wrote by its keys, or the secretariat."""

    __tablename__ = "foreign_system"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("record.id", ondelete="RESTRICT"), index=True, comment="empty: the secretariat"
    )
    claimed_at: Mapped[datetime] = mapped_column(Moment)
