"""A dry run judges and answers everything, and keeps nothing."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.access import Actor
from registry.db import Base, session
from tests import databases
from tests.api.conftest import Api, problem
from tests.api.contract import MERGE_PATCH, ROOT, Contract
from tests.factories import Make

INITIATIVES = f"{ROOT}/initiatives"
NOTED = ("token", "account")
"""What tells that somebody was here."""


def everything(app: Flask) -> dict[str, Any]:
    """Every table: how many rows, and where the book and the references stand."""
    with app.app_context():
        tables = [t for t in Base.metadata.sorted_tables if t.name not in NOTED]
        count: dict[str, Any] = {
            t.name: session().scalar(select(func.count()).select_from(t)) for t in tables
        }
        for name in ("ledger_head", "reference_counter", "record"):
            rows = session().execute(select(Base.metadata.tables[name]))
            count[name] = sorted(map(repr, rows))
        return count


def test_a_rehearsal_answers_what_would_be_made_and_makes_nothing(
    app: Flask, api: Api, agreed: Contract
) -> None:
    member, sent = api("member"), {"title": "Nieuw", "period": "medio 2021"}
    before = everything(app)
    told = member.post(f"{INITIATIVES}?dryRun=true", json=sent)
    assert told.status_code == 201
    assert agreed.broken(told, "/initiatives") == []
    assert not {"ETag", "Location"} & {*dict(told.headers)}
    assert everything(app) == before
    made = member.post(f"{INITIATIVES}?dryRun=false", json=sent)
    drawn = dict.fromkeys(("createdAt", "updatedAt", "sources"))  # moments, and keys of rows
    assert {**made.get_json(), **drawn} == {**told.get_json(), **drawn}


@databases.on_sqlite
def test_a_rehearsed_change_changes_nothing(
    app: Flask, api: Api, make: Make, actors: dict[str, Actor]
) -> None:
    reference = make.reference("initiative", keeper_id=actors["member"].home_id)
    secretariat, member = api("secretariat"), api("member")
    url, before = f"{INITIATIVES}/{reference}", everything(app)
    headers = {"If-Match": secretariat.get(url).headers["ETag"]}
    sent: dict[str, Any] = {"data": '{"goal": "Anders"}', "content_type": MERGE_PATCH}
    told = secretariat.patch(f"{url}?dryRun=true", **sent, headers=headers)
    assert (told.get_json()["goal"], told.get_json()["version"]) == ("Anders", 3)
    assert member.patch(f"{url}?dryRun=true", **sent, headers=headers).status_code == 202
    assert problem(secretariat.patch(f"{url}?dryRun=true", **sent)).status == 428
    assert everything(app) == before
    assert secretariat.get(url).headers["ETag"] == headers["If-Match"]


@databases.on_sqlite
@pytest.mark.parametrize(
    ("who", "query", "body", "status"),
    [
        ("member", "true", {}, 400),
        ("member", "true", {"title": "x", "other": 1}, 400),
        ("member", "yes", {"title": "x"}, 400),
        ("member", "true&dryRun=true", {"title": "x"}, 400),
        ("public", "true", {"title": "x"}, 401),
    ],
)
def test_a_rehearsal_is_refused_as_the_request_would_be(
    who: str, query: str, body: Any, status: int, api: Api
) -> None:
    assert problem(api(who).post(f"{INITIATIVES}?dryRun={query}", json=body)).status == status
