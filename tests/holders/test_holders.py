"""Who holds what: side by side, agreeing or not, and the first letter by the second."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests import databases
from tests.browsing import Client, Page, words
from tests.factories import Make

pytestmark = databases.on_sqlite
Counting = Callable[[], AbstractContextManager[list[str]]]
PAGE = "/views/by-holder"


def rows(page: Page, id_: str) -> dict[str, list[str]]:
    """The rows of a table by what stands first in them."""
    (table,) = page.all(f".//div[@id='tabel-{id_}']")
    found = [[words(cell) for cell in row.findall("td")] for row in table.findall(".//tbody/tr")]
    return {first: rest for first, *rest in found}


def tno(page: Page) -> dict[str, list[str]]:
    (table,) = (t for t in page.all(".//div") if _about_tno(t))
    return rows(page, str(table.get("id")).removeprefix("tabel-"))


def _about_tno(table: Element) -> bool:
    caption = table.find(".//caption")
    own = str(table.get("id") or "").startswith("tabel-brieven-")
    return own and words(caption).startswith("TNO")


def test_tno_names_three_in_both_letters_and_three_in_each_alone(
    letters: Flask, client: Client
) -> None:
    """Trap 32; and what is to be studied or is no explanation is not named (trap 24)."""
    page = client.page(PAGE)
    assert "3 genoemd in elke brief, 3 alleen in nr. 370, 3 alleen in nr. 405." in page.text
    told = {name: row[-1] for name, row in tno(page).items()}
    assert [name for name, where in told.items() if where == "in elke brief"] == [
        "Hoge taakeisen",
        "Weinig steun van de leidinggevende",
        "Onvrede met de werk-privé balans",
    ]
    assert told["Minder veerkracht"] == "alleen in nr. 370"
    assert told["Technologische ontwikkelingen (digitalisering)"] == "alleen in nr. 405"
    assert (told["Mantelzorg"], told["Sekse, leeftijd en opleidingsniveau"]) == ("niet", "niet")


def test_hedged_is_not_firm_and_prompted_is_not_spontaneous(letters: Flask, client: Client) -> None:
    page = client.page(PAGE)
    assert tno(page)["Hoge taakeisen"][:2] == [
        "noemt als oorzaak, met voorbehoud",
        "noemt als oorzaak, stellig",
    ]
    beside = rows(page, "oorzaken")
    assert "spontaan genoemd" in " ".join(beside["Werkdruk"])
    assert "na doorvragen" in " ".join(beside["Flexibel contract"])


def test_who_speaks_in_one_letter_only_is_not_compared(letters: Flask, client: Client) -> None:
    """Employees were asked for the second letter: that they are not in the first says nothing."""
    text = client.page(PAGE).text
    assert text.count("de ene brief naast de andere") == 4  # twice: the head and the caption
    assert "werknemers: de ene brief" not in text


def test_social_partners_disagree_and_the_state_secretaries_differ(
    letters: Flask, client: Client
) -> None:
    """Traps 33 and 34."""
    page = client.page(PAGE)
    (table,) = page.all(".//div[@id='tabel-verhouding']")
    told = [words(row) for row in table.findall(".//tbody/tr")]
    (opposed,) = (row for row in told if "staat tegenover" in row)
    assert "werknemersvertegenwoordigers (nr. 405)" in opposed
    assert "werkgeversvertegenwoordigers (nr. 405)" in opposed
    (differs,) = (row for row in told if "wijkt af van" in row)
    assert "nr. 370" in differs
    assert "indeling door het secretariaat" in differs
    both = rows(page, "eens")["Personeelstekort"]
    assert both[-1] == "noemen het allen"
    assert "Voor de publieke sector." in both[1]


def test_one_holder_can_be_chosen(letters: Flask, client: Client) -> None:
    told = json.loads(client.get("/api/v1/holders").text)
    (wrr,) = (holder for holder in told["holders"] if holder["words"] == "WRR")
    page = client.page(f"{PAGE}?holder={wrr['reference']}")
    assert list(rows(page, "oorzaken")) == ["Weinig aandacht voor de kwaliteit van werk"]
    assert client.page(f"{PAGE}?holder=NOBODY").status == 200


def test_the_api_tells_where_each_cause_is_named(letters: Flask, client: Client) -> None:
    told = json.loads(client.get("/api/v1/holders").text)
    assert len(told["documents"]) == 2
    (research,) = (holder for holder in told["holders"] if holder["words"] == "TNO")
    assert sorted(len(one["in"]) for one in research["named"]) == [1] * 6 + [2] * 3
    assert {one["how"] for one in told["comparisons"]} == {"opposes", "agrees", "differs"}


@pytest.mark.parametrize("stances", [("names", "denies"), ("names", "names")])
def test_who_denies_what_another_names_disagrees(
    client: Client, make: Make, stances: tuple[str, str]
) -> None:
    held = [{"words": who, "stance": s} for who, s in zip("AB", stances, strict=True)]
    make("cause", name="Druk", payload={"claims": held})
    agree = rows(client.page(PAGE), "eens")["Druk"][-1]
    assert agree == ("oneens" if "denies" in stances else "noemen het allen")


def test_what_a_hidden_organisation_holds_is_not_told(
    client: Client, make: Make, signed_in: Any
) -> None:
    hidden = make.reference("partner", name="Geheime Club", audience="core_group")
    make("cause", name="Druk", payload={"claims": [{"partner": hidden, "stance": "names"}]})
    assert "Geheime Club" not in client.page(PAGE).text
    assert "Geheime Club" not in client.get("/api/v1/holders").text
    assert "Geheime Club" in signed_in("member").page(PAGE).text


def test_the_page_asks_a_fixed_number_of_times(
    client: Client, make: Make, count_queries: Counting
) -> None:
    asked = []
    for _ in range(2):
        for number in range(3):
            partner = make.reference("partner")
            held = [{"partner": partner, "stance": "names"}, {"words": "X", "stance": "denies"}]
            make("cause", payload={"claims": held})
            make("view", payload={"holders": [{"words": f"W{number}"}]})
        with count_queries() as queries:
            client.page(PAGE)
        asked.append(len(queries))
    assert asked[0] == asked[1]
