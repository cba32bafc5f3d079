"""How hard something was said, and how it stands."""

import pytest

from tests import databases
from tests.letters.reading import LETTER_370, LETTER_405, Letters

pytestmark = databases.on_sqlite

SETTLED = "T01 T02 T03 T04 T05 T06 T07 T09 T11 T13 T14".split()
STILL_OPEN = "T15 T16 T17 T18 T19 T20 T21 T22 T23 T24 T25 T26 T27 T28 T31".split()
TO_THE_HOUSE = {"T01", "T02", "T04", "T05", "T06", "T07", "T15", "T18", "T21"}


@pytest.mark.parametrize(
    ("id_", "strength"), [("T15", "intention"), ("T16", "aim"), ("T21", "expectation")]
)
def test_nothing_about_mid_2021_is_a_promise(read: Letters, id_: str, strength: str) -> None:
    """Trap 6."""
    assert read[id_]["strength"] == strength


def test_the_plan_and_the_progress_letter_are_two_items(read: Letters) -> None:
    """Trap 6."""
    assert read["T15"]["due"]["text"] == read["T16"]["due"]["text"] == "medio 2021"
    assert "plan van aanpak" in read["T16"]["text"]
    assert "plan van aanpak" not in read["T15"]["text"]


def test_promises_to_the_house_are_five(read: Letters) -> None:
    """Trap 6."""
    promises = {id_ for id_, c in read.all("commitment").items() if c["strength"] == "promise"}
    assert promises == {"T01", "T02", "T04", "T05", "T06"}


def test_an_aim_keeps_its_word(read: Letters) -> None:
    """Trap 6."""
    assert read["T16"]["text"].startswith("Het streven is")
    assert read["T15"]["text"].startswith("De staatssecretaris is voornemens")
    assert read["T21"]["text"].startswith("De staatssecretaris verwacht")


def test_to_report_whether_was_promised_and_done(read: Letters) -> None:
    """Trap 14: delivering earlier was never promised."""
    promise = read["T06"]
    assert (promise["status"], promise["outcome"]) == ("met", "as_promised")
    assert " of het eindrapport eerder" in promise["text"]
    assert "niet mogelijk" in promise["outcomeNote"]


@pytest.mark.parametrize("id_", SETTLED)
def test_what_is_settled_says_by_which_letter(read: Letters, id_: str) -> None:
    assert read[id_]["status"] == "met"
    assert read.named(id_, "discharges", "document") in ([LETTER_405], [LETTER_370])


@pytest.mark.parametrize("id_", ["T05", "T06"])
def test_what_letter_370_settled_was_settled_in_2019(read: Letters, id_: str) -> None:
    assert read.named(id_, "discharges", "document") == [LETTER_370]
    assert read.as_of("2019-12-31")[id_]["status"] == "met"


@pytest.mark.parametrize("id_", STILL_OPEN)
def test_what_is_open_is_settled_by_nothing(read: Letters, id_: str) -> None:
    assert (read[id_]["status"], read[id_]["discharges"]) == ("open", [])


def test_a_policy_reaction_settles_the_decision_in_part(read: Letters) -> None:
    assert read["T08"]["status"] == "partly_met"
    assert read.row("T08", "discharges", "brief-405")["ministry"] == "partly_met"


def test_interviews_with_young_people_are_not_reported_back(read: Letters) -> None:
    assert (read["T12"]["status"], read["T12"]["outcome"]) == ("untraceable", "unknown")


@pytest.mark.parametrize("id_", ["T10", "T29", "T30"])
def test_what_has_no_end_is_ongoing(read: Letters, id_: str) -> None:
    assert read[id_]["status"] == "ongoing"


def test_what_the_house_thinks_of_it_is_in_neither_letter(read: Letters) -> None:
    judged = {row["chamber"] for c in read.all("commitment").values() for row in c["discharges"]}
    assert judged == {None}


def test_only_the_manifesto_is_called_settled(read: Letters) -> None:
    """“Geef ik invulling aan” is softer than “afgedaan”, and each note keeps the letter's word."""
    notes = {
        id_: c["discharges"][0]["note"]
        for id_, c in read.all("commitment").items()
        if c["discharges"]
    }
    assert {id_ for id_, note in notes.items() if "«afgedaan»" in note} == {"T04"}
    assert "«geef ik invulling aan»" in notes["T01"]


def test_who_is_addressed_is_the_house_or_nobody(read: Letters) -> None:
    addressed = {
        id_
        for id_, c in read.all("commitment").items()
        if "P26" in read.named(id_, "to", "partner")
    }
    assert addressed == TO_THE_HOUSE


def test_a_motion_is_of_the_member_who_moved_it(read: Letters) -> None:
    assert read.named("T03", "by", "person") == ["H06"]
    assert read.id(read["T03"]["madeAt"]["document"]) == "kst-35000-XV-49"


def test_who_judges_the_intervention_is_not_stated(read: Letters) -> None:
    assert read["T25"]["by"] == []


@pytest.mark.parametrize("id_", ["T26", "T27", "T28"])
def test_what_the_inspectorate_will_do_is_announced_of_the_inspectorate(
    read: Letters, id_: str
) -> None:
    """Trap 29."""
    partners = read.named(id_, "by", "partner")
    assert "P04" in partners
    assert "P01" not in partners
