"""The table of erasures: that values were erased from the book, without saying whose."""

from datetime import datetime

from sqlalchemy import Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from .. import ledger
from ..db import Base, Moment


class Erasure(Base):
    """One erasure. While it is open, triggers let its transaction overwrite values of the book."""

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="while it is empty, values of the book may be overwritten"
    )
    actor_name: Mapped[str] = mapped_column(Text, comment="who erased")
    changes: Mapped[int] = mapped_column(default=0, comment="how many rows of the book")


ledger.besides.append(select(func.max(Erasure.id)).scalar_subquery())
