"""The chains of the letters: where a promise was made, which letter settles it, what follows."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from registry.db import session
from registry.record import LETTERS, ExternalKey, Record
from tests import databases
from tests.browsing import Client

pytestmark = databases.on_sqlite
LETTER_405, LETTER_370 = "25 883, nr. 405", "25 883, nr. 370"
MADE = {
    "T01": ("2020-02-20", LETTER_405),
    "T02": ("2020-02-20", LETTER_405),
    "T03": (None, LETTER_405),
    "T04": ("2020-11-11", LETTER_405),
    "T05": ("2019-04-23", LETTER_370),
    "T06": ("2019-09-05", LETTER_370),
    "T07": ("2019-12-19", LETTER_405),
}
"""When each was made, as far as that is known, and which letter settles it."""


@pytest.fixture
def names(letters: Flask) -> dict[str, str]:
    """The references of the records of the letters by their ids there."""
    with letters.app_context():
        query = select(ExternalKey.key, Record.reference).join(
            Record, Record.id == ExternalKey.record_id
        )
        return dict(session().execute(query.where(ExternalKey.system == LETTERS)).all())


def get(client: Client, path: str) -> Any:
    response = client.get(f"/api/v1/{path}/chain")
    assert response.status_code == 200, response.text
    return response.get_json()


def by_stage(found: Any) -> dict[str, list[Any]]:
    stages: dict[str, list[Any]] = {}
    for step in found["steps"]:
        stages.setdefault(step["step"], []).append(step)
    return stages


@pytest.mark.parametrize("id_", MADE)
def test_a_promise_is_followed_to_the_letter_that_settles_it(
    names: dict[str, str], client: Client, id_: str
) -> None:
    found = get(client, f"commitments/{names[id_]}")
    stages, (made, letter) = by_stage(found), MADE[id_]
    when = stages["made_in"][0]["when"]
    assert (when and when["earliest"]) == made
    (settled,) = stages["settled_by"]
    assert settled["record"]["identification"] == letter
    assert (settled["ministry"], settled["chamber"]) == ("met", None)
    assert settled["passages"]
    order = [step["step"] for step in found["steps"]]
    assert order.index("made_in") < order.index("said") < order.index("settled_by")
    assert all(settled["when"]["earliest"] >= str(when["earliest"]) for when in [when] if when)


def test_the_research_and_what_follows_stand_in_the_chain(
    names: dict[str, str], client: Client
) -> None:
    stages = by_stage(get(client, f"commitments/{names['T07']}"))
    assert [s["record"]["reference"] for s in stages["preceded_by"]] == [names["T06"]]
    assert [s["record"]["reference"] for s in stages["followed_by"]] == [names["T08"]]
    assert [s["when"]["text"] for s in stages["result"]] == ["december 2019", "december 2020"]
    assert stages["carried_out"][0]["record"]["reference"] == names["I02"]


def test_letter_405_settles_promises_and_reports(names: dict[str, str], client: Client) -> None:
    found = get(client, f"documents/{names['kst-25883-405']}")
    settled = {item["reference"]: item["ministry"] for item in found["settles"]}
    met = ("T01", "T02", "T03", "T04", "T07", "T09", "T11", "T13", "T14")
    assert settled == {**{names[id_]: "met" for id_ in met}, names["T08"]: "partly_met"}
    promised = {item["reference"] for item in found["promises"]}
    assert {names[id_] for id_ in ("T15", "T16", "T21")} <= promised
    assert {names["I16"], names["M18"]} <= {item["reference"] for item in found["reports"]}
    assert all(item["passages"] for item in found["settles"])


def test_letter_370_settles_t05_and_t06(names: dict[str, str], client: Client) -> None:
    found = get(client, f"documents/{names['kst-25883-370']}")
    assert {i["reference"] for i in found["settles"]} == {names["T05"], names["T06"]}


@pytest.mark.parametrize("id_", ["T01", "T07"])
def test_the_page_shows_both_tracks_and_never_says_late(
    names: dict[str, str], client: Client, id_: str
) -> None:
    page = client.page(f"/commitments/{names[id_]}/chain")
    text = page.text
    assert "Volgens het ministerie voldaan" in text
    assert "Volgens de Kamer nog geen oordeel vastgelegd" in text
    assert "Officiële datum: 11 januari 2021" in text
    assert not any(word in text for word in ("te laat", "verstreken", "vertraagd", "gebroken"))
    assert f"/commitments/{names[id_]}/chain" in page.response.text


def test_an_open_commitment_says_that_nothing_settles_it(
    names: dict[str, str], client: Client
) -> None:
    text = client.page(f"/commitments/{names['T16']}/chain").text
    assert "Er is nog geen brief vastgelegd die dit afdoet." in text


def test_a_letter_asks_as_often_whatever_it_settles(
    names: dict[str, str],
    client: Client,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    asked = []
    for id_ in ("kst-25883-370", "kst-25883-405"):
        with count_queries() as queries:
            get(client, f"documents/{names[id_]}")
        asked.append(len(queries))
    assert asked[0] == asked[1]
