"""A request with a key is carried out once, however often and however many at a time it is sent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from registry import clock
from registry.access import Actor
from registry.db import session
from registry.initiatives.models import Initiative
from registry.once import commands
from registry.once.models import RequestKey
from registry.privacy import commands as privacy
from registry.tokens.commands import issue
from tests import databases, people
from tests.api.conftest import Api, problem
from tests.api.contract import MERGE_PATCH, ROOT, contract
from tests.browsing import Client

INITIATIVES = f"{ROOT}/initiatives"
AT_ONCE = 6
Sending = Callable[..., TestResponse]


@pytest.fixture
def post(api: Api) -> Sending:
    """POST an initiative as a member, with a key."""
    member = api("member")

    def post(key: str = "sleutel", title: str = "Eenmaal", url: str = INITIATIVES) -> TestResponse:
        return member.post(url, json={"title": title}, headers={commands.HEADER: key})

    return post


def made(app: Flask) -> int:
    """How many initiatives there are."""
    with app.app_context():
        return session().scalar(select(func.count()).select_from(Initiative)) or 0


def test_the_first_answer_is_given_again(app: Flask, post: Sending, client: Client) -> None:
    first, again = post(), post()
    assert (first.status_code, made(app)) == (201, 1)
    assert contract(client).broken(first, "/initiatives") == []
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    same = ("Location", "ETag", "Content-Type", "Cache-Control", "API-Version")
    assert [again.headers[n] for n in same] == [first.headers[n] for n in same]
    assert (again.status_code, again.data) == (201, first.data)
    for url in (INITIATIVES, f"{INITIATIVES}?dryRun=true"):
        assert post("een andere", url=url).status_code == 400  # a space is no visible character
    assert (post("tweede").status_code, made(app)) == (201, 2)


@databases.on_sqlite
def test_a_key_is_of_one_request_of_one_person(app: Flask, api: Api, post: Sending) -> None:
    post()
    for other in (
        post(title="Anders"),
        post(url=f"{ROOT}/commitments"),
        post(url=f"{INITIATIVES}?x=1"),
    ):
        assert problem(other).errors == {f"header {commands.HEADER}": "reused"}
    sent: dict[str, Any] = {"json": {"title": "Eenmaal"}, "headers": {commands.HEADER: "sleutel"}}
    assert api("other_member").post(INITIATIVES, **sent).status_code == 201
    assert api("public").post(INITIATIVES, **sent).status_code == 401
    assert made(app) == 2


@databases.on_sqlite
def test_a_refusal_did_nothing_so_its_key_is_free(app: Flask, post: Sending) -> None:
    assert post(title="").status_code == 400
    assert (post().status_code, made(app)) == (201, 1)


@databases.on_sqlite
def test_a_change_and_a_removal_are_answered_again_too(api: Api, post: Sending) -> None:
    member, first = api("member"), post()
    url, tag = first.headers["Location"], {"If-Match": first.headers["ETag"]}
    patch: dict[str, Any] = {"data": '{"goal": "x"}', "content_type": MERGE_PATCH}
    patch |= {"method": "PATCH", "headers": {**tag, commands.HEADER: "a"}}
    gone: dict[str, Any] = {"method": "DELETE"}
    gone["headers"] = {"If-Match": "*", commands.HEADER: "b"}
    for send in (patch, gone):
        one, two = (member.open(url, **send) for _ in range(2))
        assert (one.status_code, one.data) == (two.status_code, two.data)
        assert one.status_code < 300
        assert two.headers["Idempotency-Replayed"] == "true"
        for name, said in (("If-Match", '"7-a"'), ("If-None-Match", "*"), ("Change-Reason", "x")):
            other = {**send, "headers": {**send["headers"], name: said}}
            assert problem(member.open(url, **other)).errors == {
                f"header {commands.HEADER}": "reused"
            }


def test_what_fails_before_it_is_answered_is_undone_and_can_be_sent_again(
    app: Flask, post: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr(commands, "settle", cut_off)
        with pytest.raises(RuntimeError):
            post()
    assert made(app) == 0
    assert (post().status_code, made(app)) == (201, 1)


@databases.on_sqlite
def test_what_is_cut_off_is_taken_over_when_its_lease_is_over(
    app: Flask, post: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:  # the process ends: nothing is given back
        patched.setattr(commands, "settle", lambda *_: 1 / 0)
        patched.setattr(commands, "release", lambda *_: None)
        with pytest.raises(ZeroDivisionError):
            post()
    busy = post()
    assert (problem(busy).status, made(app)) == (409, 0)
    assert int(busy.headers["Retry-After"]) == commands.LATE
    later = clock.now() + commands.LEASE * 2
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (post().status_code, made(app)) == (201, 1)


@databases.on_sqlite
def test_who_was_taken_over_undoes_all_that_it_did(
    app: Flask, post: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = commands.settle

    def late(mine: commands.Attempt, answer: commands.Answer) -> None:
        real(replace(mine, lease="another"), answer)

    monkeypatch.setattr(commands, "settle", late)
    assert (post().status_code, made(app)) == (409, 0)


def test_many_at_once_make_one(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        token = issue(people.actors()["member"], people.account("member"), "of a test")
    start = Barrier(AT_ONCE)
    sent = {"Authorization": f"Bearer {token}", commands.HEADER: "samen"}

    def one(_number: int) -> TestResponse:
        client = fresh_app.test_client()
        start.wait(10)
        return client.post(INITIATIVES, json={"title": "Tegelijk"}, headers=sent)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(one, range(AT_ONCE)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({a.data for a in answers if a.status_code == 201}) == 1
    assert (
        sum(a.status_code == 201 and "Idempotency-Replayed" not in a.headers for a in answers) == 1
    )
    assert all(a.headers["Retry-After"] for a in answers if a.status_code == 409)
    assert made(fresh_app) == 1
    assert one_more(fresh_app, sent).headers["Idempotency-Replayed"] == "true"


def one_more(app: Flask, sent: dict[str, str]) -> TestResponse:
    return app.test_client().post(INITIATIVES, json={"title": "Tegelijk"}, headers=sent)


@databases.on_sqlite
def test_answers_are_kept_for_two_days_and_go_with_whom_they_tell_of(
    app: Flask, post: Sending, actors: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    post(title=f"Vraag {people.email('partner')}")
    post("tweede")
    with app.app_context():
        privacy.erase(actors["administrator"], people.email("partner"))
    assert problem(post(title=f"Vraag {people.email('partner')}")).status == 410
    assert post("tweede").headers["Idempotency-Replayed"]
    later = clock.now() + commands.KEPT + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with app.app_context():
        commands.tidy()
        assert session().scalars(select(RequestKey.id)).all() == []
