"""The table of files; what is in them lies in the instance folder, under a name of chance."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, Moment


class UpdateFile(Base):
    """A file that a report rests on, and why it counts."""

    __tablename__ = "update_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(24), unique=True)
    update_id: Mapped[int] = mapped_column(
        ForeignKey("record_update.id", ondelete="CASCADE"), index=True
    )
    why: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text, comment="as it was called, made safe")
    extension: Mapped[str] = mapped_column(String(4), comment="by its content")
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored: Mapped[str] = mapped_column(String(32), unique=True, comment="its name in the folder")
    added_at: Mapped[datetime] = mapped_column(Moment)
