"""Tables of annexes: what each is about, what was said of its lines, and what was frozen."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Moment
from ..indicators.models import Indicator
from ..partners.models import Partner
from ..record import Entity, Nested, Record, link, rows, target
from ..sources.models import Document
from ..themes.models import Theme


class Annex(Entity, Base):
    """An annex to a progress letter, on a reference date."""

    __tablename__ = "annex"
    __ref__ = ("title", "title_en")

    title: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    as_of: Mapped[date]
    letter_id: Mapped[int | None] = link("document")
    previous_letter_id: Mapped[int | None] = link("document")
    previous_annex_id: Mapped[int | None] = link("annex")
    dossier: Mapped[str | None] = mapped_column(String(10))
    introduction: Mapped[str | None] = mapped_column(Text)
    introduction_en: Mapped[str | None] = mapped_column(Text)

    letter: Mapped[Document | None] = target("Annex.letter_id")
    previous_letter: Mapped[Document | None] = target("Annex.previous_letter_id")
    previous_annex: Mapped["Annex | None"] = target("Annex.previous_annex_id", same="Annex.id")
    themes: Mapped[list["AnnexTheme"]] = rows("AnnexTheme")
    organisations: Mapped[list["AnnexOrganisation"]] = rows("AnnexOrganisation")
    strengths: Mapped[list["AnnexStrength"]] = rows("AnnexStrength")
    indicators: Mapped[list["AnnexIndicator"]] = rows("AnnexIndicator")
    sections: Mapped[list["AnnexSection"]] = rows("AnnexSection")
    frozen: Mapped["AnnexFreeze | None"] = relationship(viewonly=True, lazy="select")


class AnnexTheme(Nested, Base):
    """A theme that the annex is limited to."""

    __tablename__ = "annex_theme"
    __parent__ = "annex"
    __list__ = "themes"

    theme_id: Mapped[int] = link("theme")
    theme: Mapped[Theme] = target("AnnexTheme.theme_id")


class AnnexOrganisation(Nested, Base):
    """An organisation that the annex is limited to."""

    __tablename__ = "annex_organisation"
    __parent__ = "annex"
    __list__ = "organisations"

    partner_id: Mapped[int] = link("partner")
    partner: Mapped[Partner] = target("AnnexOrganisation.partner_id")


class AnnexStrength(Nested, Base):
    """A strength of commitment that the annex is limited to."""

    __tablename__ = "annex_strength"
    __parent__ = "annex"
    __list__ = "strengths"

    strength: Mapped[str] = mapped_column(String(20))


class AnnexIndicator(Nested, Base):
    """A figure that the annex is limited to."""

    __tablename__ = "annex_indicator"
    __parent__ = "annex"
    __list__ = "indicators"

    indicator_id: Mapped[int] = link("indicator")
    indicator: Mapped[Indicator] = target("AnnexIndicator.indicator_id")


class AnnexSection(Nested, Base):
    """A section of the annex, with what the secretariat writes above it."""

    __tablename__ = "annex_section"
    __parent__ = "annex"
    __list__ = "sections"

    section: Mapped[str] = mapped_column(String(12))
    heading: Mapped[str | None] = mapped_column(Text)
    heading_en: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str | None] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    omitted: Mapped[bool] = mapped_column(default=False)


class AnnexLine(Base):
    """What was said of one line of an annex; a line of which nothing was said has no row."""

    __tablename__ = "annex_line"
    __table_args__ = (UniqueConstraint("annex_id", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    annex_id: Mapped[int] = mapped_column(ForeignKey("annex.id", ondelete="RESTRICT"))
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="RESTRICT"), index=True)
    text: Mapped[str | None] = mapped_column(
        Text, comment="empty: the last report that was released"
    )
    agreement: Mapped[str] = mapped_column(String(10), default="not_asked")
    remark: Mapped[str | None] = mapped_column(Text)
    actor_id: Mapped[int | None] = mapped_column(comment="who took the last step of agreement")
    actor_name: Mapped[str | None] = mapped_column(Text)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("record.id", ondelete="RESTRICT"),
        index=True,
        comment="for which organisation; empty: the secretariat",
    )
    stepped_at: Mapped[datetime | None] = mapped_column(Moment)
    update_key: Mapped[str | None] = mapped_column(
        String(24), comment="the report that was agreed to, where the text is empty"
    )
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    record: Mapped[Record] = relationship(foreign_keys=[record_id], lazy="raise")
    organisation: Mapped[Record | None] = relationship(foreign_keys=[organisation_id], lazy="raise")


class AnnexFreeze(Base):
    """The annex as it was frozen. It is append-only by database triggers; who froze it, the book
    of changes tells."""

    __tablename__ = "annex_freeze"

    id: Mapped[int] = mapped_column(primary_key=True)
    annex_id: Mapped[int] = mapped_column(ForeignKey("annex.id", ondelete="RESTRICT"), unique=True)
    number: Mapped[str] = mapped_column(Text, unique=True, comment="2021-1: the first of its year")
    day: Mapped[date]
    frozen_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[dict[str, Any]] = mapped_column(
        JSON, comment="the whole annex, as a member of the core group saw it"
    )
    sha256: Mapped[str] = mapped_column(String(64), comment="of the content as canonical JSON")
    unagreed: Mapped[int] = mapped_column(comment="how many lines nobody had agreed to")
