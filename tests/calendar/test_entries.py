"""Which days of a term stand in a calendar."""

from datetime import date

import pytest

from registry.calendar.entries import Entry, marked
from registry.policydate import DateKind, PolicyDate, read

BASE = Entry("milestone", "MIL-0001.due", "on", date.min, date.min, {})
ALONE = ""


def told(window: PolicyDate) -> list[tuple[str, str, str, str]]:
    return [
        (one.mark, str(one.first), str(one.last), one.name.removeprefix(BASE.name))
        for one in marked(BASE, window)
    ]


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("11 januari 2021", [("on", "2021-01-11", "2021-01-11", ALONE)]),
        ("november 2021", [("during", "2021-11-01", "2021-11-30", ALONE)]),
        (
            "medio 2021",
            [
                ("from", "2021-06-01", "2021-06-01", "-from"),
                ("until", "2021-07-31", "2021-07-31", ALONE),
            ],
        ),
        (
            "2021",
            [
                ("from", "2021-01-01", "2021-01-01", "-from"),
                ("until", "2021-12-31", "2021-12-31", ALONE),
            ],
        ),
        ("vóór 1 juli 2021", [("until", "2021-06-30", "2021-06-30", ALONE)]),
        ("vanaf 2021", [("from", "2021-01-01", "2021-01-01", "-from")]),
        ("in een later stadium", []),
    ],
)
def test_a_window_is_marked_as_its_length_asks(words: str, marks: list[object]) -> None:
    assert told(read(words).value) == marks


def test_what_waits_for_a_condition_has_no_day_even_where_days_were_typed() -> None:
    day = date(2021, 6, 1)
    assert told(PolicyDate("zodra het kan", day, day, DateKind.CONDITIONAL)) == []


def test_the_end_of_a_term_keeps_its_name_when_its_words_become_exact() -> None:
    names = [
        told(read(words).value)[-1][-1] for words in ("medio 2021", "juni 2021", "3 juni 2021")
    ]
    assert names == [ALONE] * 3
