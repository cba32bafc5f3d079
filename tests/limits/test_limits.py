"""How much may be asked: counted by who asks, told in the answer, refused with the reason."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from registry.limits import Memory, Shared, policies
from registry.limits.guard import QUOTA_EXCEEDED, Guard
from registry.tokens.commands import issue
from tests import databases, people
from tests.browsing import Client

pytestmark = databases.on_sqlite
THEMES = "/api/v1/themes"
Limited = Callable[[str], Guard]


@pytest.fixture
def limited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Limited:
    """The app with these limits: `limited("read=2")`."""

    def limited(given: str) -> Guard:
        guard = Guard(policies(given), Memory())
        monkeypatch.setitem(app.extensions, "guard", guard)
        return guard

    return limited


@pytest.fixture
def still(time_machine: Any) -> None:
    """Time stands still: no window turns while a test counts."""
    time_machine.move_to("2026-03-02 09:00:00Z", tick=False)


def test_every_answer_says_how_much_is_left(client: Client, limited: Limited, still: None) -> None:
    limited("anonymous=3")
    for left in (2, 1, 0):
        answer = client.get(THEMES)
        assert answer.status_code == 200
        assert answer.headers["RateLimit-Policy"] == '"anonymous";q=3;w=60'
        name, remaining, seconds = answer.headers["RateLimit"].split(";")
        assert (name, remaining) == ('"anonymous"', f"r={left}")
        assert 1 <= int(seconds.removeprefix("t=")) <= 60


def test_what_is_too_much_is_refused_until_the_window_has_turned(
    client: Client, limited: Limited, time_machine: Any, still: None
) -> None:
    limited("anonymous=1")
    assert client.get(THEMES).status_code == 200
    refused = client.get(THEMES)
    told = refused.get_json()
    assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
    assert (told["type"], told["violated-policies"]) == (QUOTA_EXCEEDED, ["anonymous"])
    wait = int(refused.headers["Retry-After"])
    assert refused.headers["RateLimit"] == f'"anonymous";r=0;t={wait}'
    assert refused.headers["Cache-Control"] == "no-store"
    time_machine.shift(wait)
    assert client.get(THEMES).status_code == 200


def test_every_sort_of_request_has_a_limit_of_its_own(
    api: Callable[[str], Client], limited: Limited, still: None
) -> None:
    limited("read=2 write=1 heavy=8")
    client = api("member")
    asked: list[tuple[str, str, dict[str, str]]] = [
        ("GET", THEMES, {}),
        ("POST", "/api/v1/initiatives", {}),
        ("GET", f"{THEMES}?q=werk", {}),
        ("GET", f"{THEMES}?expand=lead", {}),
        ("HEAD", THEMES, {}),
        ("GET", THEMES, {"Accept": "text/csv"}),
        ("GET", THEMES, {"Accept": "application/pdf, text/csv; charset=utf-8"}),
        ("GET", THEMES, {"Accept": "application/x-*, application/x-ndjson"}),
        ("GET", f"{THEMES}/_facets?facet=lead", {}),
        ("GET", "/api/v1/dumps", {}),
        ("POST", "/api/v1/batches", {}),
    ]
    answers = [client.open(url, method=m, headers=h, json={}) for m, url, h in asked]
    named = [answer.headers["RateLimit-Policy"].split('"')[1] for answer in answers]
    assert named == ["read", "write", "heavy", "heavy", "read", *["heavy"] * 6]
    again = [client.open(url, method=m, headers=h, json={}).status_code for m, url, h in asked]
    assert again == [429] * len(asked)
    assert client.options(THEMES).status_code == 204


def test_each_operation_of_a_batch_is_a_change(
    api: Callable[[str], Client], limited: Limited, still: None
) -> None:
    limited("write=5 heavy=9")
    client, made = api("member"), {"operation": "create", "collection": "initiatives"}

    def sent(many: int) -> Any:
        operations = [{**made, "payload": {"title": "x"}} for _ in range(many)]
        return client.post("/api/v1/batches", json={"operations": operations})

    assert [sent(many).headers["RateLimit"][:11] for many in (2, 2)] == [
        '"write";r=3',
        '"write";r=1',
    ]
    refused = sent(2)
    assert (refused.status_code, refused.get_json(force=True)["violated-policies"]) == (
        429,
        ["write"],
    )
    assert len(client.get("/api/v1/initiatives").get_json()) == 4


def test_what_a_token_may_not_do_is_counted_too(
    app: Flask, client: Client, limited: Limited, still: None
) -> None:
    limited("write=2")
    with app.app_context():
        account = people.account("member")
        client.token = issue(people.REGISTRY, account, "x", scope="read")
    statuses = [client.post("/api/v1/initiatives", json={}).status_code for _ in range(3)]
    assert statuses == [403, 403, 429]


def test_all_tokens_of_an_account_count_together_and_nobody_elses(
    api: Callable[[str], Client], client: Client, limited: Limited, still: None
) -> None:
    limited("read=1 anonymous=1")
    assert [api("member").get(THEMES).status_code for _ in range(2)] == [200, 429]
    assert api("partner").get(THEMES).status_code == 200
    assert [client.get(THEMES).status_code for _ in range(2)] == [200, 429]


def test_who_guesses_tokens_is_barred_and_nobody_else(
    api: Callable[[str], Client], client: Client, limited: Limited, time_machine: Any, still: None
) -> None:
    guard = limited("tokens=2")
    member = api("member")
    client.token = "sr_" + "x" * 43
    statuses = [client.get(THEMES).status_code for _ in range(4)]
    assert statuses == [401, 401, 429, 429]
    assert member.get(THEMES).status_code == 429  # of the same address
    elsewhere = {"REMOTE_ADDR": "192.0.2.9"}
    assert member.get(THEMES, environ_overrides=elsewhere).status_code == 200
    time_machine.shift(61)
    assert member.get(THEMES).status_code == 200
    assert guard.barred == {}


def test_a_limit_of_nothing_is_none(client: Client, limited: Limited) -> None:
    for given in ("anonymous=0", "0"):
        limited(given)
        answers = [client.get(THEMES) for _ in range(3)]
        assert {answer.status_code for answer in answers} == {200}
        assert "RateLimit" not in answers[0].headers


def test_a_dead_storage_stops_no_request(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch, still: None
) -> None:
    guard = Guard(policies("anonymous=2"), Shared("redis://127.0.0.1:1"))
    monkeypatch.setitem(app.extensions, "guard", guard)
    assert [client.get(THEMES).status_code for _ in range(3)] == [200, 200, 429]


def test_only_proxies_that_are_trusted_say_where_a_request_came_from(
    client: Client, limited: Limited, still: None
) -> None:
    limited("anonymous=1")
    forged = [{"X-Forwarded-For": f"192.0.2.{number}"} for number in (1, 2)]
    assert [client.get(THEMES, headers=h).status_code for h in forged] == [200, 429]
