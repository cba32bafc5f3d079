"""Bad input and failure: always a problem, with the right status, in the caller's language."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from registry.db import RETRY_AFTER
from tests import databases
from tests.api.conftest import Api, problem
from tests.api.contract import JSON, ROOT
from tests.browsing import Client

INITIATIVES = f"{ROOT}/initiatives"


def send(client: Client, text: str | bytes, media: str = JSON) -> TestResponse:
    return client.post(INITIATIVES, data=text, content_type=media)


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"body /title": "required"}),
        ({"title": "a", "colour": 1, "reference": "INI-0009"},
         {"body /colour": "unknown_field", "body /reference": "unknown_field"}),
        ({"title": 5, "kind": "fiets", "website": "www", "period": {"text": 5}},
         {"body /title": "wrong_type", "body /kind": "not_allowed", "body /website": "url",
          "body /period": "wrong_type"}),
        ({"title": "a", "period": {"earliest": "2021-01-01", "latest": "2020-01-01"}},
         {"body /period": "window"}),
        ({"title": "a", "participations": [{"role": "lead"}, {"partner": "ORG-9999", "role": "x"}]},
         {"body /participations/0/partner": "required",
          "body /participations/1/partner": "unknown_reference",
          "body /participations/1/role": "not_allowed"}),
        ({"title": "a", "participations": {"partner": 1}}, {"body /participations": "wrong_type"}),
        ({"title": "a", "participations": [7]}, {"body /participations/0": "wrong_type"}),
        ({"title": "a", "money": [{"amount": 1e14, "currency": "EUR"}]},
         {"body /money/0/amount": "range"}),
        ({"title": "a", "editions": [{"title": "b"}] * 501}, {"body /editions": "too_many"}),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_every_mistake_is_told_at_its_place(body: Any, errors: dict[str, str], api: Api) -> None:
    said = problem(api("member").post(INITIATIVES, json=body))
    assert (said.status, said.errors) == (400, errors)


def test_allowed_values_are_told(api: Api) -> None:
    refused = api("member").post(INITIATIVES, json={"title": "a", "relation": "vriend"})
    assert refused.get_json(force=True)["errors"] == [
        {
            "in": "body",
            "location": "/relation",
            "code": "not_allowed",
            "detail": "Choose one of: part_of, shared_in, beside.",
            "allowed": ["part_of", "shared_in", "beside"],
        }
    ]


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("", "The input is not valid"),
        ("en", "The input is not valid"),
        ("nl", "De invoer klopt niet"),
        ("fr, nl;q=0.5", "De invoer klopt niet"),
        ("en-GB, nl;q=0.5", "The input is not valid"),
        ("fr", "The input is not valid"),
    ],
)
def test_problems_are_told_in_the_language_that_is_asked(asked: str, title: str, api: Api) -> None:
    response = api("member").post(INITIATIVES, json={}, headers={"Accept-Language": asked})
    said = problem(response)
    assert said.title == title
    dutch = title.startswith("De")
    assert response.headers["Content-Language"] == ("nl" if dutch else "en")
    assert "Accept-Language" in response.headers["Vary"]
    detail = response.get_json(force=True)["errors"][0]["detail"]
    assert detail == ("Vul dit in." if dutch else "Fill this in.")


@databases.on_sqlite
def test_what_is_no_json_and_no_form_of_ours_is_told_in_that_language_alone(api: Api) -> None:
    dutch, member = {"Accept-Language": "nl"}, api("member")
    broken = member.post(INITIATIVES, data='{\n"a" 1}', content_type=JSON, headers=dutch)
    said = broken.get_json(force=True)["errors"][0]["detail"]
    assert said == "Dit is geen JSON vanaf regel 2, teken 5."
    other = member.get(INITIATIVES, headers={**dutch, "Accept": "text/html"})
    assert other.get_json(force=True)["detail"].startswith("Er is alleen application/json, ")


@pytest.mark.parametrize("media", [JSON, "application/json; charset=UTF-8"])
def test_json_in_utf_8_is_read(media: str, api: Api) -> None:
    made = send(api("member"), '{"title": "Café ☕ \U0001f600"}'.encode(), media)
    assert (made.status_code, made.get_json()["title"]) == (201, "Café ☕ \U0001f600")


@pytest.mark.parametrize(
    ("accept", "status"),
    [("application/json", 200), ("*/*", 200), ("application/*", 200), ("", 200),
     ("text/html, application/json;q=0.1", 200), ("application/json; charset=utf-8", 200),
     ("text/html", 406), ("application/json;q=0", 406), ("application/xml", 406), ("x", 406)],
)  # fmt: skip
def test_what_no_list_is_sent_as_is_not_acceptable(
    accept: str, status: int, client: Client
) -> None:
    response = client.get(INITIATIVES, headers={"Accept": accept})
    assert response.status_code == status
    if status == 406:
        assert problem(response).status == 406


def test_who_has_no_token_is_told_how_to_sign_in(client: Client) -> None:
    response = client.post(INITIATIVES, json={"title": "a"})
    assert problem(response).status == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="api"'


@databases.on_sqlite
@pytest.mark.parametrize("path", ["/initiatives", "/initiatives/INI-0001", "/vocabularies/basis"])
def test_a_database_that_is_away_is_told_and_recovers(
    path: str, fresh_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = fresh_app.test_client()
    working = fresh_app.extensions["engines"]
    away = sa.create_engine("sqlite:////nowhere/at/all/registry.db")
    monkeypatch.setitem(fresh_app.extensions, "engines", dict.fromkeys(working, away))
    headers = {"Authorization": "Bearer sr_x"}
    response = client.get(f"{ROOT}{path}", headers=headers)
    assert problem(response).status == 503
    assert response.headers["Retry-After"] == str(RETRY_AFTER)
    monkeypatch.setitem(fresh_app.extensions, "engines", working)
    assert client.get(f"{ROOT}{path}", headers=headers).status_code == 401


@databases.on_sqlite
def test_a_fault_of_ours_tells_nothing_of_its_inside(
    fresh_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the inside of the registry")

    monkeypatch.setattr("registry.listing.page", broken)
    fresh_app.testing = False
    response = fresh_app.test_client().get(INITIATIVES)
    assert problem(response).status == 500
    assert "inside of the registry" not in response.text
    assert response.headers["X-Request-ID"]
