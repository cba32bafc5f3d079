"""The editable part of the vocabularies: added or reworded terms, and reading agreements."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class VocabularyTerm(Base):
    """A term that people added to an open list, or reworded or retired in it."""

    __tablename__ = "vocabulary_term"
    __table_args__ = (UniqueConstraint("vocabulary", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vocabulary: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40))
    nl: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    definition: Mapped[str | None] = mapped_column(Text)
    retired: Mapped[bool] = mapped_column(default=False)


WINDOW = text("year IS NULL")


class ReadingConvention(Base):
    """How vague words are read (leesafspraak): a window in every year, or one recess.

    `word` is the word itself ("medio") or the recess ("summer"); a recess has a year and a Chamber,
    a window has neither. Days are stored as dates; of a window only month and day count.
    """

    __tablename__ = "reading_convention"
    __table_args__ = (
        UniqueConstraint("word", "year", "chamber"),
        # To a unique constraint two rows without a year are not the same.
        Index(
            "uq_reading_convention_window",
            "word",
            unique=True,
            sqlite_where=WINDOW,
            postgresql_where=WINDOW,
        ),
        CheckConstraint("start <= ends", name="window"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(40))
    year: Mapped[int | None]
    chamber: Mapped[str | None] = mapped_column(String(6), comment="whose recess: house, senate")
    start: Mapped[date]
    ends: Mapped[date]
    reason: Mapped[str | None] = mapped_column(Text)
