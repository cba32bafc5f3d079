"""Bad input and failure: always a problem, with the right status, in the caller's language."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from registry.db import RETRY_AFTER
from tests import databases
from tests.api.conftest import Api, problem
from tests.api.contract import JSON, MERGE_PATCH, ROOT
from tests.browsing import Client
from tests.factories import Make

INITIATIVES = f"{ROOT}/initiatives"


def send(client: Client, text: str | bytes, media: str = JSON) -> TestResponse:
    return client.post(INITIATIVES, data=text, content_type=media)


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("", {"body ": "json"}),
        ("{", {"body ": "json"}),
        ("{'title': 1}", {"body ": "json"}),
        ('{"title": "a"} {}', {"body ": "json"}),
        ("\ufeff{}", {"body ": "json"}),
        ("[]", {"body ": "wrong_type"}),
        ('"title"', {"body ": "wrong_type"}),
        ("null", {"body ": "wrong_type"}),
        ("7", {"body ": "wrong_type"}),
        ("NaN", {"body ": "number"}),
        ('{"title": NaN}', {"body ": "number"}),
        ('{"title": -Infinity}', {"body ": "number"}),
        ('{"title": 1e999}', {"body ": "number"}),
        ('{"title": ' + "9" * 5000 + "}", {"body ": "number"}),
        ('{"title": "a", "title": "b"}', {"body /title": "duplicate_key"}),
        ('{"title": "a", "editions": [{"title": "a", "title": "b"}]}',
         {"body /editions/0/title": "duplicate_key"}),
        ('{"title": "a\\u0000b"}', {"body /title": "no_text"}),
        ('{"title": "a\\ud800b"}', {"body /title": "no_text"}),
        ('{"a\\ud800": 1, "b\\u0000": 2}', {"body ": "no_text"}),
        ('{"a/b~c": {"\\udfff": 1}}', {"body /a~1b~0c": "no_text"}),
        ('{"title": ' + "[" * 40 + "]" * 40 + "}", {"body ": "too_deep"}),
        ("[" * 100_000, {"body ": "too_deep"}),
        ('{"a":' * 50_000, {"body ": "too_deep"}),
        (b'{"title": "caf\xe9"}', {"body ": "json"}),
        (b'{"title": "\xed\xa0\x80"}', {"body ": "json"}),
        ('{"title": "a"}'.encode("utf-16"), {"body ": "json"}),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_a_body_that_is_no_json_is_refused(
    text: str | bytes, errors: dict[str, str], api: Api
) -> None:
    said = problem(send(api("member"), text))
    assert (said.status, said.errors) == (400, errors)


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


@pytest.mark.parametrize(
    "media",
    ["", "text/plain", "application/x-www-form-urlencoded", MERGE_PATCH, "application/json5",
     "application/json; charset=latin-1", "application/json; charset=utf-16"],
)  # fmt: skip
def test_only_json_is_read(media: str, api: Api) -> None:
    assert problem(send(api("member"), '{"title": "a"}', media)).status == 415


@pytest.mark.parametrize("media", [JSON, "application/json; charset=UTF-8"])
def test_json_in_utf_8_is_read(media: str, api: Api) -> None:
    made = send(api("member"), '{"title": "Café ☕ \U0001f600"}'.encode(), media)
    assert (made.status_code, made.get_json()["title"]) == (201, "Café ☕ \U0001f600")


def test_a_compressed_body_is_not_read(api: Api) -> None:
    headers = {"Content-Encoding": "gzip"}
    response = api("member").post(INITIATIVES, data=b"x", content_type=JSON, headers=headers)
    assert problem(response).status == 415


def test_a_patch_is_a_merge_patch(api: Api, make: Make) -> None:
    url = f"{INITIATIVES}/{make.reference('initiative')}"
    response = api("secretariat").patch(url, json={}, headers={"If-Match": "*"})
    assert problem(response).status == 415


def test_a_body_that_is_too_large_is_refused(app: Flask, api: Api) -> None:
    text = '{"title": "' + "x" * app.config["MAX_CONTENT_LENGTH"] + '"}'
    assert problem(send(api("member"), text)).status == 413


@pytest.mark.parametrize(
    ("accept", "status"),
    [("application/json", 200), ("*/*", 200), ("application/*", 200), ("", 200),
     ("text/html, application/json;q=0.1", 200), ("application/json; charset=utf-8", 200),
     ("text/html", 406), ("application/json;q=0", 406), ("image/png", 406), ("x", 406)],
)  # fmt: skip
def test_what_no_list_is_sent_as_is_not_acceptable(
    accept: str, status: int, client: Client
) -> None:
    response = client.get(INITIATIVES, headers={"Accept": accept})
    assert response.status_code == status
    if status == 406:
        assert problem(response).status == 406


@pytest.mark.parametrize(
    "path",
    ["/api", "/api/", "/api/v2", "/api/v1/nothing", "/api/v1/initiatives/", "/api/v1//initiatives",
     "/api/v1/initiatives/INI-0001/", "/api/v1/initiatives/INI-0001/x", "/api/v1/Initiatives"],
)  # fmt: skip
def test_an_address_that_does_not_exist_is_a_problem(path: str, client: Client) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        assert problem(client.open(path, method=method)).status == 404


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("/initiatives", "PUT", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("/initiatives", "DELETE", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("/initiatives/INI-0001", "POST", {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH"}),
        ("/initiatives/INI-0001/publications", "GET", {"OPTIONS", "POST"}),
        ("/openapi.json", "POST", {"GET", "HEAD", "OPTIONS"}),
        ("/vocabularies", "TRACE", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_method_that_is_not_there_is_a_problem_that_tells_which_are(
    path: str, method: str, allowed: set[str], client: Client
) -> None:
    response = client.open(f"{ROOT}{path}", method=method)
    assert problem(response).status == 405
    assert set(response.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize("sent", ["Bearer sr_unknown", "Bearer", "Bearer ", "Basic YTpi", "x", ""])
def test_a_token_that_is_not_valid_is_refused_everywhere(sent: str, client: Client) -> None:
    for path in ("/initiatives", "/initiatives/INI-0001", "/vocabularies"):
        response = client.get(f"{ROOT}{path}", headers={"Authorization": sent})
        assert problem(response).status == 401
        assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]


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
    working = fresh_app.extensions["engine"]
    away = sa.create_engine("sqlite:////nowhere/at/all/registry.db")
    monkeypatch.setitem(fresh_app.extensions, "engine", away)
    headers = {"Authorization": "Bearer sr_x"}
    response = client.get(f"{ROOT}{path}", headers=headers)
    assert problem(response).status == 503
    assert response.headers["Retry-After"] == str(RETRY_AFTER)
    monkeypatch.setitem(fresh_app.extensions, "engine", working)
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
