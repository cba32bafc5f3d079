"""Lists: search, filters with counts, sort and paging, all in the address."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from registry.screens.lists import pager
from tests.browsing import Client, Page, words
from tests.factories import Make

Counting = Callable[[], AbstractContextManager[list[str]]]


def titles(page: Page) -> list[str]:
    return [words(a) for a in page.all(".//tbody//th/a")]


def test_a_list_shows_what_is_published_and_counts_it(client: Client, make: Make) -> None:
    make("partner", name="Zilver")
    make("partner", name="Appel")
    make("partner", name="Verborgen", state="draft")
    page = client.page("/partners?q=zilver")
    assert titles(page) == ["Zilver"]
    assert "1 resultaat" in page.text


def test_a_filter_shows_counts_and_can_be_taken_back(client: Client, make: Make) -> None:
    make("partner", name="Een", payload={"kind": "ministry"})
    make("partner", name="Twee", payload={"kind": "ministry"})
    make("partner", name="Drie", payload={"kind": "foundation"})
    page = client.page("/partners?kind=ministry&sort=-title&page=1")
    assert titles(page) == ["Twee", "Een"]
    box = page.all(".//input[@name='kind'][@value='foundation']")[0]
    assert box.get("checked") is None
    chip = page.all(".//a[@class='app-chip']")[0]
    assert "Soort organisatie: ministerie" in words(chip)
    assert chip.get("href") == "/partners?sort=-title"


def test_a_column_sorts_both_ways(client: Client, make: Make) -> None:
    make("theme", name="Anders")
    page = client.page("/themes?q=anders")
    assert page.links()["Thema, sorteren"] == "/themes?q=anders&sort=title"
    page = client.page("/themes?q=anders&sort=title")
    assert page.links()["Thema, sorteren"] == "/themes?q=anders&sort=-title"
    assert page.all(".//th[@aria-sort='ascending']")


def test_paging_keeps_the_question(client: Client, make: Make) -> None:
    for number in range(5):
        make("theme", name=f"Bladzij {number}")
    page = client.page("/themes?q=bladzij&perPage=2&page=2")
    assert titles(page) == ["Bladzij 2", "Bladzij 3"]
    assert page.links()["Volgende"] == "/themes?q=bladzij&perPage=2&page=3"
    assert page.links()["Vorige"] == "/themes?q=bladzij&perPage=2"


def test_a_page_that_does_not_exist_says_so(client: Client) -> None:
    assert "Niets gevonden" in client.page("/themes?page=400").text


@pytest.mark.parametrize(
    ("name", "told", "number"),
    [
        ("page", "Pagina", "0000000000011999999999999999999999999999999"),
        ("perPage", "Aantal per pagina", "0000000000011999999999999999999999999999999"),
        ("perPage", "Aantal per pagina", "0000000000011000"),
    ],
)
def test_a_number_is_refused_by_all_of_its_digits(
    name: str, told: str, number: str, client: Client
) -> None:
    page = client.page(f"/initiatives?{name}={number}", status=400)
    assert f"{told}: Geef een geheel getal" in page.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("theme=THE-9999", "theme: THE-9999 bestaat niet of is niet te kiezen."),
        ("theme=garbage", "theme: Geef een kenmerk zoals ORG-0001"),
        ("q=a&q=b", "Zoekwoorden: Geef dit één keer."),
        ("page=1&page=2", "Pagina: Geef dit één keer."),
        ("asOf=2020-01-01&asOf=2021-01-01", "Peildatum: Geef dit één keer."),
    ],
)
def test_what_cannot_be_asked_is_a_page_that_says_so(asked: str, told: str, client: Client) -> None:
    page = client.page(f"/initiatives?{asked}", status=400)
    assert told in page.text
    assert page.links()["Deze pagina zonder deze keuzes"] == "/initiatives"


def test_a_search_without_words_is_no_error(client: Client) -> None:
    assert "Niets gevonden" in client.page("/themes?q=!!!").text


def test_what_nobody_classified_is_a_filter_and_no_gap(letters: Flask, client: Client) -> None:
    page = client.page("/initiatives?theme=none")
    assert "Thema’s: nog niet ingedeeld" in page.text
    count = len(titles(page))
    assert count
    assert f"{count} initiatieven zijn nog niet bij een thema ingedeeld" in page.text


def test_organisations_and_unnamed_groups_are_counted_apart(letters: Flask, client: Client) -> None:
    text = client.page("/partners").text
    assert "groepen die alleen als groep zijn genoemd" in text


@pytest.mark.parametrize(
    ("path", "dutch", "english"),
    [
        ("/indicators", "20 indicatoren met 22 cijfers", "20 indicators with 22 figures"),
        ("/milestones", "28 mijlpalen en gedateerde feiten", "28 milestones and dated facts"),
        ("/milestones", "15 mijlpalen, en 13 debatten", "15 milestones, and 13 debates"),
        ("/documents", "12 Kamerstukken en 21 andere", "12 Kamerstukken"),
        ("/themes", "4 thema’s nu, en 1 in een later stadium", "4 themes now, 1 later"),
        ("/partners", "27 groepen die alleen", "27 groups named only"),
        ("/initiatives", "23 resultaten", "23 results"),
        ("/commitments", "31 resultaten", "31 results"),
        ("/causes", "31 resultaten", "31 results"),
        ("/events", "16 resultaten", "16 results"),
        ("/groups", "15 resultaten", "15 results"),
    ],
)
@pytest.mark.usefixtures("letters")
def test_a_list_tells_the_numbers_of_the_letters(
    path: str, dutch: str, english: str, client: Client
) -> None:
    assert dutch in client.page(path).text
    assert english in client.page(f"{path}?lang=en").text


def test_what_is_hidden_is_not_counted_above_a_list(client: Client, make: Make) -> None:
    for state in ("published", "draft"):
        figures = [{"value": 1, "year": 2019}, {"value": 2, "year": 2020}]
        make("indicator", state=state, observations=figures)
        make("document", state=state, dossier="25883", number=f"40{len(state)}")
        make("theme", state=state, phase="later")
    assert "1 indicator met 2 cijfers" in client.page("/indicators").text
    assert "1 Kamerstukken en 0 andere documenten" in client.page("/documents").text
    assert "0 thema’s nu, en 1 in een later stadium" in client.page("/themes").text


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("partner", "/partners"),
        ("event", "/events"),
        ("indicator", "/indicators"),
        ("milestone", "/milestones"),
        ("document", "/documents"),
        ("theme", "/themes"),
    ],
)
def test_a_list_asks_as_often_for_twelve_records_as_for_two(
    kind: str, path: str, client: Client, make: Make, count_queries: Counting
) -> None:
    asked: list[int] = []
    for more in (2, 10):
        for _ in range(more):
            make(kind)
        with count_queries() as queries:
            client.page(f"{path}?perPage=100")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_pager_leaves_gaps(app: Flask) -> None:
    with app.test_request_context("/themes?q=a"):
        made = pager(10, 10, 200)
    assert made is not None
    assert [item and item["n"] for item in made["items"]] == [1, None, 8, 9, 10, 11, 12, None, 20]
    assert made["items"][0]["url"] == "/themes?q=a"
