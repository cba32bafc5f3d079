"""The first page, the pages about the registry, and the search over everything."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from flask import Flask

from tests import databases
from tests.browsing import Client, words
from tests.factories import Make

pytestmark = databases.on_sqlite

Counting = Callable[[], AbstractContextManager[list[str]]]


def test_the_first_page_of_an_empty_registry_is_a_page(client: Client) -> None:
    assert client.page("/").all(".//h1")


def test_the_first_page_tells_what_is_in_the_letters(letters: Flask, client: Client) -> None:
    page = client.page("/?asOf=2020-12-31")
    assert "17%" in page.text
    assert "Plan van aanpak burn-outklachten" in page.text
    assert "medio 2021" in page.text
    assert page.links()["27 organisaties"].startswith("/partners?isGroup=false")
    assert page.links()["22 cijfers bij 20 indicatoren"].startswith("/indicators")
    assert "nog niet bij een thema ingedeeld" in page.text


def test_what_is_due_depends_on_the_reference_date(client: Client, make: Make) -> None:
    make(
        "milestone",
        title="Straks",
        payload={"due": "1 juni 2021", "states": [{"state": "not_started"}]},
    )
    make("milestone", title="Gedaan", payload={"due": "1 juni 2021", "states": [{"state": "done"}]})
    assert "Straks" in _due(client, "2021-05-31")
    assert "Gedaan" not in _due(client, "2021-05-31")
    assert "Straks" not in _due(client, "2021-06-02")


def _due(client: Client, day: str) -> str:
    page = client.page(f"/?asOf={day}")
    return words(page.tree.find(".//ul[@class='app-due']"))


def test_the_first_page_asks_a_fixed_number_of_times(
    client: Client, make: Make, count_queries: Counting
) -> None:
    asked = []
    for count in (1, 6):
        for _ in range(count):
            make("theme")
            make("milestone", due="1 juni 2031")
        with count_queries() as queries:
            client.page("/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_about_and_accessibility_can_be_read_in_both_languages(client: Client) -> None:
    for path in ("/over", "/toegankelijkheid"):
        dutch, english = (client.page(f"{path}?lang={code}").text for code in ("nl", "en"))
        assert dutch != english


def test_search_groups_the_hits_by_kind_and_marks_them(client: Client, make: Make) -> None:
    make("initiative", title="Initiatieven tegen pesten")
    make("partner", name="Stichting Pesten")
    make("partner", name="Pesten is geheim", state="draft")
    page = client.page("/search?q=pesten")
    assert "2 resultaten voor “pesten”" in page.text
    assert [words(h) for h in page.all(".//h2[@class='utrecht-heading-2']")] == [
        "Organisaties 1",
        "Initiatieven en activiteiten 1",
    ]
    assert {words(m) for m in page.all(".//mark")} == {"Pesten", "pesten"}


def test_search_finds_the_plural_by_the_singular(client: Client, make: Make) -> None:
    make("initiative", title="Initiatieven tegen pesten")
    assert "1 resultaat voor “initiatief”" in client.page("/search?q=initiatief").text


def test_a_reference_leads_straight_to_its_record(client: Client, make: Make) -> None:
    reference = make.reference("initiative", title="Pilot")
    assert client.page(f"/search?q={reference.lower()}").url == f"/initiatives/{reference}"


def test_a_search_without_result_says_what_to_do(client: Client) -> None:
    assert "Niets gevonden voor “qqqq”" in client.page("/search?q=qqqq").text
    assert client.page("/search?q=!!").status == 200
    assert client.page("/search").status == 200


def test_what_is_searched_for_is_shown_as_text(client: Client, make: Make) -> None:
    make("initiative", title="<script>alert(1)</script> pesten")
    page = client.page("/search?q=<script>pesten")
    assert "alert" not in "".join(s.text or "" for s in page.all(".//script"))
