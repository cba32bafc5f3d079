"""What an annex says by the JSON API: read, written from a version, agreed to, frozen, compared."""

from collections.abc import Callable

import pytest

from registry.access import Actor
from registry.api.bodies import MERGE_PATCH
from tests import databases
from tests.browsing import Client
from tests.factories import Make

pytestmark = databases.on_sqlite
Api = Callable[[str], Client]


@pytest.fixture
def promise(make: Make, actors: dict[str, Actor]) -> str:
    return make.reference("commitment", keeper_id=actors["member"].home_id)


def test_a_line_is_written_from_a_version_and_agreed_to_by_its_owner(
    make: Make, api: Api, promise: str
) -> None:
    line = f"/api/v1/annexes/{make.reference('annex')}/lines/{promise}"
    secretariat, member = api("secretariat"), api("member")
    body, kind = '{"text": "Het plan komt."}', {"Content-Type": MERGE_PATCH}
    assert secretariat.patch(line, data=body, headers=kind).status_code == 428
    tag = {"If-Match": secretariat.get(line).headers["ETag"]}
    written = secretariat.patch(line, data=body, headers=kind | tag)
    assert written.json["standing"]["text"] == "Het plan komt."  # type: ignore[index]
    assert secretariat.patch(line, data=body, headers=kind | tag).status_code == 412
    asked = secretariat.post(f"{line}/requests")
    assert asked.json["agreement"]["state"] == "asked"  # type: ignore[index]
    assert member.post(f"{line}/agreements", headers=tag).status_code == 412
    agreed = member.post(f"{line}/agreements")
    assert agreed.json["agreement"]["state"] == "agreed"  # type: ignore[index]
    assert api("other_member").post(f"{line}/agreements").status_code == 403
    remarked = member.post(f"{line}/remarks", json={"remark": "Niet in juni."})
    assert remarked.json["agreement"]["remark"] == "Niet in juni."  # type: ignore[index]


def test_nobody_agrees_to_a_report_that_came_after_reading(
    make: Make, api: Api, promise: str
) -> None:
    line = f"/api/v1/annexes/{make.reference('annex')}/lines/{promise}"
    secretariat, member = api("secretariat"), api("member")
    tag = {"If-Match": member.get(line).headers["ETag"]}
    reports = f"/api/v1/commitments/{promise}/updates"
    made = secretariat.post(reports, json={"state": "on_track", "text": "Later."})
    released = secretariat.post(f"{reports}/{made.json['key']}/releases")  # type: ignore[index]
    assert released.status_code == 200
    assert member.post(f"{line}/agreements", headers=tag).status_code == 412
    tag = {"If-Match": member.get(line).headers["ETag"]}
    assert member.post(f"{line}/agreements", headers=tag).status_code == 200


def test_an_annex_is_frozen_and_compared(make: Make, api: Api, promise: str) -> None:
    annex = make.reference("annex")
    root, secretariat = f"/api/v1/annexes/{annex}", api("secretariat")
    assert secretariat.post(f"{root}/freezes", json={}).status_code == 400
    frozen = secretariat.post(f"{root}/freezes", json={"unagreed": True})
    assert (frozen.status_code, frozen.json["number"]) == (201, "2021-1")  # type: ignore[index]
    content = api("member").get(f"{root}/content").json
    assert (content["number"], len(content["commitments"])) == ("2021-1", 1)  # type: ignore[index]
    assert api("partner").get(f"{root}/content").status_code == 404
    added = make.reference("commitment")
    newer = f"/api/v1/annexes/{make.reference('annex')}/comparison"
    assert secretariat.get(newer).status_code == 400
    (one,) = secretariat.get(f"{newer}?with={annex}").json["differences"]  # type: ignore[index]
    assert (one["change"], one["reference"]) == ("added", added)
