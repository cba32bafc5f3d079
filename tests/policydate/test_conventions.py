"""The reading conventions are data: another window or a known recess changes what is read."""

from datetime import date

import pytest

from registry.policydate import DEFAULTS, Conventions, DateKind, Window, read

KNOWN = Conventions(recesses={("summer", 2021): (date(2021, 7, 9), date(2021, 8, 30))})


def test_the_default_windows() -> None:
    assert {name: DEFAULTS.windows[name] for name in ("begin", "medio", "eind")} == {
        "begin": Window((1, 1), (3, 31)),
        "medio": Window((6, 1), (7, 31)),
        "eind": Window((10, 1), (12, 31)),
    }
    assert not DEFAULTS.recesses


def test_an_edited_window_is_used_and_the_others_stay() -> None:
    conventions = Conventions(windows={"medio": Window((5, 1), (8, 31))})
    medio = read("medio 2021", conventions=conventions).value
    assert (medio.earliest, medio.latest) == (date(2021, 5, 1), date(2021, 8, 31))
    assert read("begin 2021", conventions=conventions).value.latest == date(2021, 3, 31)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("voor het zomerreces van 2021", date(2021, 1, 1), date(2021, 7, 8)),
        ("before the summer recess of 2021", date(2021, 1, 1), date(2021, 7, 8)),
        ("voor de zomer van 2021", date(2021, 1, 1), date(2021, 7, 8)),
        ("zomerreces 2021", date(2021, 7, 9), date(2021, 8, 30)),
        ("na het zomerreces van 2021", date(2021, 8, 31), date(2021, 12, 31)),
        ("uiterlijk voor het zomerreces van 2021", None, date(2021, 7, 8)),
    ],
)
def test_a_known_recess(text: str, earliest: date | None, latest: date) -> None:
    reading = read(text, conventions=KNOWN)
    assert (reading.value.earliest, reading.value.latest) == (earliest, latest)
    assert reading.value.kind is DateKind.VAGUE
    assert reading.convention
    assert not reading.notices


def test_an_unknown_summer_recess_is_read_cautiously_and_says_so() -> None:
    reading = read("voor het zomerreces van 2021")
    assert reading.value.latest == date(2021, 6, 30)
    assert "zomerreces van 2021 zijn niet bekend" in reading.notices[0].nl
    assert "summer recess of 2021 are not known" in reading.notices[0].en


def test_a_recess_of_another_year_does_not_help() -> None:
    assert read("voor het zomerreces van 2022", conventions=KNOWN).notices


def test_winter_ends_on_the_last_day_of_february() -> None:
    assert read("winter 2019").value.latest == date(2020, 2, 29)
    assert read("winter 2020").value.latest == date(2021, 2, 28)


@pytest.mark.parametrize("day", [(13, 1), (0, 1), (2, 30), (6, 31), (6, 0)])
def test_a_window_needs_days_that_exist(day: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no such day"):
        Window(day, (12, 31))
