"""Tables of the state of affairs: reports that are never overwritten, and what they rest on."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .. import ledger
from ..db import Base, Moment
from ..record import Record, link, target
from ..sources.models import Document, Passage


class Update(Base):
    """What somebody reported of a record on a day. A correction is a new row that says which one
    it replaces; nothing but its release changes afterwards."""

    __tablename__ = "record_update"
    __table_args__ = (Index("ix_record_update_series", "record_id", "day", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(24), unique=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="RESTRICT"))
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(20))
    text: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(20), comment="why it is behind")
    reason_words: Mapped[str | None] = mapped_column(Text)
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("record_update.id", ondelete="RESTRICT"), unique=True
    )
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("record.id", ondelete="RESTRICT"),
        index=True,
        comment="for which organisation it was reported; empty: the secretariat",
    )
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[datetime] = mapped_column(Moment)
    released_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="from when readers outside the core group see it"
    )

    record: Mapped[Record] = relationship(foreign_keys=[record_id], lazy="raise")
    organisation: Mapped[Record | None] = relationship(foreign_keys=[organisation_id], lazy="raise")
    replaces: Mapped["Update | None"] = relationship(remote_side=[id], lazy="raise")
    evidence: Mapped[list["Evidence"]] = relationship(
        cascade="all, delete-orphan", order_by="Evidence.position", lazy="raise"
    )


class Evidence(Base):
    """What a report rests on: a web address, or a document and the words in it."""

    __tablename__ = "update_evidence"
    __table_args__ = (UniqueConstraint("update_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(24))
    position: Mapped[int] = mapped_column(default=0)
    update_id: Mapped[int] = mapped_column(ForeignKey("record_update.id", ondelete="CASCADE"))
    why: Mapped[str] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column("link", Text)
    document_id: Mapped[int | None] = link("document")
    passage_id: Mapped[int | None] = mapped_column(
        ForeignKey("passage.id", ondelete="RESTRICT"), index=True
    )

    document: Mapped[Document | None] = target("Evidence.document_id")
    passage: Mapped[Passage | None] = relationship(foreign_keys=[passage_id])


ledger.namers["record_update"] = lambda ids: select(Update.id, Update.key).where(Update.id.in_(ids))
