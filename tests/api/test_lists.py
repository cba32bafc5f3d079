"""Lists: every collection, its pages, filters, sorts and counts."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from registry.kind import Kind
from registry.listing.cursors import SEALED
from registry.sealing import opened, sealed
from tests import databases
from tests.api.conftest import COLLECTIONS, problem
from tests.api.contract import ROOT, Contract, link, pages, whole
from tests.browsing import Client
from tests.factories import Make

INITIATIVES = f"{ROOT}/initiatives"


def references(items: list[dict[str, Any]]) -> list[str]:
    return [item["reference"] for item in items]


def test_every_kind_has_a_collection(every_kind: list[Kind]) -> None:
    of_letters = {
        *COLLECTIONS,
        "measures",
        "meetings",
        "annexes",
    }  # of which the letters tell nothing
    assert {kind.collection for kind in every_kind} == of_letters


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_list_is_as_the_document_says(
    collection: str, client: Client, agreed: Contract
) -> None:
    read = [*pages(client, f"{ROOT}/{collection}?perPage=9")]
    assert [agreed.broken(page, f"/{collection}") for page in read] == [[]] * len(read)
    assert read[0].get_json() != []


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_record_reads_the_same_alone_as_in_its_list(
    collection: str, client: Client, agreed: Contract
) -> None:
    for item in client.get(f"{ROOT}/{collection}?perPage=12").get_json():
        one = client.get(f"{ROOT}/{collection}/{item['reference']}")
        assert one.get_json() == item
        assert agreed.broken(one, f"/{collection}/{{reference}}") == []


@pytest.mark.usefixtures("letters")
def test_the_letters_are_there_in_the_numbers_of_the_letters(client: Client) -> None:
    found = {
        name: client.get(f"{ROOT}/{name}?perPage=1&count=true").headers["Total-Count"]
        for name in ("initiatives", "commitments", "themes", "causes", "groups", "events")
    }
    assert found == {
        "initiatives": "23",
        "commitments": "31",
        "themes": "5",
        "causes": "31",
        "groups": "15",
        "events": "16",
    }


def test_links_are_absolute_and_keep_what_was_asked(client: Client, make: Make) -> None:
    for _ in range(3):
        make("initiative", kind="campaign")
    response = client.get(f"{INITIATIVES}?perPage=1&kind=campaign&kind=research&sort=-title")
    following = link(response, "next") or ""
    assert following.startswith(
        f"http://localhost{INITIATIVES}?perPage=1&kind=campaign&kind=research"
    )
    assert "cursor=" in following
    assert "cursor=" not in (link(client.get(following), "first") or "")
    assert link(client.get(f"{INITIATIVES}?perPage=100"), "next") is None


def test_the_number_of_records_is_told_when_asked(client: Client, make: Make) -> None:
    make("initiative")
    make("initiative")
    assert "Total-Count" not in client.get(INITIATIVES).headers
    assert client.get(f"{INITIATIVES}?count=true&perPage=1").headers["Total-Count"] == "2"


def test_a_list_of_nothing_is_an_empty_array(client: Client) -> None:
    response = client.get(INITIATIVES)
    assert (response.status_code, response.get_json()) == (200, [])


def test_filters_narrow_and_values_of_one_filter_add_up(client: Client, make: Make) -> None:
    made = {
        kind: make.reference("initiative", kind=kind) for kind in ("campaign", "research", "pilot")
    }
    found = whole(client, f"{INITIATIVES}?kind=campaign&kind=research")
    assert sorted(references(found)) == sorted([made["campaign"], made["research"]])
    assert whole(client, f"{INITIATIVES}?kind=campaign&relation=part_of") == []


def test_a_reference_filters_by_what_it_points_at(client: Client, make: Make) -> None:
    theme = make.reference("theme")
    row = {"theme": theme, "basis": "classified"}
    one = make.reference("initiative", themes=[row])
    make("initiative")
    assert references(whole(client, f"{INITIATIVES}?theme={theme}")) == [one]
    assert len(whole(client, f"{INITIATIVES}?theme=none")) == 1


def test_what_is_hidden_is_no_filter_and_says_no_more_than_what_is_not_there(
    client: Client, make: Make
) -> None:
    hidden = make.reference("theme", state="draft")
    other = make.reference("partner")
    told = {
        reference: str(problem(client.get(f"{INITIATIVES}?theme={reference}"))).split(reference)
        for reference in (hidden, other, "THE-9999")
    }
    assert problem(client.get(f"{INITIATIVES}?theme={hidden}")).errors == {
        "query theme": "unknown_reference"
    }
    assert len({"".join(parts) for parts in told.values()}) == 1


def test_a_status_is_that_of_the_reference_date(client: Client, make: Make) -> None:
    statuses = [
        {"status": "running", "from": "2019"},
        {"status": "paused", "from": "2020-03-01"},
    ]
    make("initiative", statuses=statuses)
    seen = {
        day: client.get(f"{INITIATIVES}?asOf={day}").get_json()[0]["status"]
        for day in ("2018-12-31", "2019-06-01", "2020-12-31")
    }
    assert seen == {"2018-12-31": None, "2019-06-01": "running", "2020-12-31": "paused"}
    assert whole(client, f"{INITIATIVES}?status=running&asOf=2020-12-31") == []


def test_ranges_ask_for_windows_of_policy_dates(client: Client, make: Make) -> None:
    early = make.reference("commitment", due="voor 1 juli 2020")
    late = make.reference("commitment", due="2021")
    url = f"{ROOT}/commitments"
    assert references(whole(client, f"{url}?dueBefore=2020-12-31")) == [early]
    assert references(whole(client, f"{url}?dueAfter=2020-12-31")) == [late]


def test_words_are_found_in_their_dutch_forms(client: Client, make: Make) -> None:
    found = make.reference("initiative", title="Onderzoek naar werkgevers")
    make("initiative", title="Iets anders")
    assert references(whole(client, f"{INITIATIVES}?q=werkgever")) == [found]
    assert whole(client, f"{INITIATIVES}?q=onvindbaar") == []


@pytest.mark.parametrize(
    ("asked", "place", "code"),
    [
        ("colour=red", "query colour", "unknown_parameter"),
        ("page=2", "query page", "unknown_parameter"),
        ("kind=fiets", "query kind", "not_allowed"),
        ("perPage=0", "query perPage", "range"),
        ("perPage=101", "query perPage", "range"),
        ("perPage=²", "query perPage", "range"),
        ("perPage=0000000000011000", "query perPage", "range"),
        ("perPage=0000000000011999999999999999999999999999999", "query perPage", "range"),
        ("perPage=many", "query perPage", "range"),
        ("cursor=abc", "query cursor", "cursor"),
        ("cursor=W10", "query cursor", "cursor"),
        ("sort=colour", "query sort", "not_allowed"),
        ("sort=", None, None),
        ("asOf=yesterday", "query asOf", "wrong_type"),
        ("asOf=2020-02-30", "query asOf", "wrong_type"),
        ("updatedSince=2020-01-01T00:00:00", "query updatedSince", "wrong_type"),
        ("updatedSince=0001-01-01T00:00:00%2B23:59", "query updatedSince", "wrong_type"),
        ("updatedSince=2020-01-01T00:00:00%2B02:00", None, None),
        ("count=perhaps", "query count", "not_allowed"),
        ("q=%00", "query q", "no_text"),
        ("theme=%00", "query theme", "no_text"),
        ("%00=1", "query ", "no_text"),
        ("q=%22%20OR%20*%20(", None, None),
        ("q=%ff", None, None),
        ("theme=%27%3B--", "query theme", "pattern"),
        ("theme=garbage", "query theme", "pattern"),
        ("keeper=x", "query keeper", "pattern"),
        ("theme=THE-9999", "query theme", "unknown_reference"),
        ("theme=none&theme=THE-9999", "query theme", "unknown_reference"),
        ("asOf=2020-01-01&asOf=2020-01-01", "query asOf", "repeated"),
        ("q=a&q=b", "query q", "repeated"),
        ("q=&q=b", "query q", "repeated"),
        ("perPage=5&perPage=6", "query perPage", "repeated"),
        ("cursor=a&cursor=b", "query cursor", "repeated"),
        ("count=true&count=false", "query count", "repeated"),
        ("sort=title&sort=kind", "query sort", "repeated"),
        ("updatedSince=2020-01-01&updatedSince=2020-01-01", "query updatedSince", "repeated"),
        ("kind=campaign&kind=research", None, None),
    ],
)
def test_what_cannot_be_asked_is_refused(
    asked: str, place: str | None, code: str | None, client: Client
) -> None:
    response = client.get(f"{INITIATIVES}?{asked}")
    if place is None:
        assert response.status_code == 200, response.text
        return
    assert problem(response).status == 400
    assert problem(response).errors[place] == code


def test_all_mistakes_of_a_question_are_told_at_once(client: Client) -> None:
    response = client.get(f"{INITIATIVES}?colour=red&kind=fiets&perPage=x&asOf=x&sort=x")
    assert set(problem(response).errors) == {
        "query colour", "query kind", "query perPage", "query asOf", "query sort",
    }  # fmt: skip
    kinds = next(e for e in response.get_json(force=True)["errors"] if e["location"] == "kind")
    assert "campaign" in kinds["allowed"]


@pytest.mark.parametrize("key", ["\x00", "\ud800", True, None, 2**70, {"d": 1}, ["a"]])
def test_a_cursor_with_what_no_database_can_compare_is_refused(
    key: object, app: Flask, client: Client
) -> None:
    with app.app_context():
        cursor = sealed(json.dumps(["initiative", key, 1]).encode(), SEALED)
    response = client.get(f"{INITIATIVES}?cursor={cursor}")
    assert problem(response).errors == {"query cursor": "cursor"}


@pytest.mark.parametrize("path", ["initiatives", "changes"])
@databases.on_sqlite
def test_a_cursor_is_read_by_the_register_alone(
    path: str, app: Flask, client: Client, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        make("initiative")
    url = f"{ROOT}/{path}?perPage=1&cursor="
    cursor = (link(client.get(url.partition("&")[0]), "next") or "").partition("cursor=")[2]
    with app.app_context():
        purposes = "list", "changes"
        assert [bool(opened(cursor, each)) for each in purposes] == [
            path != "changes",
            path != "initiatives",
        ]
    bent = ("B" if cursor[0] == "A" else "A") + cursor[1:]
    assert problem(client.get(f"{url}{bent}")).errors == {"query cursor": "cursor"}
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "another")
    assert client.get(f"{url}{cursor}").status_code == 200
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [])
    assert client.get(f"{url}{cursor}").status_code == 400


def test_a_list_takes_the_same_few_queries_whatever_its_length(
    client: Client, make: Make, count_queries: Callable[[], Any]
) -> None:
    def cost() -> int:
        with count_queries() as queries:
            client.get(INITIATIVES)
        return len(queries)

    make("initiative")
    few = cost()
    for _ in range(10):
        make("initiative", editions=[{"title": "Eerste"}], results=[{"title": "Rapport"}])
    assert cost() == few
