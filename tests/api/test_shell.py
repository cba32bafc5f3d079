"""The shell: headers on every answer, CORS, cookies that mean nothing."""

from datetime import timedelta
from typing import Any

import pytest

from registry import clock
from tests import databases, people
from tests.api.conftest import Api
from tests.api.contract import ROOT
from tests.browsing import Client
from tests.factories import Make

pytestmark = databases.on_sqlite


def test_links_lead_to_the_public_address_whatever_host_is_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(client.application.config, "API_LINKS_TO", "https://registry.example")
    for path in ("", "/themes?perPage=1", "/docs"):
        asked = client.get(ROOT + path, headers={"Host": "elsewhere.example"})
        assert "elsewhere.example" not in f"{asked.headers}{asked.text}"
        assert "https://registry.example/api/v1" in asked.headers["Link"]


@pytest.mark.parametrize(
    ("given", "echoed"),
    [("abc-1.2_3", True), ("", False), ("a b", False), ("x" * 129, False), ("<script>", False)],
)
def test_the_number_of_a_request_is_echoed(given: str, echoed: bool, client: Client) -> None:  # noqa: FBT001
    response = client.get(f"{ROOT}/themes", headers={"X-Request-ID": given})
    assert (response.headers["X-Request-ID"] == given) is echoed


def test_head_is_get_without_a_body(client: Client, make: Make) -> None:
    url = f"{ROOT}/themes/{make.reference('theme')}"
    head, get = client.head(url), client.get(url)
    assert head.data == b""
    for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control"):
        assert head.headers[name] == get.headers[name]


def test_options_tell_what_is_possible(client: Client) -> None:
    options = client.options(f"{ROOT}/themes/THE-0001").headers
    assert set(options["Allow"].split(", ")) == {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH"}
    assert options["Accept-Patch"] == "application/merge-patch+json"
    counts = client.options(f"{ROOT}/themes/_facets").headers
    assert set(counts["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_pages_of_anybody_may_read(client: Client) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    for response in (
        client.get(f"{ROOT}/themes", headers=asked),
        client.get(f"{ROOT}/nothing", headers=asked),
        client.options(f"{ROOT}/themes", headers=asked),
    ):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Total-Count" in response.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_only_listed_pages_may_write(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    known, other = "https://known.example", "https://elsewhere.example"
    monkeypatch.setitem(client.application.config, "CORS_ORIGINS", (known,))

    def asked(origin: str) -> Any:
        headers = {"Origin": origin, "Access-Control-Request-Method": "PATCH"}
        return client.options(f"{ROOT}/themes/THE-0001", headers=headers).headers

    assert asked(known)["Access-Control-Allow-Origin"] == known
    assert "PATCH" in asked(known)["Access-Control-Allow-Methods"]
    assert "PATCH" not in asked(other)["Access-Control-Allow-Methods"]
    written = client.post(f"{ROOT}/themes", json={}, headers={"Origin": other})
    assert "Access-Control-Allow-Origin" not in written.headers


def test_a_token_needs_no_token_against_forgery(api: Api) -> None:
    assert api("secretariat").post(f"{ROOT}/themes", json={"name": "a"}).status_code == 201


def test_a_token_that_has_expired_is_refused(api: Api, time_machine: Any) -> None:
    client = api("member")
    assert client.get(f"{ROOT}/themes").status_code == 200
    time_machine.move_to(clock.now() + timedelta(days=91))
    assert client.get(f"{ROOT}/themes").status_code == 401


def test_somebody_who_left_has_no_token_any_more(api: Api, session: Any) -> None:
    client = api("member")
    people.account("member").active = False
    session.commit()
    assert client.get(f"{ROOT}/themes").status_code == 401


def test_the_entrance_leads_everywhere(client: Client) -> None:
    entrance = client.get(ROOT).get_json()
    assert client.get(f"{ROOT}/").get_json() == entrance
    for address in [entrance["description"], *entrance["resources"].values()]:
        # What is for members only says so; everything else can be read by anybody.
        for_members = address.endswith(("/rounds", "/jobs", "/reminders"))
        expected = {401 if for_members else 200}
        assert client.get(address).status_code in expected
