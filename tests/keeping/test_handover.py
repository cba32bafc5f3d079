"""The secretariat hands a record over; its new keeper's members maintain it from then on."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import editing, workflow
from registry.access import Actor, can_see
from registry.errors import Conflict, Forbidden, Invalid, Stale
from registry.initiatives.schemas import INITIATIVE
from registry.keeping.commands import hand_over
from registry.keeping.letters import handed_over, members
from registry.ledger import Change, Outbox
from registry.notifications.letters import Undeliverable
from registry.partners.models import Partner
from registry.past import verification
from tests import databases, people
from tests.browsing import Client, SignedIn
from tests.factories import Make

Actors = dict[str, Actor]
Api = Callable[[str], Client]


def oval(actors: Actors, session: Session) -> Partner:
    return session.get_one(Partner, actors["member"].home_id)


@pytest.fixture
def published(session: Session, make: Make) -> Any:
    return make("initiative", goal="Rust")


def test_members_of_the_new_keeper_propose_and_others_do_not(
    session: Session, published: Any, actors: Actors
) -> None:
    member, boss = actors["member"], actors["secretariat"]
    assert not workflow.proposes(member, INITIATIVE, published.record)
    hand_over(boss, INITIATIVE, published, oval(actors, session), reason="eigen initiatief")
    assert workflow.proposes(member, INITIATIVE, published.record)
    assert not workflow.proposes(actors["other_member"], INITIATIVE, published.record)
    assert verification.verify() is None


def test_a_draft_changes_hands_with_the_right_to_see_and_edit_it(
    session: Session, make: Make, actors: Actors
) -> None:
    draft = make("initiative", state="draft")
    assert not can_see(actors["member"], draft.record)
    hand_over(actors["secretariat"], INITIATIVE, draft, oval(actors, session))
    editing.revise(actors["member"], INITIATIVE, draft, {"goal": "Ruimte"})
    hand_over(actors["secretariat"], INITIATIVE, draft, None)
    assert not can_see(actors["member"], draft.record)


def test_the_book_says_who_kept_it_and_who_keeps_it_and_the_members_are_told(
    session: Session, published: Any, actors: Actors
) -> None:
    keeper = oval(actors, session)
    hand_over(actors["secretariat"], INITIATIVE, published, keeper, reason="op verzoek")
    last = session.get_one(Change, published.record.last_seq)
    assert (last.action, last.reason) == ("hand_over", "op verzoek")
    assert last.changes == [{"path": "keeper", "old": None, "new": keeper.reference}]
    waiting = session.scalars(select(Outbox).where(Outbox.topic == "hand_over")).one()
    assert list(members(waiting.payload)) == [people.account("member").id]
    letter = handed_over(people.account("member"), waiting.payload)
    assert published.reference in letter.subject
    assert published.title in letter.text
    editing.remove(actors["secretariat"], INITIATIVE, published, reason="dubbel")
    with pytest.raises(Undeliverable):
        handed_over(people.account("member"), waiting.payload)


def test_only_the_secretariat_hands_over_and_only_to_who_can_keep(
    session: Session, make: Make, published: Any, actors: Actors
) -> None:
    boss, keeper = actors["secretariat"], oval(actors, session)
    with pytest.raises(Forbidden):
        hand_over(actors["member"], INITIATIVE, published, keeper)
    with pytest.raises(Conflict):
        hand_over(boss, INITIATIVE, published, None)
    with pytest.raises(Invalid):
        hand_over(boss, INITIATIVE, published, make("partner", isGroup=True))
    with pytest.raises(Stale):
        hand_over(boss, INITIATIVE, published, keeper, version=published.record.version - 1)
    assert published.record.keeper_id is None


# --- the doors ----------------------------------------------------------------------------


def test_the_api_hands_over_and_back(make: Make, api: Api, actors: Actors) -> None:
    made, keeper = make.reference("theme"), make.reference("partner", abbreviation="NK")
    path, boss = f"/api/v1/themes/{made}", api("secretariat")
    answer = boss.post(f"{path}/handovers", json={"keeper": keeper, "reason": "zo is het"})
    assert answer.status_code == 200, answer.json
    assert answer.get_json()["keeper"] == api("public").get(path).get_json()["keeper"]
    assert answer.get_json()["keeper"]["abbreviation"] == "NK"
    found = boss.get(f"/api/v1/themes?keeper={keeper}").get_json()
    assert [item["reference"] for item in found] == [made]
    assert boss.post(f"{path}/handovers", json={"keeper": keeper}).status_code == 409
    assert boss.post(f"{path}/handovers", json={}).status_code == 400
    assert boss.post(f"{path}/handovers", json={"keeper": "ORG-9999"}).status_code == 400
    stale = {"If-Match": '"1-x"'}
    back = {"json": {"keeper": None}}
    assert boss.post(f"{path}/handovers", headers=stale, **back).status_code == 412
    assert boss.post(f"{path}/handovers", **back).get_json()["keeper"] is None


def test_what_it_was_known_to_be_kept_by_is_remembered(
    make: Make, api: Api, actors: Actors
) -> None:
    made, keeper = make.reference("theme"), make.reference("partner")
    path, boss = f"/api/v1/themes/{made}", api("secretariat")
    before = boss.get(path).get_json()["updatedAt"]
    now = boss.post(f"{path}/handovers", json={"keeper": keeper}).get_json()["updatedAt"]
    assert boss.get(f"{path}?knownAt={before}").get_json()["keeper"] is None
    assert boss.get(f"{path}?knownAt={now}").get_json()["keeper"]["reference"] == keeper


def test_a_keeper_that_is_hidden_is_not_told(make: Make, api: Api) -> None:
    hidden = make.reference("partner", audience="secretariat")
    made = make.reference("theme")
    path = f"/api/v1/themes/{made}"
    api("secretariat").post(f"{path}/handovers", json={"keeper": hidden})
    assert api("public").get(path).get_json()["keeper"] is None


@databases.on_sqlite
def test_the_screen_asks_and_the_page_says_who_keeps_it(
    make: Make, signed_in: SignedIn, client: Client
) -> None:
    made, keeper = make.reference("theme"), make.reference("partner", name="De Beheerder")
    url, boss = f"/themes/{made}", signed_in("secretariat")
    assert "Beheerd door het secretariaat." in client.page(url).text
    assert boss.page(url).links()["Overdragen"] == f"{url}/handover"
    asked = boss.page(f"{url}/handover")
    assert "Nu beheerd door het secretariaat." in asked.text
    form = asked.form("keeper")
    refused = boss.submit(form.fill(keeper=""), status=409)
    assert "Zo wordt het al beheerd" in refused.text
    done = boss.submit(form.fill(keeper=keeper, reason="hun eigen"))
    assert "Het beheer is overgedragen." in done.text
    assert client.page(url).links()["De Beheerder"] == f"/partners/{keeper}"
    assert "Beheer overgedragen" in client.page(f"{url}/history").text
