"""Columns of what is due: the moves of a term, and the day to look at it again."""

from datetime import date
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from ..db import policy_date
from ..policydate import PolicyDate
from ..record import Nested, link, target
from ..sources.models import Document


class Reviewed:
    """Mixin: when somebody looks again at what waits for a condition, and who does."""

    review_on: Mapped[date | None]
    review_by: Mapped[str | None] = mapped_column(Text)


class Move(Nested):
    """Mixin: that a term changed from–to: who moved it, why and when, or what was corrected."""

    change: Mapped[str] = mapped_column(String(12))
    by: Mapped[str | None] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    when: Mapped[date | None]
    document_id: Mapped[int | None] = link("document")

    @declared_attr
    def from_(cls) -> Mapped[PolicyDate | None]:
        return policy_date("from")  # type: ignore[no-any-return]  # a composite

    @declared_attr
    def to(cls) -> Mapped[PolicyDate | None]:
        return policy_date("to")  # type: ignore[no-any-return]  # a composite

    @declared_attr
    def document(cls: Any) -> Mapped[Document | None]:
        return target(f"{cls.__name__}.document_id")  # type: ignore[no-any-return]
