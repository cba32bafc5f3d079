"""What members agree among themselves is never counted toward the House."""

import pytest
from flask import Flask

from tests import databases
from tests.browsing import Client, SignedIn
from tests.factories import Make

pytestmark = databases.on_sqlite
SAID = "toezeggingen, moties en voornemens"


def commit(make: Make, strength: str, **fields: object) -> str:
    return make.reference("commitment", strength=strength, payload=fields)


def test_the_first_page_counts_agreements_apart(make: Make, client: Client) -> None:
    for strength in ("promise", "aim", "agreement"):
        commit(make, strength)
    links = client.page("/").links()
    assert "strength=agreement" not in links[f"2 {SAID}"]
    assert links["1 afspraak binnen de samenwerking"] == "/commitments?strength=agreement"
    assert "2 resultaten" in client.page(links[f"2 {SAID}"]).text


def test_the_list_tells_agreements_apart(make: Make, client: Client) -> None:
    for strength in ("promise", "motion", "agreement", "agreement"):
        commit(make, strength)
    told = client.page("/commitments").text
    assert f"2 {SAID}. Daarbij niet meegeteld: 2 afspraken binnen de samenwerking" in told


def test_without_agreements_nothing_is_said_of_them(letters: Flask, client: Client) -> None:
    assert "niet meegeteld" not in client.page("/commitments").text
    assert f"31 {SAID}" in client.page("/").text


@pytest.mark.parametrize(
    ("kind", "field"), [("theme", "theme"), ("initiative", "initiative"), ("partner", "by")]
)
def test_a_page_has_a_box_for_each(make: Make, client: Client, kind: str, field: str) -> None:
    about = make.reference(kind)
    pointer = [{"partner": about}] if field == "by" else about
    for strength in ("promise", "agreement", "agreement"):
        commit(make, strength, **{field: pointer})
    page = client.page(f"/{kind}s/{about}")
    boxes = {" ".join(h.itertext()).split()[0]: h for h in page.all(".//h2[@class]")}
    counts = {
        " ".join("".join(h.itertext()).split())
        for h in boxes.values()
        if h.find("span") is not None
    }
    assert "Afspraken binnen de samenwerking 2" in counts
    assert any(told.endswith(" 1") for told in counts)


def test_the_ministry_does_not_judge_an_agreement(make: Make, signed_in: SignedIn) -> None:
    past = {"due": "1 januari 2019", "statuses": [{"status": "open"}]}
    page = signed_in("member").page(f"/commitments/{commit(make, 'agreement', **past)}").text
    assert "Nog niet voldaan." in page
    assert "ministerie" not in page.partition("Gegevens")[0]
