"""What is around every page: language, reference date, menu, headers."""

import pytest
from flask import Flask

from registry.web.book import book
from tests import databases
from tests.browsing import Client
from tests.factories import Make

pytestmark = databases.on_sqlite

ENGLISH = {"Accept-Language": "en-GB,en;q=0.9"}


def test_a_page_speaks_dutch_to_who_says_nothing(client: Client, app: Flask) -> None:
    page = client.page("/partners")
    assert page.tree.get("lang") == "nl"
    assert "Organisaties" in page.text


def test_a_page_speaks_the_language_of_the_browser(client: Client) -> None:
    page = client.page("/partners", headers=ENGLISH)
    assert page.tree.get("lang") == "en"
    assert page.response.headers["Content-Language"] == "en"
    assert "Organisations" in page.text


def test_the_switch_of_language_keeps_the_address_and_is_remembered(client: Client) -> None:
    links = client.page("/partners?q=tno&sort=-title").links()
    assert links["English"] == "/partners?q=tno&sort=-title&lang=en"
    assert client.page(links["English"]).tree.get("lang") == "en"
    assert client.page("/initiatives").tree.get("lang") == "en"


def test_a_language_that_is_not_spoken_here_is_dutch(client: Client) -> None:
    assert client.page("/?lang=fr").tree.get("lang") == "nl"


def test_every_page_may_only_load_what_is_ours(client: Client) -> None:
    headers = client.page("/").response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_over_tls_a_browser_is_told_to_stay_there(client: Client) -> None:
    response = client.get("/", base_url="https://registry.example")
    assert response.headers["Strict-Transport-Security"].startswith("max-age=")


def test_the_menu_shows_where_one_is(client: Client, make: Make) -> None:
    reference = make.reference("milestone")
    current = client.page(f"/milestones/{reference}").all(".//nav//a[@aria-current='page']")
    assert [a.get("href") for a in current] == ["/plans"]


def test_every_kind_of_record_has_screens(client: Client) -> None:
    for entered in book.screens.values():
        assert client.page(f"/{entered.kind.collection}").all(".//h1")


def test_the_reference_date_that_is_asked_for_goes_along_with_every_link(
    client: Client, make: Make
) -> None:
    make("initiative", title="Pilot")
    page = client.page("/initiatives?asOf=2020-06-30")
    assert "Peildatum 30 juni 2020" in page.text
    assert page.links()["Pilot"].endswith("?asOf=2020-06-30")


@pytest.mark.parametrize("day", ["2020-13-01", "gisteren", "2020"])
def test_a_reference_date_that_is_no_day_is_refused_with_the_reason(
    client: Client, day: str
) -> None:
    page = client.page(f"/initiatives?asOf={day}", status=400)
    assert "Peildatum: Geef de peildatum als JJJJ-MM-DD." in page.text


def test_the_demo_says_what_day_it_speaks_of(app: Flask, client: Client) -> None:
    before = {name: app.config[name] for name in ("REGISTRY_DEMO", "REGISTRY_TODAY")}
    app.config.update(REGISTRY_DEMO=True, REGISTRY_TODAY="2020-12-31")
    try:
        text = client.page("/").text
    finally:
        app.config.update(before)
    assert "Peildatum 31 december 2020: u ziet de stand volgens de twee Kamerbrieven." in text
