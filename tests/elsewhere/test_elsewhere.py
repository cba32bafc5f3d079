"""Partners write records by the keys that they have for them themselves."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from registry import editing
from registry.access import Actor
from registry.elsewhere import queries
from registry.kind import Kind, kind_named
from registry.merging.commands import merge
from registry.tokens.commands import issue
from tests import databases, people
from tests.api.conftest import Api, problem
from tests.api.contract import ROOT, Contract, contract
from tests.api.test_changes import full, sendable
from tests.browsing import Client
from tests.factories import Make, minimal

NEW = {"If-None-Match": "*"}
URL = f"{ROOT}/initiatives/external/zaken/2021:7"
Putting = Callable[..., TestResponse]


@pytest.fixture
def agreed(client: Client) -> Contract:
    """The document of the app, to hold answers against."""
    return contract(client)


@pytest.fixture
def put(api: Api) -> Putting:
    """PUT an initiative by a key: `put("member", {"title": …}, NEW)`."""

    def put(who: str, body: Any, headers: dict[str, str], url: str = URL) -> TestResponse:
        return api(who).put(url, json=body, headers=headers)

    return put


@databases.on_sqlite
def test_what_is_not_there_is_made_and_what_is_there_is_replaced(
    put: Putting, api: Api, agreed: Contract
) -> None:
    path = "/initiatives/external/{system}/{key}"
    made = put(
        "member",
        {"title": "Week", "goal": "Rust", "editions": [{"title": "Een", "motto": "Samen"}]},
        NEW,
    )
    assert (made.status_code, agreed.broken(made, path)) == (201, [])
    read = api("member").get(URL)
    assert (read.status_code, agreed.broken(read, path)) == (200, [])
    assert read.headers["Content-Location"] == made.headers["Location"]
    assert (read.data, read.headers["ETag"]) == (made.data, made.headers["ETag"])
    sent = {"title": "Week", "summary": "Kort", "editions": [{"title": "Een"}]}
    changed = put("member", sent, {"If-Match": read.headers["ETag"]})
    assert (changed.status_code, agreed.broken(changed, path)) == (200, [])
    told, before = changed.get_json(), made.get_json()
    assert (told["goal"], told["summary"], told["reference"]) == (None, "Kort", before["reference"])
    assert told["editions"] == [{**before["editions"][0], "motto": None}]
    assert told["sources"][0] == before["sources"][0]  # it stays with the fact that it is of


def unmet(answer: TestResponse) -> str:
    """What a refusal says of a condition that does not hold."""
    said = problem(answer)
    assert (said.status, said.title) == (412, "The condition does not hold")
    return said.detail


@databases.on_sqlite
def test_a_condition_says_which_of_the_two_is_meant(put: Putting) -> None:
    body = {"title": "Week"}
    assert problem(put("member", body, {})).status == 428
    assert unmet(put("member", body, {"If-Match": "*"})).startswith("There is no record")
    assert problem(put("member", body, {"If-None-Match": '"1-a"'})).status == 400
    both = put("member", body, {"If-None-Match": "*", "If-Match": "*"})
    assert unmet(both).startswith("There cannot both be")
    assert put("member", body, NEW).status_code == 201
    assert unmet(put("member", body, NEW)).startswith("There is a record")
    stale = problem(put("member", body, {"If-Match": '"7-a"'}))
    assert (stale.status, stale.title.split()[0]) == (412, "Someone")
    assert problem(put("member", body, {"If-Match": "7"})).errors == {"header If-Match": "header"}
    assert put("member", body, {"If-Match": 'W/"1-a", "x"'}).status_code == 200
    assert problem(put("member", {"goal": "x"}, {"If-Match": "*"})).errors == {
        "body /title": "required"
    }


@databases.on_sqlite
def test_a_system_is_of_the_organisation_that_first_wrote_by_it(put: Putting, api: Api) -> None:
    assert put("member", {"title": "Week"}, NEW).status_code == 201
    for headers in (NEW, {"If-Match": "*"}):
        assert problem(put("other_member", {"title": "Week"}, headers)).status == 403
        assert problem(put("public", {"title": "Week"}, headers)).status == 401
    letters = URL.replace("zaken", "letters")
    assert problem(put("member", {"title": "Week"}, NEW, letters)).status == 403
    assert put("secretariat", {"title": "Week"}, NEW, letters).status_code == 201
    assert put("secretariat", {"title": "Anders"}, {"If-Match": "*"}).status_code == 200
    seen = {who: api(who).get(URL).status_code for who in people.EVERYBODY}
    assert [who for who, status in seen.items() if status == 200] == [
        *("administrator", "secretariat", "member"),
    ]
    assert problem(put("member", {}, NEW, URL.replace("zaken", "Zaken"))).errors == {
        "path system": "pattern"
    }
    for dots in (".", ".."):  # a client takes them for steps
        wrong = f"{URL.rpartition('/')[0]}/{dots}"
        assert problem(put("member", {}, NEW, wrong)).errors == {"path key": "pattern"}


@databases.on_sqlite
def test_keys_are_shown_to_whom_they_are_of(put: Putting, api: Api, agreed: Contract) -> None:
    reference = put("member", {"title": "Week"}, NEW).get_json()["reference"]
    answer = api("member").get(f"{ROOT}/initiatives/{reference}/external-keys")
    assert agreed.broken(answer, "/initiatives/{reference}/external-keys") == []
    assert answer.get_json() == [
        {"system": "zaken", "key": "2021:7", "href": f"http://localhost{URL}"}
    ]


@databases.on_sqlite
def test_what_is_published_is_replaced_by_proposal(
    app: Flask, put: Putting, actors: dict[str, Actor], api: Api, agreed: Contract
) -> None:
    reference = put("member", {"title": "Week", "goal": "Rust"}, NEW).get_json()["reference"]
    with app.app_context():
        kind = kind_named("initiative")
        entity = editing.one(kind, actors["secretariat"], reference)
        editing.publish(actors["secretariat"], kind, entity, audience="public")
    proposed = put("member", {"title": "Week"}, {"If-Match": "*"})
    assert proposed.status_code == 202
    assert agreed.broken(proposed, "/initiatives/external/{system}/{key}") == []
    changes = {c["field"]: c["new"] for c in proposed.get_json()["changes"]}
    assert changes == {"goal": None}
    assert api("public").get(f"{ROOT}/initiatives/{reference}").get_json()["goal"] == "Rust"


@databases.on_sqlite
def test_a_key_stays_with_what_it_was_given_to(
    app: Flask, put: Putting, api: Api, actors: dict[str, Actor]
) -> None:
    one = put("member", {"title": "Een"}, NEW).get_json()["reference"]
    two = put("member", {"title": "Twee"}, NEW, f"{URL}8").get_json()["reference"]
    other = URL.replace("initiatives", "commitments")
    assert problem(put("member", minimal("commitment"), NEW, other)).status == 409
    with app.app_context():
        kind, secretariat = kind_named("initiative"), actors["secretariat"]
        gone, into = (editing.one(kind, secretariat, reference) for reference in (one, two))
        for entity in (gone, into):
            editing.publish(secretariat, kind, entity, audience="public")
        merge(secretariat, kind, gone, into, reason="dubbel")
    for url in (URL, f"{URL}8"):
        assert api("member").get(url).get_json()["reference"] == two
        assert problem(put("member", {"title": "Een"}, NEW, url)).status == 412
    with app.app_context():
        entity = editing.one(kind, secretariat, two)
        editing.remove(secretariat, kind, entity, reason="weg")
    assert problem(put("member", {"title": "Een"}, NEW)).status == 409


@databases.on_sqlite
@pytest.mark.parametrize("name", ["initiative", "meeting", "theme"])
def test_replacing_leaves_nothing_of_what_it_does_not_say(
    name: str, app: Flask, api: Api, make: Make
) -> None:
    kind, secretariat = kind_named(name), api("secretariat")
    url = f"{ROOT}/{kind.collection}/external/eigen/1"
    with app.app_context():
        sent = full(kind, lambda other: make.reference(other.name))
        few = minimal(name)
    if "order" in sent:
        sent["order"] = 0  # which is something, too
    made = secretariat.put(url, json=sent, headers=NEW)
    assert made.status_code == 201, made.text
    changed = secretariat.put(url, json=few, headers={"If-Match": made.headers["ETag"]})
    assert changed.status_code == 200, changed.text
    fresh = secretariat.post(f"{ROOT}/{kind.collection}", json=few)
    assert told(kind, changed) == told(kind, fresh)


def told(kind: Kind, answer: TestResponse) -> dict[str, Any]:
    read = sendable(kind, answer.get_json())
    return {name: value for name, value in read.items() if name not in ("sources", "moves")}


@databases.on_postgresql  # the other engine lets one in at a time
def test_of_two_at_once_one_makes_it(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        token = issue(people.actors()["member"], people.account("member"), "of a test")
    start = Barrier(4)

    def one(number: int) -> int:
        start.wait(10)
        headers = {**NEW, "Authorization": f"Bearer {token}"}
        client = fresh_app.test_client()
        return client.put(URL, json={"title": f"Week {number}"}, headers=headers).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == [201, 412, 412, 412]


@databases.on_postgresql
@pytest.mark.parametrize("nth", [1, 2])
def test_who_is_second_between_two_questions_is_told_that_there_is_one(
    fresh_app: Flask, nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fresh_app.app_context():
        token = issue(people.actors()["member"], people.account("member"), "of a test")
    headers = {**NEW, "Authorization": f"Bearer {token}"}
    asked: list[str] = []
    is_claimed = queries.is_claimed

    def a_colleague_was_first(system: str) -> bool:
        asked.append(system)
        if len(asked) == nth:
            with ThreadPoolExecutor(1) as pool:
                assert pool.submit(one).result(20) == 201
        return is_claimed(system)

    def one() -> int:
        client = fresh_app.test_client()
        return client.put(URL, json={"title": "Week"}, headers=headers).status_code

    monkeypatch.setattr(queries, "is_claimed", a_colleague_was_first)
    assert one() == 412
