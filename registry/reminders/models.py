"""Tables of reminders: the rules, who wants what, and what was sent to whom about what."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Account
from ..db import Base, Moment
from ..ledger import Outbox
from ..record import Record


class Rule(Base):
    """A rule that the secretariat set otherwise than the registry came with."""

    __tablename__ = "reminder_rule"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    active: Mapped[bool]
    days: Mapped[int | None] = mapped_column(comment="how many days before")
    every: Mapped[int | None] = mapped_column(comment="again after so many days")
    most: Mapped[int | None] = mapped_column(comment="how many times in all")


class Done(Base):
    """That the work of a day was done. The first of these is the day that reminding began."""

    __tablename__ = "reminder_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(Moment)


class Preference(Base):
    """How somebody wants to be reminded, and whether their address refuses mail."""

    __tablename__ = "reminder_preference"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    digest: Mapped[bool] = mapped_column(default=True, comment="one mail a day with everything")
    paused_until: Mapped[date | None] = mapped_column(comment="the last day without reminders")
    refused_address: Mapped[str | None] = mapped_column(
        Text, comment="a mail server refused it; another address ends that"
    )
    refused_why: Mapped[str | None] = mapped_column(Text)
    refused_at: Mapped[datetime | None] = mapped_column(Moment)


class Pause(Base):
    """That nobody is reminded of a record, or on behalf of an organisation."""

    __tablename__ = "reminder_pause"

    record_id: Mapped[int] = mapped_column(
        ForeignKey("record.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    until: Mapped[date | None] = mapped_column(comment="the last day of it; empty: until further")
    reason: Mapped[str] = mapped_column(Text)

    record: Mapped[Record] = relationship(lazy="raise")


class Mail(Base):
    """One mail to one person. Part 0 of a day holds everything; others are about one thing."""

    __tablename__ = "reminder_mail"
    __table_args__ = (UniqueConstraint("account_id", "day", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    day: Mapped[date]
    part: Mapped[int]
    outbox_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox.id", ondelete="SET NULL"), index=True
    )

    outbox: Mapped[Outbox | None] = relationship(lazy="raise")


class Line(Base):
    """What one person is reminded of, once for each number of a rule and a term. A term that was
    moved is another one."""

    __tablename__ = "reminder_line"
    __table_args__ = (
        UniqueConstraint("account_id", "record_id", "rule", "term", "number"),
        Index("ix_reminder_line_day", "day", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="RESTRICT"), index=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("record.id", ondelete="RESTRICT"), index=True
    )
    rule: Mapped[str] = mapped_column(String(10))
    term: Mapped[str] = mapped_column(String(40), comment="the days of the term, or of the report")
    words: Mapped[str | None] = mapped_column(Text, comment="the term as it was written")
    number: Mapped[int]
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(8), comment="queued, paused, held or dropped")
    tries: Mapped[int] = mapped_column(default=0)
    mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("reminder_mail.id", ondelete="SET NULL"), index=True
    )
    made_at: Mapped[datetime] = mapped_column(Moment)

    account: Mapped[Account] = relationship(lazy="raise")
    record: Mapped[Record] = relationship(foreign_keys=[record_id], lazy="raise")
    organisation: Mapped[Record] = relationship(foreign_keys=[organisation_id], lazy="raise")
    mail: Mapped[Mail | None] = relationship(lazy="raise")


class Escalation(Base):
    """A letter to those who lead an organisation, which waits until the secretariat sends it."""

    __tablename__ = "reminder_escalation"
    __table_args__ = (UniqueConstraint("record_id", "organisation_id", "rule", "term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(24), unique=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="RESTRICT"))
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("record.id", ondelete="RESTRICT"), index=True
    )
    rule: Mapped[str] = mapped_column(String(10))
    term: Mapped[str] = mapped_column(String(40), comment="the days of the term, or of the report")
    words: Mapped[str | None] = mapped_column(Text, comment="the term as it was written")
    since: Mapped[date] = mapped_column(comment="since when it is so")
    day: Mapped[date] = mapped_column(comment="when it was prepared")
    state: Mapped[str] = mapped_column(String(10), index=True)
    reason: Mapped[str | None] = mapped_column(Text, comment="why it was not sent")

    record: Mapped[Record] = relationship(foreign_keys=[record_id], lazy="raise")
    organisation: Mapped[Record] = relationship(foreign_keys=[organisation_id], lazy="raise")
