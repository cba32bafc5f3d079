"""When things happen: years that the letters only imply, and what runs, stands still or is due."""

import pytest

from tests import databases
from tests.letters.reading import LETTER_370, LETTER_405, Letters, window

pytestmark = databases.on_sqlite


@pytest.mark.parametrize(
    ("id_", "field", "first", "last"),
    [
        ("T18", "due", "2021-01-01", "2021-03-31"),
        ("E08", "when", "2020-11-01", "2020-11-30"),
        ("E10", "when", "2019-01-01", "2019-12-31"),
        ("E06", "when", "2020-05-26", "2020-05-26"),
        ("E09e", "when", "2020-11-30", "2020-11-30"),
        ("E07", "when", "2020-10-01", "2020-10-10"),
        ("T01", "due", "2020-02-20", "2020-12-31"),
    ],
)
def test_relative_words_count_from_the_year_of_the_text_not_of_the_official_date(
    read: Letters, id_: str, field: str, first: str, last: str
) -> None:
    """Trap 1."""
    assert window(read[id_][field]) == (first, last)


@pytest.mark.parametrize(
    ("letter", "year", "official"),
    [(LETTER_405, 2020, "2021-01-11"), (LETTER_370, 2019, "2019-12-19")],
)
def test_a_letter_keeps_its_official_date_and_its_reference_year_apart(
    read: Letters, letter: str, year: int, official: str
) -> None:
    """Trap 1: the letters print no date of their own."""
    document = read[letter]
    assert (document["printedWhen"], document["referenceYear"]) == (None, year)
    assert document["officialDate"] == official
    assert "outside" in {s["basis"] for s in document["sources"] if s["field"] == "officialDate"}


def test_whether_a_term_was_kept_by_the_letter_is_left_for_a_person_to_judge(
    read: Letters,
) -> None:
    """Trap 1: with the official date two terms were missed by eleven days."""
    assert (read["T01"]["outcome"], read["T07"]["outcome"]) == (None, None)
    assert "11 januari 2021" in read["T01"]["outcomeNote"]
    assert "11 januari 2021" in read["T07"]["outcomeNote"]


def test_the_pilot_is_paused_not_ended(read: Letters) -> None:
    """Trap 7."""
    pilot = read["I16"]
    assert pilot["status"] == "paused"
    assert [row["status"] for row in pilot["statuses"]] == ["in_preparation", "running", "paused"]
    assert pilot["statuses"][-1]["until"] is None


def test_the_pilot_resumes_on_a_condition_not_on_a_day(read: Letters) -> None:
    """Trap 7."""
    assert read.row("I16", "statuses", "paused")["resumeWhen"] == (
        "totdat de corona-maatregelen het weer toelaten"
    )
    assert read["T24"]["due"]["kind"] == read["M28"]["due"]["kind"] == "conditional"
    assert window(read["T24"]["due"]) == (None, None)


def test_the_pilot_did_not_move_online(read: Letters) -> None:
    """Trap 7."""
    assert "Online is niet gekozen" in read["I16"]["statusReason"]


def test_nothing_but_the_pilot_stands_still(read: Letters) -> None:
    """Trap 7."""
    still = {id_ for id_, i in read.all("initiative").items() if i["status"] == "paused"}
    assert still == {"I16"}
    assert "stopped" not in {i["status"] for i in read.all("initiative").values()}


@pytest.mark.parametrize(
    ("day", "status"),
    [("2018-12-31", "in_preparation"), ("2019-12-31", "running"), ("2020-12-31", "paused")],
)
def test_the_pilot_ran_from_the_end_of_2019_to_the_beginning_of_2020(
    read: Letters, day: str, status: str
) -> None:
    assert read.as_of(day)["I16"]["status"] == status


@pytest.mark.parametrize(
    ("id_", "status"),
    [("I14", "in_preparation"), ("I23", "running"), ("I13", "in_preparation"), ("I02", "running")],
)
def test_what_letter_405_settles_was_not_yet_so_when_letter_370_was_sent(
    read: Letters, id_: str, status: str
) -> None:
    assert read.as_of("2019-12-19")[id_]["status"] == status


def test_the_interviews_were_held_in_2020_about_complaints_of_2018_and_2019(
    read: Letters,
) -> None:
    """Trap 9."""
    assert window(read["M11"]["due"]) == ("2020-01-01", "2020-12-31")
    assert "In 2020 zijn werknemers geïnterviewd" in read["I02"]["description"]
    assert "NEA 2018 en 2019" in read["I02"]["description"]


def test_the_coming_year_is_2020_in_one_letter_and_2021_in_the_other(read: Letters) -> None:
    """Trap 25."""
    assert read["T09"]["due"]["text"] == read["T26"]["due"]["text"] == "het komende jaar"
    assert window(read["T09"]["due"]) == ("2020-01-01", "2020-12-31")
    assert window(read["T26"]["due"]) == ("2021-01-01", "2021-12-31")


def test_june_the_recess_and_mid_2021_are_three_terms(read: Letters) -> None:
    """Trap 26."""
    convention, ratification = read["E11"]["when"], read["M24"]["due"]
    plan, progress = read["M21"]["due"], read["M22"]["due"]
    assert window(convention) == ("2021-06-01", "2021-06-30")
    assert ratification["text"] == "voor het zomerreces van 2021"
    assert window(ratification) == ("2021-01-01", "2021-06-30")
    assert window(plan) == window(progress) == ("2021-06-01", "2021-07-31")


@pytest.mark.parametrize("id_", ["T20", "M27"])
def test_a_later_stage_has_no_day(read: Letters, id_: str) -> None:
    assert window(read[id_]["due"]) == (None, None)


def test_the_outbreak_of_corona_has_no_date_in_the_letters(read: Letters) -> None:
    assert read["E12"]["when"] is None


def test_the_edition_of_2020_had_its_own_motto(read: Letters) -> None:
    """Trap 1: not of 2021."""
    edition = read.row("I04", "editions", "e2020")
    assert (edition["motto"], edition["when"]["text"]) == ("Blijf in balans", "november 2020")
