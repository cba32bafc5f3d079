"""Who names what as a cause, of whom it is said to be a risk, and who should act."""

import pytest

from tests import databases
from tests.letters.reading import LETTER_370, LETTER_405, Letters

pytestmark = databases.on_sqlite

BOTH = {"F01", "F02", "F03"}
ONLY_2019 = {"F07", "F08", "F09"}
ONLY_2020 = {"F04", "F05", "F06"}


def ranks(read: Letters, letter: str) -> dict[str, int | None]:
    """The rank of every risk sector in a letter."""
    return {
        id_: row["rank"]
        for id_, sector in read.all("sector").items()
        for row in sector["designations"]
        if row["designation"] == "risk_sector" and read.id(row["document"]) == letter
    }


def named_by_tno(read: Letters, letter: str) -> set[str]:
    return {
        id_
        for id_, cause in read.all("cause").items()
        for row in cause["claims"]
        if read.id(row["partner"]) == "P06" and row["stance"] == "names"
        if read.id(row["document"]) == letter
    }


def test_letter_370_ranks_the_risk_sectors_education_first(read: Letters) -> None:
    """Trap 10."""
    assert ranks(read, LETTER_370) == {
        "sector-onderwijs": 1,
        "sector-ict": 2,
        "sector-industrie": 3,
        "sector-zorg": 4,
    }


def test_letter_405_names_the_same_sectors_and_ranks_none(read: Letters) -> None:
    """Trap 10."""
    assert set(ranks(read, LETTER_405)) == set(ranks(read, LETTER_370))
    assert set(ranks(read, LETTER_405).values()) == {None}


def test_letter_405_once_calls_sectors_risk_groups_home_care_among_them(read: Letters) -> None:
    """Trap 10."""
    called = {
        id_
        for id_, sector in read.all("sector").items()
        if "risk_group" in {row["designation"] for row in sector["designations"]}
    }
    assert called == {*ranks(read, LETTER_405), "sector-thuiszorg"}


def test_home_working_is_added_by_the_state_secretary_not_by_tno(read: Letters) -> None:
    """Trap 10."""
    assert read["D04"]["namedBy"] == "Staatssecretaris van SZW"
    assert read.named("F30", "claims", "partner") == [None]
    assert read.named("F30", "claims", "office") == ["office-stas-szw"]


def test_a_faster_increase_is_no_level(read: Letters) -> None:
    assert "geen niveau" in read["D02"]["description"]
    assert read.row("sector-thuiszorg", "designations", "faster-2019")["rank"] is None


def test_informal_care_is_to_be_studied_and_no_finding(read: Letters) -> None:
    """Trap 24."""
    assert [row["stance"] for row in read["F10"]["claims"]] == ["to_be_studied"]
    assert [read.id(row["document"]) for row in read["F10"]["claims"]] == [LETTER_370]


def test_informal_carers_are_a_target_group_of_the_inspectorate_in_2021(read: Letters) -> None:
    """Trap 24."""
    carers = read["D07"]
    assert (carers["kind"], carers["namedBy"]) == ("target", "Inspectie SZW")
    assert carers["year"]["earliest"] == "2021-01-01"


def test_the_lists_of_factors_of_2019_and_2020_are_not_one_list(read: Letters) -> None:
    """Trap 32."""
    assert named_by_tno(read, LETTER_370) == BOTH | ONLY_2019
    assert named_by_tno(read, LETTER_405) == BOTH | ONLY_2020


@pytest.mark.parametrize(("key", "certainty"), [("tno-2019", "hedged"), ("tno-2020", "firm")])
def test_what_letter_370_says_with_a_hedge_letter_405_says_firmly(
    read: Letters, key: str, certainty: str
) -> None:
    """Trap 32."""
    assert {read.row(id_, "claims", key)["certainty"] for id_ in BOTH} == {certainty}


def test_sex_age_and_education_are_no_explanation_by_themselves(read: Letters) -> None:
    assert [row["stance"] for row in read["F11"]["claims"]] == ["denies"]


@pytest.mark.parametrize("id_", ["F18", "F19", "F20", "F21"])
def test_societal_causes_came_up_only_after_prompting(read: Letters, id_: str) -> None:
    assert [row["prompting"] for row in read[id_]["claims"]] == ["prompted"]
    assert read[id_]["domains"][0] | {"key": ""} == {
        "key": "",
        "domain": "society",
        "printed": True,
    }


@pytest.mark.parametrize("id_", [f"F{n:02}" for n in range(1, 10)])
def test_in_which_domain_a_factor_of_tno_lies_is_inferred(read: Letters, id_: str) -> None:
    assert {row["printed"] for row in read[id_]["domains"]} == {False}


def test_the_social_partners_disagree_and_each_side_keeps_its_own_view(read: Letters) -> None:
    """Trap 33."""
    assert read.named("view-3", "holders", "partner") == ["G02"]
    assert read["view-3"]["responsible"] == "De organisatie"
    assert read.named("view-4", "holders", "partner") == ["G03"]


def test_to_employers_the_individual_is_responsible_for_signalling(read: Letters) -> None:
    """Trap 33: not for the complaints."""
    assert read["view-4"]["responsible"] == "Het individu, voor het signaleren van klachten"


def test_both_sides_hold_together_only_what_is_said_of_both(read: Letters) -> None:
    """Trap 33."""
    together = [id_ for id_ in read.all("view") if "G01" in read.named(id_, "holders", "partner")]
    assert together == ["view-2"]


def test_who_is_primarily_responsible_moved_from_employer_to_both(read: Letters) -> None:
    """Trap 34."""
    assert read["view-9"]["responsible"] == "De werkgever"
    assert read["view-8"]["responsible"] == "Werkgevers en werknemers"
    assert read.id(read["view-9"]["document"]) == LETTER_370
    assert read.id(read["view-8"]["document"]) == LETTER_405


def test_employers_and_workers_name_staff_shortage_each_in_their_own_way(read: Letters) -> None:
    assert read.named("F22", "claims", "partner") == ["G02", "G03"]
