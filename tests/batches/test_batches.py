"""Many changes in one request: each is told of, and none is done by half."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from registry.access import Actor
from registry.db import session
from registry.initiatives.models import Initiative
from registry.once import commands as once
from tests import databases
from tests.api.conftest import Api, problem
from tests.api.contract import ROOT, contract
from tests.browsing import Client
from tests.factories import Make

URL = f"{ROOT}/batches"
Sending = Callable[..., TestResponse]


def made(title: str | None) -> dict[str, Any]:
    return {"operation": "create", "collection": "initiatives", "payload": {"title": title}}


def change(reference: str, tag: str | None, **payload: Any) -> dict[str, Any]:
    told = {"operation": "change", "reference": reference, "payload": payload}
    return told if tag is None else {**told, "ifMatch": tag}


def upsert(key: str, **more: Any) -> dict[str, Any]:
    told = {"operation": "upsert", "collection": "initiatives", "system": "zaken", "key": key}
    return {**told, "payload": {"title": f"Zaak {key}"}, **more}


@pytest.fixture
def post(api: Api) -> Sending:
    """Send a batch as a member."""
    member = api("member")

    def post(*operations: Any, query: str = "", **more: Any) -> TestResponse:
        headers = more.pop("headers", {})
        body = {"operations": list(operations), **more}
        return member.post(URL + query, json=body, headers=headers)

    return post


def count(app: Flask) -> int:
    """How many initiatives there are."""
    with app.app_context():
        return session().scalar(select(func.count()).select_from(Initiative)) or 0


@databases.on_sqlite
def test_each_operation_is_done_or_refused_by_itself(
    app: Flask, post: Sending, api: Api, make: Make, actors: dict[str, Actor], client: Client
) -> None:
    member, home = api("member"), actors["member"].home_id
    draft = make.reference("initiative", state="draft", keeper_id=home)
    shown = make.reference("initiative", keeper_id=home)
    hidden = make.reference("initiative", state="draft")
    tag = member.get(f"{ROOT}/initiatives/{draft}").headers["ETag"]
    answer = post(
        *(made("Een"), made(None), change(draft, tag, goal="Rust"), change(draft, tag, goal="x")),
        *(change(draft, None, goal="x"), change(hidden, "*", goal="x")),
        *(change(shown, "*", goal="Rust"), upsert("7", ifNoneMatch="*"), upsert("7", ifMatch="*")),
        *(upsert("7", ifNoneMatch="*"), upsert("7", ifMatch="7"), change(draft, "7")),
    )
    assert answer.status_code == 200, answer.text
    assert contract(client).broken(answer, "/batches") == []
    results = answer.get_json()["results"]
    told = [201, 400, 200, 412, 428, 404, 202, 201, 200, 412, 400, 400]
    assert [result["status"] for result in results] == told
    places = [e["location"] for r in results for e in (r["problem"] or {}).get("errors", ())]
    assert places == [
        "/operations/1/payload/title",
        "/operations/10/ifMatch",
        "/operations/11/ifMatch",
    ]
    for result in (results[0], results[2], results[8]):
        read = member.get(f"{ROOT}/initiatives/{result['reference']}")
        assert read.headers["ETag"] == result["etag"] or result is results[0]
    assert count(app) == 5


def test_all_or_nothing_tells_all_that_is_wrong(app: Flask, post: Sending, make: Make) -> None:
    reference = make.reference("initiative", state="draft")
    several = (made("Een"), made(None), change(reference, "*", goal="x"), upsert("7"))
    refused = post(*several, atomic=True)
    assert problem(refused).errors == {
        "body /operations/1/payload/title": "required",
        "body /operations/2": "not_found",
        "body /operations/3": "condition_missing",
    }
    assert count(app) == 1
    done = post(
        made("Een"), upsert("7", ifNoneMatch="*"), upsert("7", ifMatch='"1-a"'), atomic=True
    )
    assert [r["status"] for r in done.get_json()["results"]] == [201, 201, 200]
    assert count(app) == 3


@databases.on_sqlite
@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"/operations": "wrong_type"}),
        ({"operations": []}, {"/operations": "length"}),
        ({"operations": [made("x")] * 101}, {"/operations": "length"}),
        (
            {"operations": [made("x")], "atomic": "ja", "x": 1},
            {"/atomic": "wrong_type", "/x": "unknown_field"},
        ),
        (
            {"operations": [1, {}, {"operation": "create"}, {**made("x"), "reference": "x"}]},
            {
                "/operations/0": "wrong_type",
                "/operations/1/operation": "not_allowed",
                "/operations/2/collection": "required",
                "/operations/2/payload": "required",
                "/operations/3/reference": "unknown_field",
            },
        ),
        (
            {
                "operations": [
                    {**made("x"), "collection": "x"},
                    change("XYZ-0001", "*"),
                    upsert("a/b"),
                    change("ini-1", "*"),
                ]
            },
            {
                "/operations/0/collection": "not_allowed",
                "/operations/1/reference": "unknown_reference",
                "/operations/2/key": "pattern",
                "/operations/3/reference": "pattern",
            },
        ),
    ],
)
def test_a_batch_that_is_not_well_formed_is_refused_as_a_whole(
    body: Any, errors: dict[str, str], app: Flask, api: Api
) -> None:
    found = problem(api("member").post(URL, json=body))
    assert (found.status, found.errors) == (400, {f"body {k}": v for k, v in errors.items()})
    assert count(app) == 0


def test_a_batch_that_was_cut_off_goes_on_where_it_was(
    app: Flask, post: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    several, key = [made(f"Nummer {n}") for n in range(4)], {once.HEADER: "partij"}
    real = once.note

    def cut_off(attempt: once.Attempt, parts: once.Parts) -> None:
        if len(parts) == 3:
            raise RuntimeError("the power went")
        real(attempt, parts)

    with monkeypatch.context() as patched:
        patched.setattr(once, "note", cut_off)
        with pytest.raises(RuntimeError):
            post(*several, headers=key)
    assert count(app) == 2
    again, last = (post(*several, headers=key) for _ in range(2))
    references = {result["reference"] for result in again.get_json()["results"]}
    assert (len(references), count(app)) == (4, 4)
    assert (last.data, last.headers["Idempotency-Replayed"]) == (again.data, "true")


@databases.on_sqlite
@pytest.mark.parametrize("atomic", [False, True])
def test_a_rehearsed_batch_does_nothing(atomic: bool, app: Flask, post: Sending) -> None:  # noqa: FBT001
    several = (upsert("7", ifNoneMatch="*"), upsert("7", ifMatch="*"))
    told = post(*several, query="?dryRun=true", atomic=atomic).get_json()["results"]
    assert [(result["status"], result["etag"]) for result in told] == [(201, None), (200, None)]
    assert count(app) == 0
