"""The identity that every entity shares: reference, keeper, state, audience, version."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from .db import Base, Moment, policy_date
from .policydate import PolicyDate


class State(StrEnum):
    """Where a record stands in the workflow, apart from its own status."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Audience(StrEnum):
    """For whom a published record or a field is meant, from narrow to wide."""

    SECRETARIAT = "secretariat"
    CORE_GROUP = "core_group"
    PARTNERS = "partners"
    PUBLIC = "public"


HELD_BACK = text("embargo_until IS NOT NULL")


class Record(Base):
    """Identity of one entity. Citations, history, panels and search point here."""

    __tablename__ = "record"
    __table_args__ = (
        # A list by change walks this and stops: who may see each is looked at on the way.
        Index("ix_record_list", "kind", "last_seq"),
        Index("ix_record_sort", "kind", "sort_title"),
        Index(
            "ix_record_embargo",
            "embargo_until",
            "reference",
            sqlite_where=HELD_BACK,
            postgresql_where=HELD_BACK,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(Text, comment="copy of the entity's title, for pointers")
    title_en: Mapped[str | None] = mapped_column(Text)
    sort_title: Mapped[str] = mapped_column(Text, comment="folded: accents and case away")
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True, comment="who made it"
    )
    keeper_id: Mapped[int | None] = mapped_column(
        ForeignKey("record.id", ondelete="RESTRICT"),
        index=True,
        comment="the organisation that maintains it; empty: the secretariat",
    )
    state: Mapped[str] = mapped_column(String(10), default=State.DRAFT)
    audience: Mapped[str] = mapped_column(String(12), default=Audience.PUBLIC)
    embargo_until: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    last_seq: Mapped[int] = mapped_column(default=0, index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    submitter_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)
    review_note: Mapped[str | None] = mapped_column(Text, comment="why it was returned")
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("record.id", ondelete="RESTRICT"),
        index=True,
        comment="the record of the same thing that stayed",
    )

    # One command is one version, however often it flushes: the ledger counts, SQLAlchemy checks.
    __mapper_args__ = {
        "version_id_col": version,
        "version_id_generator": False,
    }

    keeper: Mapped["Record | None"] = relationship(
        remote_side=[id], foreign_keys=[keeper_id], lazy="select"
    )
    organisation: Mapped[Any] = relationship(
        "Partner", primaryjoin="foreign(Record.keeper_id) == Partner.id", viewonly=True
    )
    external_keys: Mapped[list["ExternalKey"]] = relationship(
        cascade="all, delete-orphan", order_by="ExternalKey.id", lazy="raise"
    )
    sources: Mapped[list[Any]] = relationship(
        "Citation",
        cascade="all, delete-orphan",
        order_by="Citation.position",
        lazy="raise",
        back_populates="parent",
    )


PATTERN = r"^[A-Z]{3}-[0-9]{4,9}$"
REFERENCE = re.compile(PATTERN, re.ASCII)
"""How references to records are written, in addresses and in bodies."""
LETTERS = "letters"
"""The system of the ids that records have in the dossier of the letters."""
ALSO = "letters-also"
"""The system of their other ids there: an event can be numbered among the milestones too."""


class ExternalKey(Base):
    """The name of a record in another system, such as its id in the dossier of the letters."""

    __tablename__ = "external_key"
    __table_args__ = (UniqueConstraint("system", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), index=True)
    system: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80))


class ReferenceCounter(Base):
    """The last number given out per kind; numbers are never reused."""

    __tablename__ = "reference_counter"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Entity:
    """Mixin of every top-level entity: its primary key is its record."""

    __ref__: ClassVar[tuple[str, ...]] = ("title",)  # what a pointer to it shows

    @declared_attr
    def id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("record.id", ondelete="RESTRICT"), primary_key=True)

    @declared_attr
    def record(cls: type[Any]) -> Mapped[Record]:
        return relationship(
            Record, lazy="joined", innerjoin=True, foreign_keys=f"{cls.__name__}.id"
        )

    @property
    def sources(self) -> list[Any]:
        """The citations of this record: which passage says which of its facts."""
        return self.record.sources

    @sources.setter
    def sources(self, citations: list[Any]) -> None:
        self.record.sources = citations

    @property
    def reference(self) -> str:
        return self.record.reference

    def titles(self) -> tuple[str, str | None]:
        """The Dutch title and, where there is one, the English."""
        name = getattr(self, self.__ref__[0])
        return name, getattr(self, f"{self.__ref__[0]}_en", None)


class Nested:
    """Mixin of a row of a nested list: a stable opaque `key`, unique within its parent."""

    __parent__: ClassVar[str]  # table of the parent
    __list__: ClassVar[str]  # JSON name of the list
    __sought__: ClassVar[tuple[str, ...]] = ()  # keys that lists of the parent are narrowed by
    __quoted__: ClassVar[bool] = False  # whether other records show what stands in it

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(24))
    position: Mapped[int] = mapped_column(default=0)

    @declared_attr
    def parent_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey(f"{cls.__parent__}.id", ondelete="CASCADE"))

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        sought = (Index(None, name, "parent_id") for name in cls.__sought__)
        return (UniqueConstraint("parent_id", "key"), *sought)


class Series(Nested):
    """Mixin of a row that holds for a time: words from–until, and the computed half-open days."""

    effective_from: Mapped[date | None]
    effective_until: Mapped[date | None]

    @declared_attr
    def from_(cls) -> Mapped[PolicyDate | None]:
        return policy_date("from")  # type: ignore[no-any-return]

    @declared_attr
    def until(cls) -> Mapped[PolicyDate | None]:
        return policy_date("until")  # type: ignore[no-any-return]


def rows(model: str) -> Any:
    """A nested list of `model` rows in their own order; a query must say that it loads them."""
    return relationship(
        model,
        foreign_keys=f"{model}.parent_id",
        order_by=f"{model}.position",
        cascade="all, delete-orphan",
        lazy="raise",
    )


def link(table: str) -> Any:
    """A foreign key to another entity; what is pointed at cannot be deleted from the database."""
    return mapped_column(ForeignKey(f"{table}.id", ondelete="RESTRICT"), index=True)


def sought(table: str) -> Any:
    """The same in a row by which lists are narrowed: its index leads to the parent."""
    return mapped_column(ForeignKey(f"{table}.id", ondelete="RESTRICT"))


def target(column: str, *, same: str | None = None) -> Any:
    """The entity behind the foreign key `Class.column`; `same`: the key of the class itself."""
    return relationship(foreign_keys=f"[{column}]", remote_side=same)
