"""The value itself: truth, dated series, words for its window, columns of a table."""

from datetime import date

import pytest
from sqlalchemy import Date, Enum, String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, composite, mapped_column

from registry.policydate import DateKind, PolicyDate, describe, read, since, until

NOTHING = PolicyDate(None, None, None, None)


def test_a_value_is_true_when_it_says_anything() -> None:
    assert not NOTHING
    assert PolicyDate("later", None, None, DateKind.NONE)
    assert PolicyDate(None, date(2021, 1, 1), None, None)


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("begin 2020", date(2020, 1, 1), date(2020, 4, 1)),
        ("1 juli 2021", date(2021, 7, 1), date(2021, 7, 2)),
        ("tot 1 juli 2021", None, date(2021, 7, 1)),
        ("vanaf 2021", date(2021, 1, 1), None),
        ("doorlopend", None, None),
    ],
)
def test_a_dated_series_begins_at_the_earliest_and_ends_after_the_latest(
    text: str, first: date | None, end: date | None
) -> None:
    value = read(text).value
    assert (since(value), until(value)) == (first, end)


def test_the_end_of_time_stays_open() -> None:
    assert until(PolicyDate(None, None, date.max, None)) is None


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("medio 2021", "1 juni t/m 31 juli 2021", "1 June to 31 July 2021"),
        ("begin oktober 2020", "1 t/m 10 oktober 2020", "1 to 10 October 2020"),
        (
            "eind 2019 – begin 2020",
            "1 oktober 2019 t/m 31 maart 2020",
            "1 October 2019 to 31 March 2020",
        ),
        ("16-11-2020", "16 november 2020", "16 November 2020"),
        ("2019-10", "oktober 2019", "October 2019"),
        ("juni - augustus 2021", "juni t/m augustus 2021", "June to August 2021"),
        ("in 2021", "2021", "2021"),
        ("2007-2018", "2007 t/m 2018", "2007 to 2018"),
        ("na 2020", "vanaf 2021", "from 2021"),
        ("per 1 juni 2021", "vanaf 1 juni 2021", "from 1 June 2021"),
        ("voor 1 juli 2021", "uiterlijk 30 juni 2021", "no later than 30 June 2021"),
        ("jaarlijks in november", None, None),
        ("zodra het kan", None, None),
        ("", None, None),
    ],
)
def test_the_window_in_words(text: str, dutch: str | None, english: str | None) -> None:
    value = read(text).value
    assert (describe(value, "nl"), describe(value, "en")) == (dutch, english)


class Base(DeclarativeBase):
    pass


class Term(Base):
    __tablename__ = "term"

    id: Mapped[int] = mapped_column(primary_key=True)
    due: Mapped[PolicyDate] = composite(
        mapped_column("due_text", String, nullable=True),
        mapped_column("due_earliest", Date, nullable=True),
        mapped_column("due_latest", Date, nullable=True),
        mapped_column("due_kind", Enum(DateKind), nullable=True),
        mapped_column("due_anchor", Date, nullable=True),
    )


@pytest.mark.parametrize("text", ["begin volgend jaar", "later", ""])
def test_a_value_survives_a_table(text: str) -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    value = read(text, anchor=date(2020, 12, 31)).value
    with Session(engine) as session:
        session.add(Term(id=1, due=value))
        session.commit()
        session.expunge_all()
        assert (session.scalars(select(Term)).one().due or NOTHING) == value
    engine.dispose()
