"""Tables of figures: an indicator and what was observed of it."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, policy_date
from ..policydate import PolicyDate
from ..record import Entity, Nested, link, rows, target
from ..sources.models import Document


class Indicator(Entity, Base):
    """What is measured, in which population, by whom."""

    __tablename__ = "indicator"
    __ref__ = ("name", "name_en")

    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    definition: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(Text)
    population: Mapped[str | None] = mapped_column(Text)
    measured_by: Mapped[str | None] = mapped_column(Text)
    direction: Mapped[str | None] = mapped_column(String(10), comment="which way it should go")
    target_value: Mapped[float | None]
    target_by: Mapped[PolicyDate | None] = policy_date("target_by")
    target_words: Mapped[str | None] = mapped_column(Text)
    document_id: Mapped[int | None] = link("document")
    document: Mapped[Document | None] = target("Indicator.document_id")
    observations: Mapped[list["Observation"]] = rows("Observation")


class Observation(Nested, Base):
    """One figure: a number, range, trend or text, with its year and caveat."""

    __tablename__ = "observation"
    __parent__ = "indicator"
    __list__ = "observations"

    value: Mapped[float | None]
    value_to: Mapped[float | None]
    trend: Mapped[str | None] = mapped_column(String(10))
    text: Mapped[str | None] = mapped_column(Text)
    year: Mapped[int | None]
    period: Mapped[PolicyDate | None] = policy_date("period")
    caveat: Mapped[str | None] = mapped_column(Text)
    provisional: Mapped[bool] = mapped_column(default=False)
    break_before: Mapped[bool] = mapped_column(
        default=False, comment="it cannot be compared with what came before"
    )
    break_why: Mapped[str | None] = mapped_column(Text)
    next_expected: Mapped[str | None] = mapped_column(Text)
