"""The screens of reminders: the secretariat decides, everybody sees their own, nobody else's."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from registry import clock
from registry.access import Actor, system
from registry.db import session
from registry.reminders import commands
from registry.reminders.models import Done, Escalation
from registry.reminders.run import run
from registry.rounds import commands as rounds
from tests import people
from tests.browsing import Client, SignedIn
from tests.databases import on_sqlite
from tests.factories import Make

pytestmark = on_sqlite
MEDIO = {"text": "medio 2021", "earliest": "2021-06-01", "latest": "2021-07-31"}
REGISTRY = system("Test", "cli")
ROUND = {"title": "Najaar", "starts": "2020-07-01", "ends": "2020-12-31", "deadline": "2022-01-31"}


@pytest.fixture
def told(app: Flask, make: Make, actors: dict[str, Actor], monkeypatch: pytest.MonkeyPatch) -> str:
    """An aim that "member" was reminded of three times, seen a while later; its reference."""
    monkeypatch.setitem(app.config, "REGISTRY_TODAY", "2021-11-01")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)  # that is another test's
    home = actors["member"].home_id
    aim = {"keeper_id": home, "text": "Een plan", "strength": "aim"}
    reference = make.reference("commitment", **aim, payload={"due": MEDIO})
    make("milestone", title="Van niemand", payload={"due": MEDIO})
    with app.app_context():
        session().add(Done(day=date(2020, 1, 1), ended_at=clock.now()))
        for day in ("2021-08-01", "2021-08-31", "2021-09-30", "2021-10-30"):
            run(REGISTRY, date.fromisoformat(day))
    return reference


def test_the_secretariat_sends_an_escalation_or_says_why_not(
    told: str, app: Flask, signed_in: SignedIn
) -> None:
    secretariat = signed_in("secretariat")
    page = secretariat.page("/reminders")
    assert "Aan de leiding te sturen: 1" in page.text
    assert "Niet gehaald in de genoemde periode: medio 2021" in page.text
    assert "Van niemand" in page.text.partition("Niemand om te herinneren: 1")[2]
    assert "Herinneringen 1 te beslissen" in " ".join(page.text.split())
    with app.app_context():
        key = session().scalars(select(Escalation.key)).one()
    url = f"/reminders/escalations/{key}"
    assert secretariat.post(f"{url}/dismiss", data={"reason": ""}).status_code == 400
    secretariat.post(f"{url}/dismiss", data={"reason": "Al gebeld"})
    assert "Aan de leiding te sturen: 0" in secretariat.page("/reminders").text
    again = secretariat.post(f"{url}/send", follow_redirects=True)
    assert "Hierover is al besloten" in again.text
    assert "Al gebeld" in secretariat.page("/history?kind=reminder").text


def test_the_log_is_filtered_and_can_be_taken_along(
    told: str, signed_in: SignedIn, api: Callable[[str], Client]
) -> None:
    secretariat = signed_in("secretariat")
    assert "3 herinneringen" in secretariat.page("/reminders/log").text
    assert "1 herinnering" in secretariat.page("/reminders/log?until=2021-08-02").text
    assert "0 herinneringen" in secretariat.page("/reminders/log?state=failed").text
    assert secretariat.get("/reminders/log?state=x").status_code == 400
    csv = secretariat.get(f"/reminders/log.csv?record={told}").text
    assert csv.count(told) == 3
    caller = api("secretariat")
    first = caller.get("/api/v1/reminders?perPage=2&count=true")
    assert (len(first.get_json()), first.headers["Total-Count"]) == (2, "3")
    following = first.headers["Link"].split("<")[2].partition(">")[0].partition("/api")[2]
    (last,) = caller.get(f"/api{following}").get_json()
    assert (last["day"], last["state"], last["number"]) == ("2021-08-01", "waiting", 1)
    assert last["to"]["email"] == people.email("member")


def test_a_rule_and_a_pause_are_set_on_screen_and_the_history_tells_it(
    told: str, signed_in: SignedIn
) -> None:
    secretariat = signed_in("secretariat")
    wrong = secretariat.post("/reminders/rules/starts", data={"active": "y", "days": "0"})
    assert wrong.status_code == 400
    secretariat.post("/reminders/rules/starts", data={"active": "y", "days": "30"})
    assert "30 dagen vooraf" in secretariat.page("/reminders/settings").text
    asked = {"reference": "ORG-9999", "reason": "Weg"}
    assert secretariat.post("/reminders/pauses/new", data=asked).status_code == 400
    secretariat.post("/reminders/pauses/new", data={**asked, "reference": told})
    assert "tot nader order" in secretariat.page("/reminders/settings").text
    secretariat.post(f"/reminders/pauses/{told}/end")
    assert "Er is niets gepauzeerd" in secretariat.page("/reminders/settings").text
    assert "Zoveel dagen vooraf" in secretariat.page("/history?kind=reminder").text
    assert signed_in("member").get("/history?kind=reminder").text.count("Zoveel dagen") == 0


def test_everybody_sees_and_sets_their_own(told: str, app: Flask, signed_in: SignedIn) -> None:
    member = signed_in("member")
    assert "Een plan" in member.page("/mine/reminders").text
    assert "Herinneringen" in member.page("/mine/account").text
    assert "Een plan" not in signed_in("other_member").page("/mine/reminders").text
    member.post("/mine/reminders/wishes", data={"pausedUntil": "2021-12-24"})
    page = member.page("/mine/reminders").text
    assert "een mail per herinnering" in page
    assert "24 december 2021" in page
    with app.app_context():
        commands.refuse_address(REGISTRY, people.account("member"), "550 no such person")
    assert "550 no such person" in member.page("/mine/reminders").text
    assert people.email("member") in signed_in("secretariat").page("/reminders").text
    member.post("/mine/reminders/address")
    assert "550" not in member.page("/mine/reminders").text


def test_the_page_of_a_record_tells_the_core_group_which_organisation_was_reminded(
    told: str, signed_in: SignedIn
) -> None:
    url = f"/commitments/{told}"
    boxes = {who: _box(signed_in(who).page(url)) for who in ("other_member", "partner", "public")}
    assert "OVAL" in boxes["other_member"]
    assert "Member" not in boxes["other_member"]
    assert boxes["partner"] == boxes["public"] == ""


def _box(page: Any) -> str:
    return str(page.text).partition("Herinneringen")[2].partition("Geschiedenis")[0]


def test_a_round_heeds_the_same_pauses_and_stands_in_the_same_log(
    told: str, app: Flask, actors: dict[str, Actor], signed_in: SignedIn
) -> None:
    with app.app_context():
        found = rounds.open_round(actors["secretariat"], ROUND)
        wishes = {"digest": True, "pausedUntil": "2021-12-24"}
        commands.prefer(actors["member"], people.account("member"), wishes)
        assert rounds.remind(actors["secretariat"], found) == 0
        commands.prefer(actors["member"], people.account("member"), {"digest": True})
        assert rounds.remind(actors["secretariat"], found) == 1
    text = signed_in("secretariat").page("/reminders/log?rule=round").text
    assert "1 herinnering" in text
    assert "Najaar" in text
