"""Tables of what the collaboration sorts by: themes, sectors, groups, causes; and of views."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, policy_date
from ..partners.models import Partner
from ..policydate import PolicyDate
from ..record import Entity, Nested, link, rows, target
from ..sources.models import Document, Office


class Theme(Entity, Base):
    """A theme of the collaboration."""

    __tablename__ = "theme"
    __ref__ = ("name", "name_en")

    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    order: Mapped[int | None]
    phase: Mapped[str | None] = mapped_column(String(10))
    description: Mapped[str | None] = mapped_column(Text)
    ambition: Mapped[str | None] = mapped_column(Text)
    needs: Mapped[str | None] = mapped_column(Text)
    opportunities: Mapped[str | None] = mapped_column(Text)
    threats: Mapped[str | None] = mapped_column(Text)
    lead_id: Mapped[int | None] = link("partner")
    lead: Mapped[Partner | None] = target("Theme.lead_id")


class Sector(Entity, Base):
    """A sector of work; sectors form a tree."""

    __tablename__ = "sector"
    __ref__ = ("name", "name_en")

    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    parent_id: Mapped[int | None] = link("sector")
    order: Mapped[int | None]
    phase: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(Text)
    parent: Mapped["Sector | None"] = target("Sector.parent_id", same="Sector.id")
    designations: Mapped[list["Designation"]] = rows("Designation")


class Designation(Nested, Base):
    """As what a document designates a sector, and in which rank if it ranks."""

    __tablename__ = "sector_designation"
    __parent__ = "sector"
    __list__ = "designations"

    designation: Mapped[str] = mapped_column(String(20))
    rank: Mapped[int | None]
    document_id: Mapped[int | None] = link("document")
    words: Mapped[str | None] = mapped_column(Text)
    document: Mapped[Document | None] = target("Designation.document_id")


class Group(Entity, Base):
    """A risk group, target group or population."""

    __tablename__ = "target_group"
    __ref__ = ("name", "name_en")

    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    order: Mapped[int | None]
    phase: Mapped[str | None] = mapped_column(String(10))
    kind: Mapped[str | None] = mapped_column(String(20))
    year: Mapped[PolicyDate | None] = policy_date("year")
    named_by: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)


class Cause(Entity, Base):
    """A cause of or factor in burn-out complaints, with who claims it."""

    __tablename__ = "cause"
    __ref__ = ("name", "name_en")

    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    order: Mapped[int | None]
    phase: Mapped[str | None] = mapped_column(String(10))
    description: Mapped[str | None] = mapped_column(Text)
    domains: Mapped[list["CauseDomain"]] = rows("CauseDomain")
    claims: Mapped[list["Claim"]] = rows("Claim")


class CauseDomain(Nested, Base):
    """The domain of a cause: printed so in the letter, or inferred."""

    __tablename__ = "cause_domain"
    __parent__ = "cause"
    __list__ = "domains"

    domain: Mapped[str] = mapped_column(String(10))
    printed: Mapped[bool] = mapped_column(default=False)


class Claim(Nested, Base):
    """Who says what of a cause, where, how firmly."""

    __tablename__ = "cause_claim"
    __parent__ = "cause"
    __list__ = "claims"

    partner_id: Mapped[int | None] = link("partner")
    office_id: Mapped[int | None] = link("office")
    words: Mapped[str | None] = mapped_column(Text)
    stance: Mapped[str] = mapped_column(String(20))
    prompting: Mapped[str | None] = mapped_column(String(12))
    certainty: Mapped[str | None] = mapped_column(String(10))
    document_id: Mapped[int | None] = link("document")
    note: Mapped[str | None] = mapped_column(Text)
    partner: Mapped[Partner | None] = target("Claim.partner_id")
    office: Mapped[Office | None] = target("Claim.office_id")
    document: Mapped[Document | None] = target("Claim.document_id")


class View(Entity, Base):
    """A view on what should be done and who is responsible, and whose view it is."""

    __tablename__ = "standpoint"
    __ref__ = ("statement", "statement_en")

    statement: Mapped[str] = mapped_column(Text)
    statement_en: Mapped[str | None] = mapped_column(Text)
    responsible: Mapped[str | None] = mapped_column(Text)
    document_id: Mapped[int | None] = link("document")
    document: Mapped[Document | None] = target("View.document_id")
    holders: Mapped[list["Holder"]] = rows("Holder")
    causes: Mapped[list["ViewCause"]] = rows("ViewCause")
    comparisons: Mapped[list["ViewComparison"]] = rows("ViewComparison")


class Holder(Nested, Base):
    """Who holds a view."""

    __tablename__ = "view_holder"
    __parent__ = "standpoint"
    __list__ = "holders"

    partner_id: Mapped[int | None] = link("partner")
    office_id: Mapped[int | None] = link("office")
    words: Mapped[str | None] = mapped_column(Text)
    partner: Mapped[Partner | None] = target("Holder.partner_id")
    office: Mapped[Office | None] = target("Holder.office_id")


class ViewCause(Nested, Base):
    """The cause that a view speaks of."""

    __tablename__ = "view_cause"
    __parent__ = "standpoint"
    __list__ = "causes"

    cause_id: Mapped[int] = link("cause")
    cause: Mapped[Cause] = target("ViewCause.cause_id")


class ViewComparison(Nested, Base):
    """How a view lies beside another: who says so, on what basis."""

    __tablename__ = "view_comparison"
    __parent__ = "standpoint"
    __list__ = "comparisons"

    view_id: Mapped[int] = link("standpoint")
    how: Mapped[str] = mapped_column(String(10))
    basis: Mapped[str] = mapped_column(String(12))
    why: Mapped[str | None] = mapped_column(Text)
    view: Mapped[View] = target("ViewComparison.view_id")
