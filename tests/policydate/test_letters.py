"""Every wording of time in the two letters stands for the window that their reading gives it."""

from datetime import date

import pytest

from registry.policydate import DateKind, read

# A reference year is given as its last day.
LETTER_370 = date(2019, 12, 31)
LETTER_405 = date(2020, 12, 31)

Case = tuple[str, str, date | None, str | None, str | None, DateKind, bool]

COMMITMENTS: list[Case] = [
    # The promise was made on that day: "nog" begins there.
    (
        "T01",
        "nog dit kalenderjaar",
        date(2020, 2, 20),
        "2020-02-20",
        "2020-12-31",
        DateKind.YEAR,
        False,
    ),
    # Its window opens on the day of the debate, which is not in these words.
    ("T04", "in deze brief", LETTER_405, None, "2020-12-31", DateKind.VAGUE, True),
    (
        "T06",
        "bij het opleveren van de tussenresultaten",
        LETTER_370,
        None,
        None,
        DateKind.CONDITIONAL,
        False,
    ),
    (
        "T07",
        "in de tweede helft van 2020",
        LETTER_370,
        "2020-07-01",
        "2020-12-31",
        DateKind.HALF,
        False,
    ),
    # T08 and T12 take their window from another sentence; these words alone give none.
    ("T08", "dan ook", LETTER_370, None, None, DateKind.NONE, False),
    ("T09", "het komende jaar", LETTER_370, "2020-01-01", "2020-12-31", DateKind.YEAR, False),
    ("T10", "voor de komende jaren", LETTER_370, "2020-01-01", None, DateKind.VAGUE, True),
    ("T11", "Komend jaar", LETTER_370, "2020-01-01", "2020-12-31", DateKind.YEAR, False),
    ("T12", "In het vervolgdeel", LETTER_370, None, None, DateKind.NONE, False),
    ("T15", "medio 2021", LETTER_405, "2021-06-01", "2021-07-31", DateKind.VAGUE, True),
    ("T16", "medio 2021", None, "2021-06-01", "2021-07-31", DateKind.VAGUE, True),
    ("T17", "begin 2021", LETTER_405, "2021-01-01", "2021-03-31", DateKind.VAGUE, True),
    ("T18", "begin volgend jaar", LETTER_405, "2021-01-01", "2021-03-31", DateKind.VAGUE, True),
    ("T20", "In een later stadium", LETTER_405, None, None, DateKind.NONE, False),
    (
        "T21",
        "voor het zomerreces van 2021",
        LETTER_405,
        "2021-01-01",
        "2021-06-30",
        DateKind.VAGUE,
        True,
    ),
    ("T22", "in 2021", LETTER_405, "2021-01-01", "2021-12-31", DateKind.YEAR, False),
    ("T23", "in de loop van 2021", LETTER_405, "2021-01-01", "2021-12-31", DateKind.YEAR, True),
    (
        "T24",
        "totdat de corona-maatregelen het weer toelaten",
        LETTER_405,
        None,
        None,
        DateKind.CONDITIONAL,
        False,
    ),
    ("T25", "after the pilot", LETTER_405, None, None, DateKind.CONDITIONAL, False),
    ("T25nl", "na de pilot", LETTER_405, None, None, DateKind.CONDITIONAL, False),
    ("T26", "het komende jaar", LETTER_405, "2021-01-01", "2021-12-31", DateKind.YEAR, False),
    ("T27", "in 2021", LETTER_405, "2021-01-01", "2021-12-31", DateKind.YEAR, False),
]

MILESTONES: list[Case] = [
    ("1", "in 2018", None, "2018-01-01", "2018-12-31", DateKind.YEAR, False),
    ("2", "23 april 2019", None, "2019-04-23", "2019-04-23", DateKind.DAY, False),
    ("3", "vorig jaar", LETTER_405, "2019-01-01", "2019-12-31", DateKind.YEAR, False),
    ("4", "5 september jl.", LETTER_370, "2019-09-05", "2019-09-05", DateKind.DAY, False),
    ("5", "18 oktober jl.", LETTER_370, "2019-10-18", "2019-10-18", DateKind.DAY, False),
    ("5b", "oktober 2019", None, "2019-10-01", "2019-10-31", DateKind.MONTH, False),
    ("6", "eind 2019", None, "2019-10-01", "2019-12-31", DateKind.VAGUE, True),
    ("7", "In december 2019", None, "2019-12-01", "2019-12-31", DateKind.MONTH, False),
    ("8", "Begin 2020", None, "2020-01-01", "2020-03-31", DateKind.VAGUE, True),
    ("9", "20 februari jl.", LETTER_405, "2020-02-20", "2020-02-20", DateKind.DAY, False),
    ("10", "op 26 mei", LETTER_405, "2020-05-26", "2020-05-26", DateKind.DAY, False),
    ("11", "in 2020", None, "2020-01-01", "2020-12-31", DateKind.YEAR, False),
    ("12", "dit jaar", LETTER_405, "2020-01-01", "2020-12-31", DateKind.YEAR, False),
    ("13", "Begin oktober jl.", LETTER_405, "2020-10-01", "2020-10-10", DateKind.VAGUE, True),
    ("14", "11 november jl.", LETTER_405, "2020-11-11", "2020-11-11", DateKind.DAY, False),
    ("15", "16 november jl.", LETTER_405, "2020-11-16", "2020-11-16", DateKind.DAY, False),
    ("16", "jaarlijks in november", LETTER_405, None, None, DateKind.RECURRING, False),
    # The edition of that year, whose month the other words give.
    (
        "16b",
        "november van dit jaar",
        LETTER_405,
        "2020-11-01",
        "2020-11-30",
        DateKind.MONTH,
        False,
    ),
    ("17", "op 30 november", LETTER_405, "2020-11-30", "2020-11-30", DateKind.DAY, False),
    ("18", "inmiddels", LETTER_405, None, "2020-12-31", DateKind.VAGUE, True),
    ("19", "december 2020", None, "2020-12-01", "2020-12-31", DateKind.MONTH, False),
    ("20", "begin 2021", LETTER_405, "2021-01-01", "2021-03-31", DateKind.VAGUE, True),
    ("21", "medio 2021", LETTER_405, "2021-06-01", "2021-07-31", DateKind.VAGUE, True),
    ("22", "medio 2021", LETTER_405, "2021-06-01", "2021-07-31", DateKind.VAGUE, True),
    ("23", "in juni 2021", LETTER_405, "2021-06-01", "2021-06-30", DateKind.MONTH, False),
    (
        "24",
        "voor het zomerreces van 2021",
        LETTER_405,
        "2021-01-01",
        "2021-06-30",
        DateKind.VAGUE,
        True,
    ),
    ("25", "in de loop van 2021", LETTER_405, "2021-01-01", "2021-12-31", DateKind.YEAR, True),
    ("26", "het komende jaar", LETTER_405, "2021-01-01", "2021-12-31", DateKind.YEAR, False),
    ("27", "In een later stadium", LETTER_405, None, None, DateKind.NONE, False),
    ("28", "totdat …", LETTER_405, None, None, DateKind.CONDITIONAL, False),
    ("NEA", "de jaren 2007 t/m 2018", None, "2007-01-01", "2018-12-31", DateKind.YEAR, False),
]


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


@pytest.mark.parametrize("case", COMMITMENTS + MILESTONES, ids=lambda case: case[0])
def test_the_wording_stands_for_its_window(case: Case) -> None:
    _, text, anchor, earliest, latest, kind, convention = case
    reading = read(text, anchor=anchor)
    value = reading.value
    assert (value.text, value.earliest, value.latest) == (text, _day(earliest), _day(latest))
    assert value.kind is kind
    assert reading.convention is convention


@pytest.mark.parametrize(
    ("text", "by_reference_year", "by_official_date"),
    [
        ("begin volgend jaar", 2021, 2022),
        ("dit jaar", 2020, 2021),
        ("vorig jaar", 2019, 2020),
        ("26 mei", 2020, 2021),
        ("30 november", 2020, 2021),
    ],
)
def test_the_year_comes_from_the_anchor_and_from_nothing_else(
    text: str, by_reference_year: int, by_official_date: int
) -> None:
    years = [read(text, anchor=anchor).value.earliest for anchor in (LETTER_405, date(2021, 1, 11))]
    assert [day.year for day in years if day] == [by_reference_year, by_official_date]


def test_the_coming_year_differs_between_the_letters() -> None:
    old = read("het komende jaar", anchor=LETTER_370).value
    new = read("het komende jaar", anchor=LETTER_405).value
    assert (old.earliest, new.earliest) == (date(2020, 1, 1), date(2021, 1, 1))


def test_june_the_recess_and_the_middle_of_2021_are_three_terms() -> None:
    texts = ("juni 2021", "voor het zomerreces van 2021", "medio 2021")
    assert len({(v.earliest, v.latest) for v in (read(text).value for text in texts)}) == 3


def test_a_footnote_mark_glued_to_a_date_is_not_read_into_the_date() -> None:
    for text in ("oktober 201923", "11 november jl12", "2019.1"):
        reading = read(text, anchor=LETTER_405)
        assert reading.value.kind is DateKind.NONE
        assert reading.notices
