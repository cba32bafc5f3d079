"""The page of a document: its passages in reading order and what each supports."""

import pytest
from flask import Flask

from tests import databases
from tests.browsing import Client, words
from tests.factories import Make
from tests.web.test_records import of_letters

pytestmark = databases.on_sqlite


def test_the_passages_stand_in_reading_order(letters: Flask, client: Client) -> None:
    page = client.page(f"/documents/{of_letters(letters, 'kst-25883-405')}")
    lines = [
        words(p).removeprefix("regels ") for p in page.all(".//p[@class='app-passage__lines']")
    ]
    first = [int(text.split("-")[0]) for text in lines]
    assert len(first) > 100
    assert first == sorted(first)


def test_a_passage_leads_to_the_facts_that_it_supports(client: Client, make: Make) -> None:
    document = make("document", title="Brief")
    source = {
        "field": "title",
        "document": document.reference,
        "quote": "de pilot",
        "basis": "stated",
    }
    initiative = make.reference("initiative", title="Pilot", titleEn="The pilot", sources=[source])
    page = client.page(f"/documents/{document.reference}")
    assert "“de pilot”" in page.text
    assert page.links()["Pilot"] == f"/initiatives/{initiative}"
    assert f"Titel · {initiative}" in page.text
    assert "The pilot" in client.page(f"/documents/{document.reference}?lang=en").links()


@pytest.mark.parametrize("path", ["Bron voor", "In dit stuk gedaan", "Met dit stuk afgedaan"])
def test_a_letter_shows_what_came_of_it(path: str, letters: Flask, client: Client) -> None:
    assert path in client.page(f"/documents/{of_letters(letters, 'kst-25883-405')}").text


def test_a_source_leads_to_its_passage(letters: Flask, client: Client) -> None:
    page = client.page(f"/initiatives/{of_letters(letters, 'I16')}")
    url = next(u for u in page.links().values() if "#passage-" in u)
    path, _, anchor = url.partition("#")
    assert anchor in {p.get("id") for p in client.page(path).all(".//li[@class='app-passage']")}
