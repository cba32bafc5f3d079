"""Tables of what the facts come from, and of who acts and what happened in the letters."""

import re
from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .. import ledger
from ..db import Base, policy_date
from ..policydate import PolicyDate
from ..record import Entity, Nested, Record, link, rows, target

PUBLISHED_AT = "https://zoek.officielebekendmakingen.nl"


class Document(Entity, Base):
    """A Kamerstuk (dossier, addition, number) or any other document that says something."""

    __tablename__ = "document"
    # Of the number as a whole: an addition that is empty would collide with nothing.
    __table_args__ = (UniqueConstraint("identification"),)
    __ref__ = ("title", "identification", "url")

    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(String(40))
    dossier: Mapped[str | None] = mapped_column(String(10))
    addition: Mapped[str | None] = mapped_column(String(10))
    number: Mapped[str | None] = mapped_column(String(10))
    identification: Mapped[str | None] = mapped_column(Text, comment="25 883, nr. 405")
    printed_when: Mapped[str | None] = mapped_column("printed_date", Text)
    official_date: Mapped[date | None]
    official_day_origin: Mapped[str | None] = mapped_column("official_date_source", Text)
    reference_year: Mapped[int | None] = mapped_column(comment="what relative words count from")
    signatory: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text, comment="derived for a Kamerstuk")
    sha256: Mapped[str | None] = mapped_column(String(64))
    note: Mapped[str | None] = mapped_column(Text)
    planned: Mapped[bool] = mapped_column(default=False, comment="it is still to be sent")
    expected: Mapped[PolicyDate | None] = policy_date("expected")

    relations: Mapped[list["DocumentRelation"]] = rows("DocumentRelation")
    passages: Mapped[list["Passage"]] = rows("Passage")

    def settle(self) -> None:
        """Derive the identification and the address of a Kamerstuk from its number."""
        if not (self.dossier and self.number):
            return
        spaced = re.sub(r"(?<=\d)(?=(\d{3})+$)", " ", self.dossier)
        chapter = f" {self.addition}" if self.addition else ""
        self.identification = f"{spaced}{chapter}, nr. {self.number}"
        named = ("kst", self.dossier, self.addition, self.number)
        parts = (re.sub(r"[^0-9A-Za-z]", "", part) for part in named if part)
        self.url = f"{PUBLISHED_AT}/{'-'.join(parts)}.html"


class DocumentRelation(Nested, Base):
    """That a document encloses, cites or follows another."""

    __tablename__ = "document_relation"
    __parent__ = "document"
    __list__ = "relations"

    relation: Mapped[str] = mapped_column(String(10))
    document_id: Mapped[int] = link("document")
    footnote: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)
    document: Mapped[Document] = target("DocumentRelation.document_id")


class Passage(Nested, Base):
    """Words of a document, exactly as printed (line breaks become one space)."""

    __tablename__ = "passage"
    __parent__ = "document"
    __list__ = "passages"
    __quoted__ = True

    quote: Mapped[str] = mapped_column(Text)
    section: Mapped[str | None] = mapped_column(Text)
    lines: Mapped[str | None] = mapped_column(String(20))
    citations: Mapped[list["Citation"]] = relationship(
        lazy="raise", order_by="Citation.id", viewonly=True
    )


class Citation(Nested, Base):
    """That a passage says a field of a record; without a passage, on what other basis."""

    __tablename__ = "citation"
    __parent__ = "record"
    __list__ = "sources"

    field: Mapped[str] = mapped_column(Text, comment="path in the record's JSON")
    document_id: Mapped[int | None] = link("document")
    passage_id: Mapped[int | None] = mapped_column(
        ForeignKey("passage.id", ondelete="RESTRICT"), index=True
    )
    basis: Mapped[str] = mapped_column(String(12))
    why: Mapped[str | None] = mapped_column(Text)

    parent: Mapped[Record] = relationship(
        back_populates="sources", foreign_keys="Citation.parent_id", lazy="joined"
    )
    document: Mapped[Document | None] = target("Citation.document_id")
    passage: Mapped[Passage | None] = relationship(foreign_keys=[passage_id])


class Event(Entity, Base):
    """A debate, letter, launch or other thing that happened."""

    __tablename__ = "event"
    __ref__ = ("name", "name_en")

    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    when: Mapped[PolicyDate | None] = policy_date("when")
    kind: Mapped[str | None] = mapped_column(String(40))
    document_id: Mapped[int | None] = link("document")
    note: Mapped[str | None] = mapped_column(Text)
    document: Mapped[Document | None] = target("Event.document_id")


class Office(Entity, Base):
    """An office that acts in the letters, whoever holds it."""

    __tablename__ = "office"
    __ref__ = ("name", "name_en")

    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    organisation: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)


class Person(Entity, Base):
    """A person as far as they act in the letters."""

    __tablename__ = "person"
    __ref__ = ("name",)

    name: Mapped[str] = mapped_column(Text)
    office_id: Mapped[int | None] = link("office")
    role: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    office: Mapped[Office | None] = target("Person.office_id")


# In the history a passage is its words: it has no reference of its own.
ledger.namers["passage"] = lambda ids: select(Passage.id, Passage.quote).where(Passage.id.in_(ids))
