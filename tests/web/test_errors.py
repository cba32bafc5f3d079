"""Every refusal is a page that helps, also when the database is away."""

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from registry.db import RETRY_AFTER
from tests import databases
from tests.browsing import Client
from tests.factories import Make

pytestmark = databases.on_sqlite


def test_an_unknown_page_suggests_what_was_meant(client: Client, make: Make) -> None:
    reference = make.reference("initiative", title="Pilot Pesten")
    page = client.page("/initiatives/pilot-pesten", status=404)
    assert page.links()["Pilot Pesten"] == f"/initiatives/{reference}"
    assert page.links()["Initiatieven en activiteiten"] == "/initiatives"


@pytest.mark.parametrize("path", ["/bestaat-niet", "/initiatives/INI-9999", "/partners/!!!"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert "Niet gevonden" in client.page(path, status=404).text


def test_a_hidden_record_is_not_suggested(client: Client, make: Make) -> None:
    make("initiative", title="Geheim plan", state="draft")
    assert "Geheim plan" not in client.page("/initiatives/geheim-plan", status=404).text


def test_a_draft_is_not_found_by_the_public(client: Client, make: Make) -> None:
    reference = make.reference("initiative", state="draft")
    client.page(f"/initiatives/{reference}", status=404)


def test_wrong_parameters_of_a_list_are_all_named_with_what_is_allowed(client: Client) -> None:
    text = client.page("/initiatives?sort=moed&status=moe&page=nul", status=400).text
    assert "Volgorde: Kies uit: title" in text
    assert "status: Kies uit: idea, proposed" in text
    assert "Pagina: Geef een geheel getal" in text


def test_the_reason_is_told_in_english_too(client: Client) -> None:
    text = client.page("/initiatives?sort=moed&lang=en", status=400).text
    assert "Order: Choose from: title" in text


def test_a_method_that_is_not_possible_is_a_page_too(client: Client) -> None:
    assert client.put("/over").status_code in (400, 405)


@pytest.mark.parametrize("path", ["/partners", "/bestaat-niet", "/partners/ORG-9999"])
def test_without_a_database_there_is_a_plain_page_and_it_recovers(
    path: str, app: Flask, client: Client
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("away"))

    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", away)
    try:
        page = client.page(path, status=503)
    finally:
        event.remove(engine, "before_cursor_execute", away)
    assert "Even niet bereikbaar" in page.text
    assert page.response.headers["Retry-After"] == str(RETRY_AFTER)
    client.page("/partners")
