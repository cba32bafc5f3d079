"""What each initiative is, and what it must not be taken for."""

import pytest

from tests import databases
from tests.letters.reading import LETTER_370, Letters, words

pytestmark = databases.on_sqlite

BESIDE = {"I12", "I13", "I14", "I15", "I16", "I17", "I18", "I19"}


def test_there_are_four_themes_and_home_working_is_part_of_the_fourth(read: Letters) -> None:
    """Trap 19."""
    current = [t["name"] for t in read.all("theme").values() if t["phase"] == "current"]
    assert current == [
        "Kennisontwikkeling",
        "Preventie",
        "Deskundige ondersteuning",
        "Maatschappelijke ontwikkelingen waaronder thuiswerken",
    ]


def test_the_risk_sectors_are_a_theme_of_a_later_stage_without_a_day(read: Letters) -> None:
    """Trap 19."""
    assert read["theme-risicosectoren"]["phase"] == "later"
    assert read["T20"]["due"]["text"] == "in een later stadium"


def test_what_the_week_and_the_platform_call_a_theme_is_none_of_the_collaboration(
    read: Letters,
) -> None:
    """Trap 19."""
    names = words(*(t["name"] for t in read.all("theme").values()))
    assert not {w for w in ("balans", "kerntaken", "competenties", "thuiszorg") if w in names}


def test_documents_of_november_2020_are_three(read: Letters) -> None:
    """Trap 15."""
    debate, cabinet, letter = read["E04"], read["E09c"], read["E09d"]
    assert [read.id(e["document"]) for e in (debate, cabinet, letter)] == [
        "kst-25883-400",
        "kst-29544-1028",
        "kst-25883-394",
    ]
    assert [e["when"]["earliest"] for e in (debate, cabinet, letter)] == [
        "2020-11-11",
        "2020-11-11",
        "2020-11-16",
    ]


@pytest.mark.parametrize(
    ("initiative", "document"), [("I05", "kst-32793-496"), ("I12", "kst-32793-510")]
)
def test_two_papers_of_one_dossier_are_about_two_initiatives(
    read: Letters, initiative: str, document: str
) -> None:
    """Trap 16."""
    assert read.named(initiative, "documents", "document") == [document]


@pytest.mark.parametrize(("id_", "author"), [("I03", "P05"), ("I09", "P15"), ("I10", "P15")])
def test_each_manifesto_and_the_white_paper_has_its_own_author(
    read: Letters, id_: str, author: str
) -> None:
    """Trap 17."""
    assert read.roles(id_) == {"author": [author]}


def test_the_seven_action_points_are_of_the_manifesto_of_the_baeno(read: Letters) -> None:
    """Trap 17."""
    assert read.id(read["N09"]["document"]) == "doc-manifest-bao"
    assert "zeven" not in words(read["I09"]["description"], read["I10"]["description"])


def test_the_state_secretary_endorses_the_shift_and_some_other_points(read: Letters) -> None:
    """Trap 18."""
    text = read["I03"]["description"]
    assert "een aantal andere punten" in text
    assert "noemt de zeven punten niet op" in text


def test_the_plan_of_the_collaboration_is_not_that_of_a_company(read: Letters) -> None:
    """Trap 20."""
    assert read.id(read["plan-bms"]["initiative"]) == "I01"
    assert "plan van aanpak van het bedrijf" in read["I19"]["description"]
    assert "plan van aanpak van het bedrijf" in read["T28"]["text"]
    assert (
        "niet het plan van aanpak van de samenwerking" in (read["doc-rie-plan-van-aanpak"]["note"])
    )


def test_the_money_is_structural_and_for_primary_education(read: Letters) -> None:
    """Trap 22."""
    money = read.row("I06", "money", "po-430")
    assert (money["amount"], money["term"]) == ("430000000.00", "structural")
    assert money["forWhom"] == "primair onderwijs"


def test_no_other_initiative_has_a_budget_in_the_letters(read: Letters) -> None:
    """Trap 22."""
    assert [id_ for id_, i in read.all("initiative").items() if i["money"]] == ["I06"]


def test_the_239_are_of_companies_and_sector_organisations_in_2020(read: Letters) -> None:
    """Trap 23."""
    edition = read.row("I18", "editions", "e2020")
    assert (edition["participants"], edition["when"]["earliest"]) == (239, "2020-05-26")
    assert read.roles("I18")["participant"] == ["G23"]
    assert read["N07"]["population"] == "bedrijven en brancheorganisaties"


def test_convention_190_is_adopted_and_not_yet_in_force(read: Letters) -> None:
    """Trap 27."""
    assert read["I15"]["status"] != "in_force"
    assert read.as_of("2021-06-30")["I15"]["status"] == "in_force"


def test_convention_190_binds_only_who_has_ratified_it(read: Letters) -> None:
    """Trap 27."""
    assert (
        "bindend voor de landen die het ratificatieproces hebben voltooid"
        in (read["I15"]["description"])
    )


def test_vitaal_bedrijf_and_the_other_activities_run_beside_the_collaboration(
    read: Letters,
) -> None:
    """Trap 28."""
    beside = {id_ for id_, i in read.all("initiative").items() if i["relation"] == "beside"}
    assert beside == BESIDE
    assert "P04" in read.roles("I01")["participant"]


@pytest.mark.parametrize("id_", ["I11", "I20", "I21", "I22", "I23"])
def test_a_relation_that_the_letters_do_not_state_stays_empty(read: Letters, id_: str) -> None:
    assert read[id_]["relation"] is None


def test_no_initiative_has_been_assessed(read: Letters) -> None:
    assert {i["effectiveness"] for i in read.all("initiative").values()} == {"not_assessed"}


def test_the_guidance_was_being_drawn_up_and_then_appeared(read: Letters) -> None:
    assert [row["status"] for row in read["I14"]["statuses"]] == ["in_preparation", "issued"]


def test_a_study_that_letter_405_does_not_mention_has_no_status(read: Letters) -> None:
    assert read["I22"]["status"] is None
    assert {read.id(s["document"]) for s in read["I22"]["sources"] if s["document"]} == {LETTER_370}


def test_numbers_of_papers_do_not_follow_the_days_of_events(read: Letters) -> None:
    earlier, later = read["kst-25883-400"], read["kst-25883-394"]
    assert int(later["number"]) < int(earlier["number"])
    assert read["E04"]["when"]["latest"] < read["E09d"]["when"]["earliest"]
