"""Versions: one number, told everywhere; what goes away is said a year ahead."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Response, request

from registry.api.retiring import TRANSITION, Retirement
from registry.api.shell import VERSION
from registry.guide.parts.versions import VERSIONS
from tests import databases
from tests.api.contract import ROOT
from tests.browsing import Client
from tests.rules.bare import shell
from tests.rules.walking import Answer, Walk

SINCE, UNTIL = date(2027, 1, 1), date(2028, 1, 2)
GOING = Retirement(SINCE, UNTIL, "Use /others.")


def test_core_deprecation_schedule() -> None:
    """What is marked in the book says so in the document and on each answer, errors included."""
    client = shell(lambda: Response("[]", mimetype="application/json"), deprecated=GOING)
    for asked in ("", "?\x00=1"):
        headers = client.get(f"{ROOT}/things{asked}").headers
        assert headers["Deprecation"] == f"@{int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())}"
        assert headers["Sunset"] == "Sun, 02 Jan 2028 00:00:00 GMT"
    document = client.get(f"{ROOT}/openapi.json").get_json()
    told = document["paths"]["/things"]["get"]
    assert told["deprecated"] is True
    assert "until 2028-01-02. Use /others." in told["description"]
    assert {"Deprecation", "Sunset"} <= set(told["responses"]["200"]["headers"])
    assert "Deprecation" not in client.get(f"{ROOT}/vocabularies").headers


def test_core_transition_period() -> None:
    """A year at least, whoever marks it."""
    assert TRANSITION.days == 365
    with pytest.raises(ValueError, match="365 days"):
        Retirement(SINCE, date(2027, 12, 31), "Use /others.")


@databases.on_sqlite
def test_core_uri_version(walk: Walk) -> None:
    """The major version stands in the address, and no other does."""
    assert [s["url"] for s in walk.document["servers"]] == [f"https://registry.example{ROOT}"]
    assert ROOT.endswith(f"/v{VERSION.partition('.')[0]}")


@databases.on_sqlite
def test_core_changelog(client: Client, root: Path) -> None:
    """Public, and its newest version is the one that answers."""
    assert VERSIONS[0].number == VERSION
    page = client.get(f"{ROOT}/docs").text
    assert all(f"{one.number}" in page for one in VERSIONS)
    assert f"{VERSION} of the API" in (root / "CHANGELOG.md").read_text("utf-8")


@databases.on_sqlite
def test_core_semver(walk: Walk) -> None:
    assert walk.document["info"]["version"] == VERSION
    assert re.fullmatch(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", VERSION)
    numbers = [tuple(map(int, one.number.split("."))) for one in VERSIONS]
    assert numbers == sorted(numbers, reverse=True)


@databases.on_sqlite
def test_core_version_header(walk: Walk, answers: list[Answer]) -> None:
    """On every answer whatever its status, and told of for every success."""
    for answer in answers:
        assert answer.headers["API-Version"] == VERSION, str(answer)
    for path, method, operation in walk.contract.operations():
        for status, told in operation["responses"].items():
            if status[0] in "23":
                headers = walk.contract.resolved(told)["headers"]
                assert "API-Version" in headers, f"{method} {path} {status}"


@pytest.mark.parametrize(("what", "status"), [("moved", 308), ("broken", 500), ("too long", 413)])
def test_the_version_is_told_of_what_moved_broke_or_was_too_long(what: str, status: int) -> None:
    """The rest of /core/version-header: what no walk along the routes meets."""

    def view() -> Response:
        if what == "broken":
            raise RuntimeError("the inside of the registry")
        return Response(status=308) if what == "moved" else Response(str(len(request.get_data())))

    answer = shell(view).get(f"{ROOT}/things", data=b"x" * 200)
    assert answer.status_code == status
    assert answer.headers["API-Version"] == VERSION
    assert "inside" not in answer.text
