"""Who takes part, who is only mentioned, and who does what."""

import pytest

from tests import databases
from tests.letters.reading import LETTER_370, LETTER_405, Letters, words

pytestmark = databases.on_sqlite

FOOTNOTE_21 = {"P02", "P03", "P04", "G01", "G05", "G07"}
SOUGHT_IN_2020 = {"P02", "P03", "G01", "G04", "G06"}
MEANT_IN_2019 = {"P02", "P03", "G01", "G08", "G09"}


def test_a_body_only_mentioned_is_no_partner_of_the_collaboration(read: Letters) -> None:
    """Trap 2."""
    assert read.with_membership("member") == FOOTNOTE_21 | {"P05"}


@pytest.mark.parametrize("id_", "P06 P08 P09 P10 P11 P15 P16 P17 P18 P19".split())
def test_whose_activity_is_an_example_has_no_part_by_that(read: Letters, id_: str) -> None:
    """Trap 2."""
    assert [row["status"] for row in read[id_]["memberships"]] == ["mentioned"]


def test_the_list_of_the_footnote_and_that_of_the_text_are_two_lists(read: Letters) -> None:
    """Trap 3."""
    assert read.with_membership("member", "fn21") == FOOTNOTE_21
    assert read.with_membership("invited", "ik-zoek") == SOUGHT_IN_2020


def test_both_lists_are_kept_with_their_own_passage(read: Letters) -> None:
    """Trap 3."""
    assert "Partijen die deelnemen" in read.quoted("P03", "memberships[fn21].status")[0]
    assert "Ik zoek hiervoor actief" in read.quoted("P03", "memberships[ik-zoek].status")[0]


def test_nobody_is_put_in_the_core_group(read: Letters) -> None:
    """Trap 3: the footnote hangs on the word, but speaks of the collaboration."""
    bodies = {row["body"] for p in read.all("partner").values() for row in p["memberships"]}
    assert bodies == {"collaboration", "sounding_board"}
    assert "staat er niet eenduidig" in read["G10"]["description"]


def test_the_ministry_leads_and_is_in_neither_list(read: Letters) -> None:
    """Trap 3."""
    assert read.with_membership("lead") == {"P01"}
    assert [row["status"] for row in read["P01"]["memberships"]] == ["lead"]


def test_civil_society_organisations_are_meant_only_in_2019(read: Letters) -> None:
    """Trap 3."""
    assert read.with_membership("invited", "lijst-2019") == MEANT_IN_2019
    assert [row["key"] for row in read["G08"]["memberships"]] == ["lijst-2019"]


def test_a_narrower_group_is_another_group(read: Letters) -> None:
    """Trap 3: the footnote narrows the associations to those from (occupational) health care."""
    assert read["G04"]["name"] == "Branche- en beroepsverenigingen"
    assert read["G05"]["name"] == "Branche- en beroepsverenigingen uit de (arbo)zorg"


def test_a_group_is_resolved_to_no_organisation(read: Letters) -> None:
    assert [p["name"] for p in read.all("partner").values() if p["categories"]] == []


def test_who_takes_part_in_the_collaboration_is_who_is_said_to(read: Letters) -> None:
    """Trap 2."""
    assert set(read.roles("I01")["participant"]) == FOOTNOTE_21 | {"P05"}


def test_the_week_is_initiated_by_the_ministry_and_coordinated_by_oval(read: Letters) -> None:
    """Trap 8."""
    assert read.roles("I04") == {"initiator": ["P01"], "coordinator": ["P08"]}


def test_vitaal_bedrijf_is_launched_by_two_and_executed_by_a_foundation(read: Letters) -> None:
    """Trap 8."""
    roles = read.roles("I12")
    assert roles["launcher"] == ["P01", "P02"]
    assert roles["executor"] == ["P18"]
    assert "initiator" not in roles


def test_the_house_was_informed_of_vitaal_bedrijf_by_the_other_state_secretary(
    read: Letters,
) -> None:
    """Trap 8."""
    assert read["kst-32793-510"]["signatory"] == "Staatssecretaris van VWS"
    assert "Staatssecretaris van VWS informeerde de Kamer" in read["E09e"]["note"]


def test_the_letter_of_october_2019_is_by_van_ark(read: Letters) -> None:
    """Trap 11: letter 405 says both “my predecessor” and “I” of it."""
    assert read["kst-25883-365"]["signatory"].startswith("T. van Ark")
    assert read.id(read.row("T14", "by", "van-ark")["person"]) == "H02"


def test_there_are_two_state_secretaries_of_one_office_one_of_another_and_a_minister(
    read: Letters,
) -> None:
    """Trap 12."""
    holders = {id_: read.id(p["office"]) for id_, p in read.all("person").items() if p["office"]}
    assert holders == {"H01": "office-stas-szw", "H02": "office-stas-szw", "H06": "office-kamerlid"}
    assert {"H04", "H05"} <= set(read.all("office"))


def test_the_promise_of_april_2019_is_of_the_minister(read: Letters) -> None:
    """Trap 12."""
    assert read.named("T05", "by", "office") == ["H05"]
    assert read.named("T05", "by", "person") == [None]


@pytest.mark.parametrize("id_", ["T01", "T02"])
def test_who_promised_in_february_2020_is_not_stated(read: Letters, id_: str) -> None:
    """Trap 13."""
    assert read.named(id_, "by", "person") == [None]
    assert read.named(id_, "by", "office") == [None]


def test_who_promised_in_november_2020_is_stated(read: Letters) -> None:
    """Trap 13."""
    assert read.named("T04", "by", "person") == ["H01"]


def test_the_network_of_vitaal_bedrijf_is_not_that_of_the_collaboration(read: Letters) -> None:
    """Trap 21."""
    assert read["G20"]["memberships"] == []
    assert "G20" in read.roles("I12")["participant"]
    assert "G20" not in read.roles("I01")["participant"]


def test_the_inspectorate_and_the_ministry_are_two_organisations(read: Letters) -> None:
    """Trap 29."""
    assert (read["P01"]["kind"], read["P04"]["kind"]) == ("ministry", "inspectorate")
    assert read["P04"]["parent"] is None


def test_two_groups_of_departments_are_not_the_same(read: Letters) -> None:
    assert "G09" not in read.roles("I15")["participant"]
    assert "G25" in read.roles("I15")["participant"]


@pytest.mark.parametrize("id_", "P06 P07 P08 P09 P11 P17 P19 P22".split())
def test_an_abbreviation_that_is_not_written_out_is_not_expanded(read: Letters, id_: str) -> None:
    """Trap 36."""
    assert read[id_]["name"] == read[id_]["abbreviation"]


@pytest.mark.parametrize("id_", ["P15", "P18"])
def test_an_abbreviation_that_does_not_occur_is_not_given(read: Letters, id_: str) -> None:
    """Trap 36."""
    assert read[id_]["abbreviation"] is None


def test_the_collaboration_has_no_abbreviation(read: Letters) -> None:
    """Trap 36."""
    names = words(*(p["abbreviation"] for p in read.all("partner").values()))
    assert "bms" not in names
    assert "bms" not in words(read["I01"]["title"], read["I01"]["summary"])


def test_what_kind_of_organisation_it_is_stays_empty_where_the_letters_do_not_say(
    read: Letters,
) -> None:
    silent = "P06 P07 P08 P09 P10 P11 P15 P16 P17 P19 P22 P24".split()
    assert [read[id_]["kind"] for id_ in silent] == [None] * len(silent)


def test_the_baseline_among_students_is_only_in_letter_370(read: Letters) -> None:
    cited = {read.id(s["document"]) for s in read["I20"]["sources"] if s["document"]}
    assert cited == {LETTER_370} != {LETTER_405}
