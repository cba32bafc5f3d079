"""Organisations and initiatives in the words of schema.org, for who asks for JSON-LD."""

from collections.abc import Callable
from typing import Any

from tests import databases
from tests.api.contract import contract
from tests.browsing import Client
from tests.factories import Make

pytestmark = databases.on_sqlite
JSON_LD = {"Accept": "application/ld+json"}
PAGES = "https://registry.example"


def linked(client: Client, path: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1{path}", headers=JSON_LD)
    assert (answer.status_code, answer.mimetype) == (200, "application/ld+json")
    said: dict[str, Any] = answer.get_json(force=True)
    assert said["@id"] == said["url"] == f"{PAGES}{path}"
    return said


def test_an_organisation_is_an_organization(client: Client, make: Make) -> None:
    numbers = [
        {"scheme": "tooi", "value": "https://identifier.example/1", "verified": True},
        {"scheme": "other", "value": "https://identifier.example/2"},
    ]
    ministry = make.reference("partner", kind="ministry", identifiers=numbers)
    said = linked(client, f"/partners/{ministry}")
    assert said["@type"] == "GovernmentOrganization"
    assert said["sameAs"] == ["https://identifier.example/1"]
    assert [number["propertyID"] for number in said["identifier"]] == ["tooi", "other"]
    other = make.reference("partner", kind="foundation")
    assert linked(client, f"/partners/{other}")["@type"] == "Organization"


def test_an_initiative_is_a_project_with_who_takes_part(client: Client, make: Make) -> None:
    shown, hidden = make.reference("partner"), make.reference("partner", state="draft")
    rows = [{"partner": each, "role": "lead"} for each in (shown, hidden)]
    reference = make.reference("initiative", title="Week", titleEn="Week", participations=rows)
    said = linked(client, f"/initiatives/{reference}")
    assert (said["@type"], said["name"], said["alternateName"]) == ("Project", "Week", "Week")
    assert [role["roleName"] for role in said["member"]] == ["lead"]
    assert said["member"][0]["member"]["@id"] == f"{PAGES}/partners/{shown}"


def test_each_form_has_its_own_validator_and_json_comes_first(
    client: Client, make: Make, api: Callable[[str], Client]
) -> None:
    url = f"/api/v1/partners/{make.reference('partner')}"
    plain, other = client.get(url), client.get(url, headers=JSON_LD)
    assert plain.mimetype == client.get(url, headers={"Accept": "*/*"}).mimetype
    assert plain.mimetype == "application/json"
    assert plain.headers["ETag"] != other.headers["ETag"]
    again = {**JSON_LD, "If-None-Match": other.headers["ETag"]}
    assert client.get(url, headers=again).status_code == 304
    compressed = f'{other.headers["ETag"][:-1]}:gzip"'
    assert client.get(url, headers={**again, "If-None-Match": compressed}).status_code == 304
    for asked, given in ((JSON_LD, plain), ({}, other)):
        crossed = {**asked, "If-None-Match": given.headers["ETag"]}
        assert client.get(url, headers=crossed).status_code == 200
    change = {"If-Match": other.headers["ETag"], "Content-Type": "application/merge-patch+json"}
    changed = api("secretariat").patch(url, data='{"website": null}', headers=change)
    assert changed.status_code == 200


def test_what_is_hidden_is_hidden_in_every_form(client: Client, make: Make) -> None:
    draft = make.reference("partner", state="draft")
    answer = client.get(f"/api/v1/partners/{draft}", headers=JSON_LD)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    refused = client.get("/api/v1/themes/THE-0001", headers=JSON_LD)
    assert refused.status_code == 406


def test_the_document_tells_of_it(client: Client) -> None:
    told = contract(client)
    answers = told.told("/partners/{reference}", "get")["responses"]["200"]
    assert set(told.resolved(answers)["content"]) == {"application/json", "application/ld+json"}
    answers = told.told("/themes/{reference}", "get")["responses"]["200"]
    assert set(told.resolved(answers)["content"]) == {"application/json"}
