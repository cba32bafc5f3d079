"""Each figure with its own year, population and caveat."""

import pytest

from tests import databases
from tests.letters.reading import Letters, words

pytestmark = databases.on_sqlite


def test_17_percent_is_of_2019_and_1_3_million_of_2018(read: Letters) -> None:
    """Trap 4."""
    share = read.row("N01", "observations", "y2019")
    number = read.row("N04", "observations", "y2018")
    assert (share["value"], share["year"]) == (17, 2019)
    assert (number["value"], number["year"]) == (1_300_000, 2018)


def test_no_number_is_given_for_the_share_of_2018(read: Letters) -> None:
    """Trap 4: letter 405 prints only “the same high level”."""
    earlier = read.row("N01", "observations", "y2018")
    assert (earlier["value"], earlier["text"]) == (None, "hetzelfde hoge niveau")


def test_3_1_billion_is_absence_per_year_for_employers(read: Letters) -> None:
    """Trap 4: not what burn-out costs."""
    cost = read["N05"]
    assert (cost["unit"], cost["population"]) == ("euro per jaar", "werkgevers")
    assert "verzuim door werkstress en werkdruk" in cost["name"]
    assert cost["observations"][0]["value"] == 3_100_000_000
    assert cost["observations"][0]["year"] == 2018


def test_the_share_is_not_called_stable(read: Letters) -> None:
    """Trap 5."""
    latest = read.row("N01", "observations", "y2019")
    assert latest["trend"] == "unknown"
    assert "lijkt" in latest["caveat"]
    assert "stijgende trend" in latest["caveat"]


def test_the_figures_of_2020_are_waited_for(read: Letters) -> None:
    """Trap 5."""
    assert "cijfers over 2020" in read.row("N01", "observations", "y2019")["nextExpected"]


def test_the_rise_began_in_2013_and_no_percentage_is_given(read: Letters) -> None:
    """Trap 5."""
    start = read.row("N01", "observations", "y2013")
    assert (start["trend"], start["value"]) == ("up", None)


def test_the_430_million_is_no_budget_of_the_collaboration(read: Letters) -> None:
    """Trap 22."""
    assert read["N06"]["population"] == "primair onderwijs"
    assert "geen budget van de samenwerking" in read["N06"]["observations"][0]["caveat"]


@pytest.mark.parametrize("id_", ["N01", "N04"])
def test_figures_of_the_nea_are_of_employees_not_of_all_workers(read: Letters, id_: str) -> None:
    """Trap 30."""
    assert read[id_]["population"] == "werknemers"


def test_the_aim_of_the_collaboration_is_about_all_workers(read: Letters) -> None:
    """Trap 30."""
    assert "werkenden met burn-outklachten" in read["I01"]["goal"]
    assert read["D14"]["name"] == "Werkenden met burn-outklachten"


def test_codi_is_wider_than_employees(read: Letters) -> None:
    """Trap 30."""
    assert read["N11"]["population"] == "werknemers, zelfstandigen en niet-werkenden"


def test_complaints_are_not_the_same_as_burn_out(read: Letters) -> None:
    """Trap 31."""
    assert "burn-outklachten" in read["N01"]["name"]
    assert "niet om burn-out" in read["N01"]["definition"]
    assert "niet de kosten van burn-out" in read["N05"]["observations"][0]["caveat"]


def test_psychosocial_work_load_is_wider_than_burn_out(read: Letters) -> None:
    """Trap 31."""
    assert "ruimer dan burn-outklachten" in read["N19"]["observations"][0]["caveat"]
    assert "niet over burn-outklachten" in read["F31"]["claims"][0]["note"]
    assert "niet burn-outklachten" in read["N18"]["observations"][0]["caveat"]


def test_how_the_netherlands_compare_has_two_answers_and_a_weak_basis(read: Letters) -> None:
    """Trap 35."""
    compared = read["N21"]["observations"][0]
    assert "relatief weinig" in compared["text"]
    assert "vergelijkbaar beeld" in compared["text"]
    assert (compared["value"], compared["trend"]) == (None, "unknown")
    assert "één vraag" in compared["caveat"]
    assert read["N14"]["observations"][0]["value"] == 1


def test_a_cost_without_an_amount_has_no_amount(read: Letters) -> None:
    assert read["N22"]["observations"][0]["value"] is None


def test_a_figure_of_a_publication_takes_no_year_of_measuring_from_it(read: Letters) -> None:
    assert [read[id_]["observations"][0]["year"] for id_ in ("N14", "N15")] == [None, None]


def test_always_available_is_an_expression_and_no_figure(read: Letters) -> None:
    names = words(*(i["name"] for i in read.all("indicator").values()))
    assert "24/7" not in names
    assert "24/7" in read["F18"]["name"]
