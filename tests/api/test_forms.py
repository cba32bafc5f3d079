"""The forms of a list: pages of JSON, or the whole as CSV or one JSON per line."""

import csv
import io
import json
import logging
from collections.abc import Generator
from typing import Any

import pytest
from flask import Flask

from registry import listing
from registry.access import ANYBODY, View
from registry.api import flat
from registry.kind import Kind, kind_named
from registry.listing import costs
from tests import databases
from tests.api.conftest import Api, problem
from tests.api.contract import ROOT, Contract, whole
from tests.browsing import Client
from tests.factories import Make

INITIATIVES = f"{ROOT}/initiatives"
CSV, NDJSON = {"Accept": "text/csv"}, {"Accept": "application/x-ndjson"}


def lines(text: str) -> list[dict[str, Any]]:
    assert text.endswith("\n") or text == ""
    return [json.loads(line) for line in text.split("\n") if line]


def table(text: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(text, newline=""))]


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("asked", ["sort=-due,text", "q=onderzoek", "strength=promise"])
def test_one_json_per_line_is_the_whole_list_in_its_order(
    asked: str, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.listing.streams.AT_ONCE", 7)
    url = f"{ROOT}/commitments?{asked}"
    for who in ("public", "member"):
        client = api(who)
        sent = client.get(f"{url}&count=true", headers=NDJSON)
        items = whole(client, f"{url}&perPage=5")
        assert lines(sent.text) == items
        assert len(items) == int(sent.headers["Total-Count"])
        assert sent.mimetype == NDJSON["Accept"]


@pytest.mark.usefixtures("letters")
def test_csv_is_the_whole_list_with_every_member_of_its_json(
    client: Client, agreed: Contract
) -> None:
    sent = client.get(f"{INITIATIVES}?sort=title", headers=CSV)
    items = whole(client, f"{INITIATIVES}?sort=title&perPage=100")
    rows = table(sent.text)
    assert sent.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [row["reference"] for row in rows] == [item["reference"] for item in items]
    for row, item in zip(rows, items, strict=True):
        roles = [each["role"] for each in item["participations"]]
        assert row["participations.role"] == " | ".join(roles)
        assert row["period.latest"] == ((item["period"] or {}).get("latest") or "")
        assert {name.split(".")[0] for name in row} == set(item)


def test_what_a_spreadsheet_would_run_is_only_text(client: Client, make: Make) -> None:
    make("initiative", title="=1+1", editions=[{"title": "@a\u2028p", "participants": 5}])
    (row,) = table(client.get(INITIATIVES, headers=CSV).text)
    assert (row["title"], row["editions.title"]) == ("'=1+1", "'@a\u2028p")
    assert row["editions.participants"] == "5"
    make("indicator", observations=[{"text": "minder", "value": -2.5}])
    (row,) = table(client.get(f"{ROOT}/indicators", headers=CSV).text)
    assert row["observations.value"] == "-2.5"
    (item,) = lines(client.get(INITIATIVES, headers=NDJSON).text)
    assert item["title"] == "=1+1"


@pytest.mark.usefixtures("letters")
def test_the_whole_tells_only_the_fields_that_are_asked(client: Client) -> None:
    url = f"{INITIATIVES}?fields=reference,themes&expand=themes.theme&sort=title"
    items = whole(client, f"{url}&perPage=100")
    assert lines(client.get(url, headers=NDJSON).text) == items
    assert problem(client.get(url, headers=CSV)).errors == {"query expand": "not_together"}
    (row, *_) = table(client.get(url.replace("&expand=themes.theme", ""), headers=CSV).text)
    assert {name.split(".")[0] for name in row} == {"reference", "themes"}
    told = [each["theme"]["reference"] for each in items[0]["themes"]]
    assert row["themes.theme.reference"] == " | ".join(told)


def test_a_batch_of_the_whole_costs_no_more_than_an_answer_may(
    app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        make("theme")
    kind = kind_named("theme")
    with app.app_context():
        question = listing.ask(kind, ANYBODY, {"expand": ["lead.parent"]})
        each = costs.weight(kind.schema, View.PUBLIC, question.selection)
        monkeypatch.setattr(costs, "MOST", 2 * each)
        batches = [len(batch) for batch in listing.whole(kind, ANYBODY, question)]
    assert batches == [2, 2, 1]


def test_nothing_found_is_a_header_or_nothing(client: Client) -> None:
    assert client.get(INITIATIVES, headers=CSV).text.startswith("reference,workflow,audience,")
    assert client.get(INITIATIVES, headers=NDJSON).text == ""


@databases.on_sqlite
@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv"),
        ("text/csv;q=0.4, application/json;q=0.5", "application/json"),
        ("text/csv; charset=utf-8", "text/csv"),
        ("text/html, application/x-ndjson;q=0.1", "application/x-ndjson"),
        ("text/*", "text/csv"),
        ("text/html", None),
        ("text/csv;q=0", None),
    ],
)
def test_the_form_is_the_one_that_the_caller_would_rather_have(
    accept: str, given: str | None, client: Client
) -> None:
    response = client.get(INITIATIVES, headers={"Accept": accept})
    assert "Accept" in response.vary
    if given is None:
        assert problem(response).status == 406
    else:
        assert response.mimetype == given


@databases.on_sqlite
def test_the_whole_has_no_pages(client: Client) -> None:
    url = f"{INITIATIVES}?perPage=5&cursor=x&q=a&highlight=true&colour=red"
    assert problem(client.get(url, headers=CSV)).errors == {
        "query perPage": "whole",
        "query cursor": "whole",
        "query highlight": "whole",
        "query colour": "unknown_parameter",
    }
    told = client.head(INITIATIVES, headers=CSV)
    assert (told.status_code, "Content-Length" in told.headers) == (200, False)


@databases.on_sqlite
def test_what_is_hidden_is_not_sent(client: Client, api: Api, make: Make) -> None:
    make("initiative", title="Zichtbaar")
    make("initiative", title="Verborgen", state="draft")
    seen = {
        who: api(who).get(INITIATIVES, headers=NDJSON).text for who in ("public", "secretariat")
    }
    assert ("Verborgen" in seen["public"], "Verborgen" in seen["secretariat"]) == (False, True)
    assert "Zichtbaar" in seen["public"]


@databases.on_sqlite
def test_what_breaks_while_it_is_sent_has_no_end(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> Generator[list[str]]:
        yield ['{"reference": "INI-0001"}']
        raise OSError("the disk is gone")

    monkeypatch.setattr(listing, "whole", broken)
    with caplog.at_level(logging.ERROR), pytest.raises(OSError, match="gone"):
        client.get(INITIATIVES, headers=NDJSON).get_data()
    assert "broke off" in caplog.text


@databases.on_sqlite
def test_columns_have_names_of_their_own(every_kind: list[Kind]) -> None:
    for kind in every_kind:
        names = [n for member in flat.members(kind, View.SECRETARIAT) for n in member.heads]
        assert len(names) == len(set(names))
