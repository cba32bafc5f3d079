"""Tables of initiatives: what they are, who takes part, how they stand in time."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, policy_date
from ..due.models import Reviewed
from ..partners.models import Partner
from ..policydate import PolicyDate
from ..record import Entity, Nested, Series, link, rows, sought, target
from ..sources.models import Document, Event
from ..themes.models import Cause, Group, Sector, Theme


class Initiative(Entity, Base):
    """An initiative or activity that bears on burn-out complaints."""

    __tablename__ = "initiative"
    __ref__ = ("title", "title_en")

    title: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    summary: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    goal: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(String(40), index=True)
    approach_timing: Mapped[str | None] = mapped_column(String(20))
    approach_level: Mapped[str | None] = mapped_column(String(20))
    period: Mapped[PolicyDate | None] = policy_date("period")
    recurrence: Mapped[PolicyDate | None] = policy_date("recurrence")
    relation: Mapped[str | None] = mapped_column(String(10), index=True)
    website: Mapped[str | None] = mapped_column(Text)
    good_example: Mapped[str | None] = mapped_column(Text, comment="why it is one")
    effectiveness: Mapped[str | None] = mapped_column(String(40), default="not_assessed")

    statuses: Mapped[list["InitiativeStatus"]] = rows("InitiativeStatus")
    participations: Mapped[list["Participation"]] = rows("Participation")
    money: Mapped[list["Money"]] = rows("Money")
    results: Mapped[list["Result"]] = rows("Result")
    editions: Mapped[list["Edition"]] = rows("Edition")
    related: Mapped[list["RelatedInitiative"]] = rows("RelatedInitiative")
    documents: Mapped[list["InitiativeDocument"]] = rows("InitiativeDocument")
    themes: Mapped[list["InitiativeTheme"]] = rows("InitiativeTheme")
    sectors: Mapped[list["InitiativeSector"]] = rows("InitiativeSector")
    groups: Mapped[list["InitiativeGroup"]] = rows("InitiativeGroup")
    causes: Mapped[list["InitiativeCause"]] = rows("InitiativeCause")


class InitiativeStatus(Reviewed, Series, Base):
    """The status of an initiative from–until: a dated series, each row ended by the next."""

    __tablename__ = "initiative_status"
    __parent__ = "initiative"
    __list__ = "statuses"
    __chained__ = True

    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    resume_when: Mapped[str | None] = mapped_column(Text)


class Participation(Series, Base):
    """The role of an organisation in an initiative."""

    __tablename__ = "participation"
    __parent__ = "initiative"
    __list__ = "participations"
    __sought__ = ("partner_id",)

    partner_id: Mapped[int] = sought("partner")
    role: Mapped[str] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)
    partner: Mapped[Partner] = target("Participation.partner_id")


class Money(Nested, Base):
    """An amount made available for an initiative."""

    __tablename__ = "initiative_money"
    __parent__ = "initiative"
    __list__ = "money"

    amount: Mapped[Decimal] = mapped_column(Numeric(16, 2))
    currency: Mapped[str] = mapped_column(String(3))
    term: Mapped[str | None] = mapped_column(String(12))
    for_whom: Mapped[str | None] = mapped_column(Text)
    words: Mapped[str | None] = mapped_column(Text)


class Result(Nested, Base):
    """What came out of an initiative."""

    __tablename__ = "initiative_result"
    __parent__ = "initiative"
    __list__ = "results"

    title: Mapped[str] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(Text)
    when: Mapped[PolicyDate | None] = policy_date("when")


class Edition(Nested, Base):
    """One time that a recurring initiative was held."""

    __tablename__ = "initiative_edition"
    __parent__ = "initiative"
    __list__ = "editions"

    title: Mapped[str] = mapped_column(Text)
    motto: Mapped[str | None] = mapped_column(Text)
    when: Mapped[PolicyDate | None] = policy_date("when")
    participants: Mapped[int | None]
    event_id: Mapped[int | None] = link("event")
    note: Mapped[str | None] = mapped_column(Text)
    event: Mapped[Event | None] = target("Edition.event_id")


class RelatedInitiative(Nested, Base):
    """Another initiative that this one has to do with."""

    __tablename__ = "initiative_related"
    __parent__ = "initiative"
    __list__ = "related"

    initiative_id: Mapped[int] = link("initiative")
    how: Mapped[str | None] = mapped_column(Text)
    initiative: Mapped[Initiative] = target("RelatedInitiative.initiative_id")


class InitiativeDocument(Nested, Base):
    """A document about an initiative, or that it consists of."""

    __tablename__ = "initiative_document"
    __parent__ = "initiative"
    __list__ = "documents"

    document_id: Mapped[int] = link("document")
    note: Mapped[str | None] = mapped_column(Text)
    document: Mapped[Document] = target("InitiativeDocument.document_id")


class Classification(Nested):
    """Mixin: by whom, when, on what basis and why an initiative was put under something."""

    basis: Mapped[str] = mapped_column(String(12))
    by: Mapped[str | None] = mapped_column(Text)
    when: Mapped[date | None]
    why: Mapped[str | None] = mapped_column(Text)


class InitiativeTheme(Classification, Base):
    """That an initiative is classified under a theme."""

    __tablename__ = "initiative_theme"
    __parent__ = "initiative"
    __list__ = "themes"
    __sought__ = ("theme_id",)

    theme_id: Mapped[int] = sought("theme")
    theme: Mapped[Theme] = target("InitiativeTheme.theme_id")


class InitiativeSector(Classification, Base):
    """That an initiative is classified under a sector."""

    __tablename__ = "initiative_sector"
    __parent__ = "initiative"
    __list__ = "sectors"
    __sought__ = ("sector_id",)

    sector_id: Mapped[int] = sought("sector")
    sector: Mapped[Sector] = target("InitiativeSector.sector_id")


class InitiativeGroup(Classification, Base):
    """That an initiative is classified under a group."""

    __tablename__ = "initiative_group"
    __parent__ = "initiative"
    __list__ = "groups"
    __sought__ = ("group_id",)

    group_id: Mapped[int] = sought("target_group")
    group: Mapped[Group] = target("InitiativeGroup.group_id")


class InitiativeCause(Classification, Base):
    """That an initiative is classified under a cause."""

    __tablename__ = "initiative_cause"
    __parent__ = "initiative"
    __list__ = "causes"
    __sought__ = ("cause_id",)

    cause_id: Mapped[int] = sought("cause")
    cause: Mapped[Cause] = target("InitiativeCause.cause_id")
