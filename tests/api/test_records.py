"""One record: who sees it, its validators, the reference date."""

import re

import pytest

from registry import clock
from tests.api.conftest import Api, problem
from tests.api.contract import ROOT, Contract
from tests.browsing import Client
from tests.factories import Make

TAG = re.compile(r'"[0-9]+-[0-9a-f]{18}"')


def test_names_of_the_agreed_shapes_are_there(client: Client, make: Make) -> None:
    theme = make.reference("theme")
    partner = make.reference("partner", abbreviation="AB")
    made = make.reference(
        "initiative",
        period="eind 2020",
        statuses=[{"status": "running", "from": "2019"}],
        themes=[{"theme": theme, "basis": "classified", "by": "Secretariaat", "why": "Daarom"}],
        participations=[{"partner": partner, "role": "lead"}],
    )
    seen = client.get(f"{ROOT}/initiatives/{made}").get_json()
    assert seen["period"].items() >= {"text": "eind 2020", "latest": "2020-12-31"}.items()
    assert seen["themes"][0].keys() == {"key", "theme", "basis", "by", "when", "why"}
    assert seen["themes"][0]["theme"].keys() >= {"reference", "name", "nameEn"}
    row = seen["participations"][0]
    assert (row["partner"]["abbreviation"], row["role"]) == ("AB", "lead")
    assert seen.keys() >= set(
        "reference title titleEn summary goal kind relation status statusReason statuses period "
        "recurrence money themes sectors groups causes participations editions sources".split()
    )


SHAPES = {
    "partner": "reference name abbreviation kind isGroup website identifiers memberships sources",
    "commitment": "reference text strength by to madeAt due status outcome discharges initiative "
    "theme sources",
    "milestone": "reference title plan measure due state states theme commitments dependsOn "
    "evidence sources",
    "indicator": "reference name unit population observations sources",
    "document": "reference identification title officialDate referenceYear signatory url passages",
}


@pytest.mark.parametrize("kind", SHAPES)
def test_every_agreed_name_is_there(kind: str, client: Client, make: Make) -> None:
    made = make.reference(kind)
    assert client.get(f"{ROOT}/{kind}s/{made}").get_json().keys() >= set(SHAPES[kind].split())


@pytest.mark.parametrize(
    "reference",
    ["INI-9999", "ini-0001", "INI-1", "INI-00010000000000", "0", "%00", "INI-0001%00", "THE-0001",
     "INI-0001.json", "%ff", "INI-０００１"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(reference: str, client: Client, make: Make) -> None:
    make("theme")
    assert problem(client.get(f"{ROOT}/initiatives/{reference}")).status == 404


def test_the_tag_is_the_version_and_strong(client: Client, make: Make) -> None:
    one = client.get(f"{ROOT}/themes/{make.reference('theme')}")
    assert TAG.fullmatch(one.headers["ETag"])
    assert one.headers["ETag"].startswith(f'"{one.get_json()["version"]}-')
    assert client.get(f"{ROOT}/themes").headers["ETag"].startswith('W/"')


@pytest.mark.parametrize("form", ["{}", "W/{}", '"x", {}', "*", "{}:gzip"])
def test_what_the_caller_has_is_not_sent_again(form: str, client: Client, make: Make) -> None:
    url = f"{ROOT}/themes/{make.reference('theme')}"
    tag = client.get(url).headers["ETag"]
    given = form.format(tag) if "gzip" not in form else f'{tag[:-1]}:gzip"'
    again = client.get(url, headers={"If-None-Match": given})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["API-Version"]
    assert "Content-Type" not in again.headers


def test_a_list_that_did_not_change_is_not_sent_again(client: Client, make: Make) -> None:
    make("theme")
    tag = client.get(f"{ROOT}/themes").headers["ETag"]
    assert client.get(f"{ROOT}/themes", headers={"If-None-Match": tag}).status_code == 304
    make("theme")
    assert client.get(f"{ROOT}/themes", headers={"If-None-Match": tag}).status_code == 200


def test_another_name_of_what_it_points_at_is_another_tag(
    api: Api, client: Client, make: Make
) -> None:
    partner = make.reference("partner")
    url = f"{ROOT}/themes/{make.reference('theme', lead=partner)}"
    before = client.get(url)
    where = f"{ROOT}/partners/{partner}"
    api("secretariat").patch(
        where,
        data='{"name": "Anders"}',
        content_type="application/merge-patch+json",
        headers={"If-Match": client.get(where).headers["ETag"]},
    )
    after = client.get(url, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.get_json()["lead"]["name"] == "Anders"
    assert after.get_json()["version"] == before.get_json()["version"]


def test_one_record_reads_as_of_a_day(client: Client, make: Make) -> None:
    statuses = [{"status": "running", "from": "2019"}, {"status": "paused", "from": "2020-03-01"}]
    url = f"{ROOT}/initiatives/{make.reference('initiative', statuses=statuses)}"
    seen = [client.get(f"{url}?asOf={day}").get_json()["status"] for day in
            ("2019-06-01", "2020-06-01")]  # fmt: skip
    assert seen == ["running", "paused"]


def test_one_record_reads_as_it_was_known_at_a_moment(
    api: Api, make: Make, agreed: Contract
) -> None:
    secretariat = api("secretariat")
    url = f"{ROOT}/themes/{make.reference('theme', name='Eerst', ambition='Doel')}"
    first = secretariat.get(url)
    moment = clock.now().isoformat().replace("+", "%2B")
    secretariat.patch(
        url,
        data='{"name": "Later"}',
        content_type="application/merge-patch+json",
        headers={"If-Match": first.headers["ETag"]},
    )
    then = secretariat.get(f"{url}?knownAt={moment}")
    assert secretariat.get(url).get_json()["name"] == "Later"
    assert then.get_json() == first.get_json()
    assert agreed.broken(then, "/themes/{reference}") == []
    before = secretariat.get(f"{url}?knownAt=2001-01-01T00:00:00Z")
    assert problem(before).status == 404


@pytest.mark.parametrize(
    ("asked", "errors"),
    [
        ("asOf=gisteren", {"query asOf": "wrong_type"}),
        ("knownAt=2021-01-01T00:00:00", {"query knownAt": "wrong_type"}),
        ("knownAt=0001-01-01T00:00:00%2B23:59", {"query knownAt": "wrong_type"}),
        ("asOf=2020-01-01&asOf=2020-01-02", {"query asOf": "repeated"}),
        ("perPage=1&x=", {"query perPage": "unknown_parameter", "query x": "unknown_parameter"}),
    ],
)
def test_one_record_refuses_what_it_does_not_know(
    asked: str, errors: dict[str, str], client: Client, make: Make
) -> None:
    response = client.get(f"{ROOT}/themes/{make.reference('theme')}?{asked}")
    assert problem(response).errors == errors


def test_a_draft_is_there_for_its_makers_and_the_secretariat_only(
    api: Api, client: Client, make: Make
) -> None:
    draft = make.reference("initiative", by="member", state="draft")
    url = f"{ROOT}/initiatives/{draft}"
    seen = {
        who: api(who).get(url).status_code
        for who in ("public", "partner", "other_member", "member", "secretariat", "administrator")
    }
    assert seen == {"public": 404, "partner": 404, "other_member": 404, "member": 200,
                    "secretariat": 200, "administrator": 200}  # fmt: skip
    assert client.get(f"{ROOT}/initiatives").get_json() == []


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", {"public", "partner", "member", "secretariat"}),
        ("partners", {"partner", "member", "secretariat"}),
        ("core_group", {"member", "secretariat"}),
        ("secretariat", {"secretariat"}),
    ],
)
def test_a_record_is_there_for_its_audience(
    audience: str, readers: set[str], api: Api, make: Make
) -> None:
    made = make.reference("theme", audience=audience)
    url = f"{ROOT}/themes/{made}"
    found = {who for who in ("public", "partner", "member", "secretariat")
             if api(who).get(url).status_code == 200}  # fmt: skip
    listed = {who for who in ("public", "partner", "member", "secretariat")
              if api(who).get(f"{ROOT}/themes").get_json()}  # fmt: skip
    assert found == listed == readers


def test_contact_persons_are_absent_below_the_core_group(
    api: Api, make: Make, agreed: Contract
) -> None:
    made = make.reference("partner", contacts=[{"name": "Iemand", "email": "i@registry.example"}])
    for who, sees in (("public", False), ("partner", False), ("member", True)):
        for url in (f"{ROOT}/partners/{made}", f"{ROOT}/partners?perPage=100"):
            response = api(who).get(url)
            assert ("contacts" in response.text) is sees
            assert ("i@registry.example" in response.text) is sees
        one = api(who).get(f"{ROOT}/partners/{made}")
        assert agreed.broken(one, "/partners/{reference}") == []


def test_a_pointer_to_what_is_hidden_shows_nothing_of_it(
    api: Api, make: Make, client: Client, agreed: Contract
) -> None:
    hidden = make.reference("partner", name="Geheim", audience="secretariat")
    theme = make.reference("theme", lead=hidden)
    initiative = make.reference("initiative", participations=[{"partner": hidden, "role": "lead"}])
    assert client.get(f"{ROOT}/themes/{theme}").get_json()["lead"] is None
    assert client.get(f"{ROOT}/initiatives/{initiative}").get_json()["participations"] == []
    assert "Geheim" in api("secretariat").get(f"{ROOT}/themes/{theme}").text
    response = client.get(f"{ROOT}/themes/{theme}")
    assert agreed.broken(response, "/themes/{reference}") == []


def test_reading_with_a_token_is_not_for_shared_caches(api: Api, client: Client) -> None:
    assert client.get(f"{ROOT}/themes").headers["Cache-Control"] == "no-cache"
    response = api("member").get(f"{ROOT}/themes")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in response.headers["Vary"]


@pytest.mark.parametrize("given", ["sr_abc", "Token sr_abc", "Basic c3I=", "Bearer", "Bearer "])
def test_what_is_no_bearer_token_is_told_how_to_write_one(given: str, client: Client) -> None:
    answer = client.get(f"{ROOT}/initiatives", headers={"Authorization": given})
    assert answer.status_code == 401
    assert answer.get_json()["detail"] == "Write Authorization: Bearer and then the token."


def test_who_starts_from_another_version_is_told_to_read_again(api: Api, make: Make) -> None:
    url = f"{ROOT}/themes/{make.reference('theme')}"
    answer = api("secretariat").patch(url, json={"nameEn": "X"}, headers={"If-Match": '"9-x"'})
    assert answer.status_code == 412
    assert answer.get_json()["detail"].startswith("Read the record again")


def test_an_answer_without_content_has_no_type_of_it(api: Api, make: Make) -> None:
    url = f"{ROOT}/themes/{make.reference('theme')}"
    secretariat = api("secretariat")
    said = {"If-Match": secretariat.get(url).headers["ETag"], "Change-Reason": "twice"}
    answer = secretariat.delete(url, headers=said)
    assert (answer.status_code, answer.headers.get("Content-Type")) == (204, None)
