"""Tables of organisations. A group that the letters name only as a category is no organisation."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base
from ..record import Entity, Nested, Series, link, rows, target


class Partner(Entity, Base):
    """An organisation, or a group named only as a category (`is_group`)."""

    __tablename__ = "partner"
    __ref__ = ("name", "abbreviation")

    name: Mapped[str] = mapped_column(Text)
    abbreviation: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(String(40), index=True)
    is_group: Mapped[bool] = mapped_column(default=False, index=True)
    parent_id: Mapped[int | None] = link("partner")
    website: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    parent: Mapped["Partner | None"] = target("Partner.parent_id", same="Partner.id")

    identifiers: Mapped[list["Identifier"]] = rows("Identifier")
    memberships: Mapped[list["Membership"]] = rows("Membership")
    categories: Mapped[list["CategoryAnswer"]] = rows("CategoryAnswer")
    contacts: Mapped[list["Contact"]] = rows("Contact")


class Identifier(Nested, Base):
    """A number or URI of the organisation in another register."""

    __tablename__ = "partner_identifier"
    __parent__ = "partner"
    __list__ = "identifiers"

    scheme: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(Text)
    origin: Mapped[str | None] = mapped_column(Text)
    verified: Mapped[bool] = mapped_column(default=False)


class Membership(Series, Base):
    """The part that an organisation has in the collaboration, its core group or sounding board."""

    __tablename__ = "partner_membership"
    __parent__ = "partner"
    __list__ = "memberships"

    body: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)


class CategoryAnswer(Nested, Base):
    """That an organisation answers for a category, which itself stays unresolved."""

    __tablename__ = "partner_category"
    __parent__ = "partner"
    __list__ = "categories"

    category_id: Mapped[int] = link("partner")
    why: Mapped[str | None] = mapped_column(Text)
    category: Mapped[Partner] = target("CategoryAnswer.category_id")


class Contact(Nested, Base):
    """A person to call or write to; never public."""

    __tablename__ = "partner_contact"
    __parent__ = "partner"
    __list__ = "contacts"

    name: Mapped[str] = mapped_column(Text)
    function: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
