"""Methods and statuses: as HTTP means them, without a session."""

import pytest

from tests import databases
from tests.api.conftest import Api
from tests.api.contract import ROOT
from tests.browsing import Client, SignedIn
from tests.factories import Make
from tests.rules.walking import METHODS, Answer, Walk

pytestmark = databases.on_sqlite

SAFE = ("GET", "HEAD", "OPTIONS")
BOOKKEEPING = {"token"}
"""When a token was last used is no part of what the API tells."""


def test_core_http_methods(walk: Walk, answers: list[Answer]) -> None:
    """The five methods, HEAD and OPTIONS; any other is 405 with what is allowed."""
    for path, item in walk.paths.items():
        assert {name for name in item if name != "parameters"} <= {m.lower() for m in METHODS}, path
    refused = [answer for answer in answers if answer.status == 405]
    assert len({answer.path for answer in refused}) > 300
    for answer in [*refused, *(answer for answer in answers if answer.method == "OPTIONS")]:
        there = {name.upper() for name in walk.paths[answer.path] if name != "parameters"}
        head = {"HEAD"} if "GET" in there else set()
        told = there | head | {"OPTIONS"}
        assert answer.allowed == told, str(answer)
        assert answer.method == "OPTIONS" or answer.method not in there


def test_core_http_safety(answers: list[Answer]) -> None:
    """To read changes nothing; what is refused changes nothing either."""
    for answer in answers:
        if answer.method in SAFE or answer.status >= 400:
            assert answer.wrote <= BOOKKEEPING, f"{answer} wrote {set(answer.wrote)}"


def test_to_delete_or_to_put_again_leaves_it_as_it_is(api: Api, make: Make) -> None:
    """The other half of /core/http-safety: DELETE and PUT are idempotent."""
    client = api("secretariat")
    url = f"{ROOT}/themes/{make.reference('theme', state='draft')}"
    tag = client.get(url).headers["ETag"]
    first = client.delete(url, headers={"If-Match": tag})
    again = client.delete(url, headers={"If-Match": tag})
    assert (first.status_code, again.status_code) == (204, 410)
    assert client.get(url).status_code == 410


def test_core_http_response_code(walk: Walk, answers: list[Answer]) -> None:
    """Every status is one that the document tells for that operation, and none is a 500."""
    for answer in answers:
        assert answer.status < 500, str(answer)
        if not answer.path or answer.method in ("OPTIONS", "HEAD") or answer.status == 405:
            continue
        told = walk.paths[answer.path][answer.method.lower()]["responses"]
        assert str(answer.status) in told, str(answer)
    written = {answer.status for answer in answers if answer.method not in SAFE}
    assert {200, 201, 204} <= written
    assert {304, 410} <= {answer.status for answer in answers}
    found = {answer.status for answer in answers}
    assert found >= {200, 204, 304, 400, 401, 404, 405, 406}


def test_core_stateless(
    answers: list[Answer], signed_in: SignedIn, client: Client, make: Make
) -> None:
    """No cookie is set, and one that is sent means nothing."""
    for answer in answers:
        assert "Set-Cookie" not in answer.headers, str(answer)
        assert "Cookie" not in answer.headers.get("Vary", ""), str(answer)
    draft = make.reference("theme", state="draft")
    browser = signed_in("secretariat")
    assert browser.get(f"{ROOT}/themes/{draft}").status_code == 404
    assert browser.post(f"{ROOT}/themes", json={"name": "a"}).status_code == 401
    assert browser.get(f"{ROOT}/themes").data == client.get(f"{ROOT}/themes").data


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v2", "/api/v1//initiatives"])
def test_what_is_no_address_of_the_api_is_a_404_for_every_method(path: str, client: Client) -> None:
    assert {client.open(path, method=m).status_code for m in ("GET", "POST", "OPTIONS")} == {404}
