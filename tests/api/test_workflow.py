"""Handing in, sending back and revisions, by the API."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from registry.access import Actor
from tests.browsing import Client, SignedIn
from tests.databases import on_sqlite
from tests.factories import Make

Api = Callable[[str], Client]
URL = "/api/v1/initiatives"
AS_IT_IS = {"If-Match": "*"}


@pytest.fixture
def draft(api: Api, make: Make) -> str:
    """The address of a draft of the member that can be submitted."""
    member = api("member")
    own = member.get("/api/v1/partners?q=OVAL").get_json(force=True)[0]["reference"]
    payload = {
        "title": "Rust op het werk",
        "goal": "Minder werkdruk",
        "period": "2021",
        "themes": [{"theme": make.reference("theme"), "basis": "reported"}],
        "participations": [{"partner": own, "role": "lead"}],
    }
    answer = member.post(URL, json=payload)
    assert answer.status_code == 201, answer.text
    return f"{URL}/{answer.get_json(force=True)['reference']}"


@pytest.fixture
def published(api: Api, draft: str) -> str:
    assert api("member").post(f"{draft}/submissions").status_code == 200
    assert api("secretariat").post(f"{draft}/publications").status_code == 200
    return draft


def patch(client: Client, url: str, payload: Any) -> Any:
    tag = client.get(url).headers["ETag"]
    headers = {"If-Match": tag, "Content-Type": "application/merge-patch+json"}
    return client.patch(url, json=payload, headers=headers)


@on_sqlite
def test_a_draft_that_is_not_ready_is_refused_with_everything_that_is_missing(api: Api) -> None:
    member = api("member")
    reference = member.post(URL, json={"title": "Half"}).get_json(force=True)["reference"]
    answer = member.post(f"{URL}/{reference}/submissions")
    assert answer.status_code == 400
    places = {error["location"] for error in answer.get_json(force=True)["errors"]}
    assert places == {"/goal", "/themes", "/period", "/participations"}


@on_sqlite
def test_submitted_returned_and_submitted_again(api: Api, draft: str) -> None:
    member, secretariat = api("member"), api("secretariat")
    assert member.post(f"{draft}/submissions").get_json(force=True)["workflow"] == "submitted"
    assert secretariat.post(f"{draft}/returns", json={}).status_code == 400
    answer = secretariat.post(f"{draft}/returns", json={"note": "Korter"})
    assert answer.get_json(force=True)["workflow"] == "returned"
    member.post(f"{draft}/submissions")
    taken = member.post(f"{draft}/withdrawals")
    assert taken.get_json(force=True)["workflow"] == "draft"


@on_sqlite
def test_a_step_that_starts_from_an_old_version_is_refused(api: Api, draft: str) -> None:
    member = api("member")
    old = member.get(draft).headers["ETag"]
    assert patch(member, draft, {"goal": "Anders"}).status_code == 200
    answer = member.post(f"{draft}/submissions", headers={"If-Match": old})
    assert answer.status_code == 412


@on_sqlite
def test_a_patch_of_what_is_published_becomes_a_revision(api: Api, published: str) -> None:
    member, secretariat, anybody = api("member"), api("secretariat"), api("public")
    answer = patch(member, published, {"goal": "Veel minder werkdruk"})
    assert answer.status_code == 202
    place = answer.headers["Location"].removeprefix("http://localhost")
    revision = answer.get_json(force=True)
    assert revision["state"] == "submitted"
    change = {"field": "goal", "old": "Minder werkdruk", "new": "Veel minder werkdruk"}
    assert change in revision["changes"]
    assert anybody.get(published).get_json(force=True)["goal"] == "Minder werkdruk"
    assert [r["key"] for r in secretariat.get(f"{published}/revisions").get_json(force=True)] == [
        revision["key"]
    ]
    assert anybody.get(f"{published}/revisions").get_json(force=True) == []
    assert anybody.get(place).status_code == 404
    assert member.post(f"{place}/publications").status_code == 403
    assert secretariat.post(f"{place}/publications").status_code == 200
    assert anybody.get(published).get_json(force=True)["goal"] == "Veel minder werkdruk"
    assert secretariat.post(f"{place}/publications").status_code == 409


@on_sqlite
def test_a_revision_is_returned_improved_and_taken_back(api: Api, published: str) -> None:
    member, secretariat = api("member"), api("secretariat")
    answer = patch(member, published, {"goal": "Een"})
    place = answer.headers["Location"].removeprefix("http://localhost")
    told = secretariat.post(f"{place}/returns", json={"note": "Twee"}).get_json(force=True)
    assert (told["state"], told["note"]) == ("returned", "Twee")
    assert patch(member, published, {"goal": "Twee"}).status_code == 202
    assert secretariat.delete(place).status_code == 403
    assert member.delete(place).status_code == 428
    assert member.delete(place, headers={"If-Match": '"99-x"'}).status_code == 412
    assert member.delete(place, headers=AS_IT_IS).status_code == 204
    assert member.get(place).get_json(force=True)["state"] == "withdrawn"


def place_of(answer: Any) -> str:
    return str(answer.headers["Location"]).removeprefix("http://localhost")


def put(client: Client, published: str, place: str, payload: Any) -> Any:
    return client.put(
        place, json=payload, headers={"If-Match": client.get(published).headers["ETag"]}
    )


@on_sqlite
def test_a_returned_revision_gives_what_was_proposed_and_is_replaced(
    api: Api, published: str
) -> None:
    member, secretariat = api("member"), api("secretariat")
    place = place_of(patch(member, published, {"goal": "Een", "summary": "Kort"}))
    secretariat.post(f"{place}/returns", json={"note": "Twee"})
    told = member.get(place).get_json(force=True)
    assert told["payload"] == {"goal": "Een", "summary": "Kort"}
    assert (told["note"], told["overtaken"], told["fits"]) == ("Twee", [], True)
    assert member.put(place, json={"goal": "Twee"}).status_code == 428
    assert put(secretariat, published, place, {"goal": "Twee"}).status_code == 403
    assert put(member, published, place, {}).status_code == 400
    assert put(member, published, place, []).status_code == 400
    told = put(member, published, place, {"goal": "Twee"}).get_json(force=True)
    assert (told["state"], told["payload"]) == ("submitted", {"goal": "Twee"})
    assert [step["action"] for step in told["steps"]] == ["proposed", "returned", "proposed"]


@on_sqlite
def test_what_was_changed_since_is_named_and_replaced(api: Api, published: str) -> None:
    member, secretariat = api("member"), api("secretariat")
    place = place_of(patch(member, published, {"goal": "Een", "summary": "Kort"}))
    patch(secretariat, published, {"goal": "Van ons"})
    told = member.get(place).get_json(force=True)
    assert told["overtaken"] == ["goal"]
    assert {"field": "goal", "old": "Van ons", "new": "Een"} in told["changes"]
    assert secretariat.post(f"{place}/publications").status_code == 409
    assert put(member, published, place, told["payload"]).status_code == 200
    assert secretariat.post(f"{place}/publications").status_code == 200


@on_sqlite
def test_one_field_of_a_revision_is_taken_back(api: Api, published: str) -> None:
    member, secretariat = api("member"), api("secretariat")
    place = place_of(patch(member, published, {"goal": "Een", "summary": "Kort"}))
    assert secretariat.delete(f"{place}/fields/goal").status_code == 403
    assert member.delete(f"{place}/fields/title", headers=AS_IT_IS).status_code == 404
    assert member.delete(f"{place}/fields/goal").status_code == 428
    told = member.delete(f"{place}/fields/goal", headers=AS_IT_IS).get_json(force=True)
    assert [change["field"] for change in told["changes"]] == ["summary"]
    assert told["steps"][-1]["fields"] == ["goal"]
    assert member.delete(f"{place}/fields/summary", headers=AS_IT_IS).status_code == 409
    assert member.get(place).get_json(force=True)["state"] == "submitted"


@on_sqlite
def test_a_revision_of_a_record_that_is_gone_is_read_and_laid_aside(
    api: Api, published: str
) -> None:
    member, secretariat = api("member"), api("secretariat")
    place = place_of(patch(member, published, {"goal": "Een"}))
    headers = {
        "If-Match": secretariat.get(published).headers["ETag"],
        "Change-Reason": "dubbel",
    }
    assert secretariat.delete(published, headers=headers).status_code == 204
    assert member.get(place).get_json(force=True)["payload"] == {"goal": "Een"}
    assert api("other_member").get(place).status_code == 404
    assert put(secretariat, "/api/v1/", place, {}).status_code in (403, 404)
    assert member.delete(place, headers=AS_IT_IS).status_code == 204


@on_sqlite
def test_of_ones_own_and_of_what_was_judged_already_the_api_says_why(
    api: Api, draft: str, make: Make
) -> None:
    secretariat, administrator = api("secretariat"), api("administrator")
    theme = {"theme": make.reference("theme"), "basis": "classified"}
    own = {"title": "Eigen", "goal": "Rust", "period": "2021", "themes": [theme]}
    own["participations"] = [{"partner": make.reference("partner"), "role": "lead"}]
    reference = secretariat.post(URL, json=own).get_json(force=True)["reference"]
    assert secretariat.post(f"{URL}/{reference}/submissions").status_code == 200
    answer = secretariat.post(f"{URL}/{reference}/publications")
    assert (answer.status_code, "yourself" in answer.text) == (403, True)
    assert secretariat.get(f"{URL}/{reference}").get_json(force=True)["workflow"] == "submitted"
    api("member").post(f"{draft}/submissions")
    seen = {"If-Match": administrator.get(draft).headers["ETag"]}
    assert secretariat.post(f"{draft}/publications").status_code == 200
    late = administrator.post(f"{draft}/returns", json={"note": "Nee"}, headers=seen)
    assert (late.status_code, "meantime" in late.text) == (412, True)
    assert administrator.post(f"{draft}/returns", json={"note": "Nee"}).status_code == 409
    assert administrator.get(draft).get_json(force=True)["workflow"] == "published"


@on_sqlite
def test_why_hidden_fields_would_change_is_for_who_sees_these(
    app: Flask, api: Api, make: Make, actors: dict[str, Actor], signed_in: SignedIn
) -> None:
    own = api("member").get("/api/v1/partners?q=OVAL").get_json(force=True)[0]["reference"]
    with app.app_context():
        kept = make("partner", keeper_id=actors["partner"].home_id, payload={"parent": own})
        url = f"/api/v1/partners/{kept.reference}"
    headers = {**AS_IT_IS, "Change-Reason": "zij vertrok"}
    sent = {"content_type": "application/merge-patch+json", "headers": headers}
    place = api("member").patch(url, json={"contacts": [{"name": "Jo"}]}, **sent).location
    for reader, reason in (("partner", None), ("member", "zij vertrok")):
        (listed,) = api(reader).get(f"{url}/revisions").get_json()
        assert listed["reason"] == api(reader).get(place).get_json()["reason"] == reason
    page = signed_in("partner").page(f"/revisions/{place.rpartition('/')[2]}").text
    assert "Member" in page
    assert "zij vertrok" not in page
    api("member").patch(url, json={"website": "https://voorbeeld.example/"}, **sent)
    assert api("partner").get(place).get_json()["reason"] == "zij vertrok"
