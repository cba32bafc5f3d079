"""Writing: create, change, delete and publish through the same commands as the screens."""

import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from registry.kind import Kind, kind_named
from tests.api.conftest import COLLECTIONS, Api, problem
from tests.api.contract import MERGE_PATCH, ROOT, Contract
from tests.browsing import Client
from tests.factories import Make, minimal
from tests.payloads import Full, PointAt

INITIATIVES = f"{ROOT}/initiatives"


def patch(client: Client, url: str, changes: Any, tag: str | None = None) -> TestResponse:
    """Send a merge patch for the version that the client reads."""
    tag = client.get(url).headers["ETag"] if tag is None else tag
    headers = {"If-Match": tag} if tag else {}
    return client.patch(url, data=json.dumps(changes), content_type=MERGE_PATCH, headers=headers)


def full(kind: Kind, point_at: PointAt) -> dict[str, Any]:
    """A payload with every field of a kind; its source is of its title."""
    payload = Full(point_at).payload(kind.schema())
    payload["sources"] = [{**row, "field": kind.title_field} for row in payload["sources"]]
    return payload


def delete(client: Client, url: str) -> TestResponse:
    return client.delete(url, headers={"If-Match": client.get(url).headers["ETag"]})


def test_a_new_record_is_answered_with_its_address(api: Api, agreed: Contract) -> None:
    member = api("member")
    made = member.post(INITIATIVES, json={"title": "Nieuw", "period": "medio 2021"})
    assert made.status_code == 201
    assert agreed.broken(made, "/initiatives") == []
    assert (
        made.headers["Location"] == f"http://localhost{INITIATIVES}/{made.get_json()['reference']}"
    )
    read = member.get(made.headers["Location"])
    assert read.get_json() == made.get_json()
    assert read.headers["ETag"] == made.headers["ETag"]
    assert made.headers["Cache-Control"] == "no-store"


def test_what_a_member_makes_is_a_draft(api: Api, client: Client) -> None:
    made = api("member").post(INITIATIVES, json={"title": "Nieuw"})
    assert made.get_json()["workflow"] == "draft"
    assert client.get(f"{INITIATIVES}/{made.get_json()['reference']}").status_code == 404


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_field_of_every_kind_can_be_sent(
    collection: str, app: Flask, api: Api, make: Make, agreed: Contract, every_kind: list[Kind]
) -> None:
    kind = next(k for k in every_kind if k.collection == collection)
    made_for: dict[str, str] = {}

    def point_at(other: Kind) -> str:
        if other.name not in made_for:
            made_for[other.name] = make.reference(other.name)
        return made_for[other.name]

    with app.app_context():
        payload = full(kind, point_at)
    name = type(kind.schema()).__name__.removesuffix("Schema")
    assert agreed.named(f"{name}Input", payload) == []
    assert agreed.named(f"{name}Patch", payload) == []
    secretariat = api("secretariat")
    made = secretariat.post(f"{ROOT}/{collection}", json=payload)
    assert made.status_code == 201, made.text
    assert agreed.broken(made, f"/{collection}") == []
    again = patch(secretariat, f"{ROOT}/{collection}/{made.get_json()['reference']}", payload)
    assert agreed.broken(again, f"/{collection}/{{reference}}") == []


@pytest.mark.parametrize("collection", ["initiatives", "partners", "commitments", "documents"])
def test_what_is_read_can_be_sent_back_and_changes_nothing(
    collection: str, app: Flask, api: Api, make: Make, every_kind: list[Kind]
) -> None:
    kind = next(k for k in every_kind if k.collection == collection)
    secretariat = api("secretariat")
    with app.app_context():
        payload = full(kind, lambda other: make.reference(other.name))
    url = secretariat.post(f"{ROOT}/{collection}", json=payload).headers["Location"]
    read = secretariat.get(url).get_json()
    answered = sendable(kind, read)
    again = patch(secretariat, url, answered)
    assert again.status_code == 200, again.text
    assert again.get_json()["version"] == read["version"]
    assert sendable(kind, again.get_json()) == answered


def sendable(kind: Kind, read: dict[str, Any]) -> dict[str, Any]:
    """A record as it was read, without what is read only."""
    out = {}
    for field in kind.schema().load_fields.values():
        name = str(field.data_key)
        inner = getattr(field, "schema", None)
        out[name] = read[name]
        if inner is not None:
            kept = {str(f.data_key) for f in inner.load_fields.values()}
            out[name] = [{k: v for k, v in row.items() if k in kept} for row in read[name]]
    return out


def test_absent_stays_and_null_empties(api: Api) -> None:
    member = api("member")
    sent = {"title": "Eerst", "goal": "Doel", "summary": "Kort"}
    url = member.post(INITIATIVES, json=sent).headers["Location"]
    changed = patch(member, url, {"title": "Later", "goal": None})
    assert changed.status_code == 200
    seen = {name: changed.get_json()[name] for name in sent}
    assert seen == {"title": "Later", "goal": None, "summary": "Kort"}
    assert changed.headers["ETag"] == member.get(url).headers["ETag"]


def test_rows_are_matched_by_key_and_left_out_rows_go(api: Api) -> None:
    member = api("member")
    editions = [{"title": "Een"}, {"title": "Twee"}]
    made = member.post(INITIATIVES, json={"title": "Week", "editions": editions})
    first, second = made.get_json()["editions"]
    rows = [{"key": second["key"], "motto": "Samen"}, {"title": "Drie"}]
    changed = patch(member, made.headers["Location"], {"editions": rows}).get_json()["editions"]
    assert [(row["title"], row["motto"]) for row in changed] == [("Twee", "Samen"), ("Drie", None)]
    assert changed[0]["key"] == second["key"]
    assert first["key"] not in {row["key"] for row in changed}


def test_an_object_in_a_patch_is_laid_over_what_is_there(api: Api, make: Make) -> None:
    secretariat = api("secretariat")
    event, document = make.reference("event"), make.reference("document")
    sent = minimal("commitment", madeAt={"event": event}, due="eind 2020")
    url = secretariat.post(f"{ROOT}/commitments", json=sent).headers["Location"]
    changed = patch(secretariat, url, {"madeAt": {"document": document}}).get_json()
    assert changed["madeAt"]["event"]["reference"] == event
    assert changed["madeAt"]["document"]["reference"] == document
    later = patch(secretariat, url, {"due": {"latest": "2020-11-30"}}).get_json()["due"]
    assert (later["text"], later["latest"]) == ("eind 2020", "2020-11-30")
    reread = patch(secretariat, url, {"due": {"text": "mei 2021"}}).get_json()["due"]
    assert (reread["earliest"], reread["latest"]) == ("2021-05-01", "2021-05-31")


def test_the_same_once_more_is_no_new_version(api: Api) -> None:
    member = api("member")
    made = member.post(INITIATIVES, json={"title": "Zelfde"})
    again = patch(member, made.headers["Location"], {"title": "Zelfde"})
    assert again.headers["ETag"] == made.headers["ETag"]


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_a_change_says_which_version_it_starts_from(method: str, api: Api) -> None:
    member = api("member")
    made = member.post(INITIATIVES, json={"title": "Eerst"})
    url, tag = made.headers["Location"], made.headers["ETag"]
    patch(member, url, {"title": "Tweede"})
    sent: dict[str, Any] = {"data": "{}", "content_type": MERGE_PATCH} if method == "patch" else {}
    send = getattr(member, method)
    assert problem(send(url, **sent)).status == 428
    for stale in (tag, '"0-"', '"x"', 'W/"1-"', '"999999999999"'):
        assert problem(send(url, headers={"If-Match": stale}, **sent)).status == 412
    garbled = problem(send(url, headers={"If-Match": "1"}, **sent))
    assert (garbled.status, garbled.errors) == (400, {"header If-Match": "header"})
    assert member.get(url).get_json()["title"] == "Tweede"


@pytest.mark.parametrize("form", ["{}", "W/{}", '"x", {}', "*"])
def test_the_version_is_compared_and_not_the_bytes(form: str, api: Api) -> None:
    member = api("member")
    made = member.post(INITIATIVES, json={"title": "Eerst"})
    tag = form.format('"1-of-another-door:gzip"')
    assert patch(member, made.headers["Location"], {"goal": "Doel"}, tag).status_code == 200


def test_what_is_deleted_is_gone_and_its_reference_stays_taken(api: Api, agreed: Contract) -> None:
    member = api("member")
    url = member.post(INITIATIVES, json={"title": "Weg"}).headers["Location"]
    gone = delete(member, url)
    assert (gone.status_code, gone.data) == (204, b"")
    assert gone.headers["API-Version"]
    assert agreed.broken(gone, "/initiatives/{reference}") == []
    for ask in (member.get, member.patch, member.delete):
        assert problem(ask(url)).status == 410
    assert problem(member.get(f"{url}/updates")).status == 410
    for ask in (api("public").get, api("other_member").patch):
        assert problem(ask(url)).status == 404
    assert member.post(INITIATIVES, json={"title": "Weer"}).headers["Location"] != url


def test_publishing_shows_it_to_its_audience(api: Api, make: Make, agreed: Contract) -> None:
    draft = make.reference("initiative", by="member", state="draft")
    url = f"{INITIATIVES}/{draft}"
    shown = api("secretariat").post(f"{url}/publications", json={"audience": "partners"})
    assert agreed.broken(shown, "/initiatives/{reference}/publications") == []
    assert (shown.get_json()["workflow"], shown.get_json()["audience"]) == ("published", "partners")
    assert api("partner").get(url).status_code == 200
    assert api("public").get(url).status_code == 404


def test_publishing_needs_no_body(api: Api, make: Make, client: Client) -> None:
    url = f"{INITIATIVES}/{make.reference('initiative', state='draft')}"
    assert api("secretariat").post(f"{url}/publications").status_code == 200
    assert client.get(url).status_code == 200
    assert problem(api("secretariat").post(f"{url}/publications")).status == 409


def test_under_embargo_it_is_kept_back(api: Api, make: Make, client: Client) -> None:
    url = f"{INITIATIVES}/{make.reference('initiative', state='draft')}"
    body = {"embargoUntil": "2999-01-01T00:00:00+01:00"}
    assert api("secretariat").post(f"{url}/publications", json=body).status_code == 200
    assert client.get(url).status_code == 404


def test_an_embargo_of_any_year_can_be_read_again(api: Api, make: Make) -> None:
    url = f"{ROOT}/themes/{make.reference('theme', state='draft')}"
    body = {"embargoUntil": "0011-04-03T07:27:47.5Z"}
    assert api("secretariat").post(f"{url}/publications", json=body).status_code == 200
    assert api("secretariat").get(f"{url}/revisions").status_code == 200
    assert api("secretariat").get(f"{ROOT}/history").status_code == 200


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"audience": "everybody"}, {"body /audience": "not_allowed"}),
        ({"embargoUntil": "2021-01-01T00:00:00"}, {"body /embargoUntil": "wrong_type"}),
        ({"embargoUntil": "0001-01-01T00:00:00+23:59"}, {"body /embargoUntil": "wrong_type"}),
        ({"embargoUntil": 5, "x": 1},
         {"body /embargoUntil": "wrong_type", "body /x": "unknown_field"}),
        ([], {"body ": "wrong_type"}),
    ],
)  # fmt: skip
def test_a_wrong_publication_is_refused(
    body: Any, errors: dict[str, str], api: Api, make: Make
) -> None:
    url = f"{INITIATIVES}/{make.reference('initiative', state='draft')}/publications"
    assert problem(api("secretariat").post(url, json=body)).errors == errors


ROLES = ("public", "partner", "member", "secretariat", "administrator")


@pytest.mark.parametrize("kind", ["initiative", "theme"])
def test_who_may_make_what(kind: str, api: Api) -> None:
    url = f"{ROOT}/{kind}s"
    made = {who: api(who).post(url, json=minimal(kind)).status_code for who in ROLES}
    makers = 201 if kind_named(kind).contributed else 403
    assert made == {"public": 401, "partner": makers, "member": makers,
                    "secretariat": 201, "administrator": 201}  # fmt: skip


@pytest.mark.parametrize("state", ["draft", "published"])
@pytest.mark.parametrize("method", ["patch", "delete", "publish"])
def test_who_may_change_what(method: str, state: str, api: Api, make: Make) -> None:
    url = f"{INITIATIVES}/{make.reference('initiative', by='member', state=state)}"

    def tried(who: str) -> int:
        client, headers = api(who), {"If-Match": "*", "Change-Reason": "dubbel"}
        if method == "publish":
            body = {"audience": "partners"}
            return client.post(f"{url}/publications", json=body).status_code
        body = {"data": "{}", "content_type": MERGE_PATCH} if method == "patch" else {}
        return getattr(client, method)(url, headers=headers, **body).status_code  # type: ignore[no-any-return]

    hidden = state == "draft"
    own = 403 if method == "publish" or not hidden else 200 if method == "patch" else 204
    if method == "patch" and not hidden:
        own = 400  # a proposal that changes nothing
    assert tried("public") == (404 if hidden else 401)
    assert tried("other_member") == (404 if hidden else 403)
    assert tried("member") == own
    if own != 204:
        assert tried("secretariat") == (204 if method == "delete" else 200)


def test_what_is_refused_leaves_nothing_behind(api: Api, make: Make) -> None:
    secretariat = api("secretariat")
    url = f"{INITIATIVES}/{make.reference('initiative', title='Eerst')}"
    rows = [{"title": "Goed"}, {"motto": "zonder titel"}]
    refused = patch(secretariat, url, {"title": "Later", "editions": rows})
    assert problem(refused).errors == {"body /editions/1/title": "required"}
    read = secretariat.get(url).get_json()
    assert (read["title"], read["editions"], read["version"]) == ("Eerst", [], read["version"])
