"""A round on the screens, in the API and by mail, from opening to what was frozen."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from registry import editing
from registry.access import Actor
from registry.accounts.models import Account
from registry.db import session
from registry.kind import kind_named
from registry.notifications import letters
from tests import databases, people
from tests.browsing import Client, SignedIn
from tests.factories import Make

pytestmark = databases.on_sqlite
Api = Callable[[str], Client]
ASKED = {
    "title": "Najaar 2020",
    "starts": "2020-07-01",
    "ends": "2020-12-31",
    "deadline": "2021-01-31",
}

SEEN = {"secretariat": 3, "member": 3, "other_member": 0, "partner": 0, "public": 0}


@pytest.fixture(autouse=True)
def _unguarded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forged requests are another test's."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.fixture
def reference(make: Make, actors: dict[str, Actor]) -> str:
    """A published initiative that the organisation of "member" keeps."""
    home = actors["member"].home_id
    return make.reference("initiative", title="De pilot", keeper_id=home)


def test_a_round_is_opened_answered_closed_and_compared(
    signed_in: SignedIn, reference: str
) -> None:
    secretariat, member = signed_in("secretariat"), signed_in("member")
    url = secretariat.post("/rounds/new", data=ASKED).headers["Location"]
    assert "0 van 1" in secretariat.get(url).text
    assert "Mijn uitvragen" in member.get("/mine").text
    assert "De pilot" in member.get(url).text
    assert member.post(f"{url}/{reference}/same").status_code == 302
    assert "geen wijzigingen" in member.get(url).text
    assert "1 van 1" in secretariat.get(url).text
    assert "gesloten en vastgesteld" in secretariat.post(f"{url}/close", follow_redirects=True).text
    assert "is gesloten" in secretariat.post(f"{url}/close", follow_redirects=True).text
    assert "De pilot" in secretariat.get(f"{url}/frozen").text
    assert "ongewijzigd" in secretariat.get(f"{url}/frozen/{reference}").text
    told = secretariat.get(url).text
    assert re.search(r"Uitgezet op [\w ]+ door Secretariat", told)
    assert re.search(r"Gesloten op [\w ]+ door Secretariat", told)
    late = member.post(f"{url}/{reference}/same", follow_redirects=True)
    assert "Deze uitvraag is gesloten." in late.text


def test_who_is_no_longer_involved_is_told_so(
    app: Flask, signed_in: SignedIn, make: Make, actors: dict[str, Actor]
) -> None:
    with app.app_context():
        model = kind_named("partner").model
        row = {"partner": session().get_one(model, actors["member"].home_id).reference}
        made = make("initiative", participations=[{**row, "role": "executor"}])
        reference = made.reference
    url = signed_in("secretariat").post("/rounds/new", data=ASKED).headers["Location"]
    with app.app_context():
        kind, who = kind_named("initiative"), actors["secretariat"]
        editing.revise(who, kind, editing.one(kind, who, reference), {"participations": []})
    member, said = signed_in("member"), {"state": "on_track", "text": "Goed."}
    page = member.get(f"{url}/{reference}")
    assert page.status_code == 403
    assert "niet meer betrokken" in page.text
    for path, data in ((f"{url}/{reference}/same", {}), (f"{url}/{reference}", said)):
        answer = member.post(path, data=data, follow_redirects=True)
        assert "niet meer betrokken" in answer.text


def test_who_is_of_two_organisations_reports_for_each_of_them_in_turn(
    app: Flask, signed_in: SignedIn, api: Api, make: Make, actors: dict[str, Actor]
) -> None:
    with app.app_context():
        both = people.also_of(actors["member"], "MIND")
        rows = [{"partner": name, "role": "executor"} for name in both]
        reference = make.reference("initiative", payload={"participations": rows})
    url = signed_in("secretariat").post("/rounds/new", data=ASKED).headers["Location"]
    member, json_ = signed_in("member"), api("member")

    def asked() -> dict[str, bool]:
        told = json_.get(f"/api/v1{url}").get_json()["asked"]
        return {one["organisation"]: one["reported"] for one in told}

    first, second = both
    assert asked() == {first: False, second: False}
    assert member.post(f"{url}/{reference}/same?of={second}").status_code == 302
    assert asked() == {first: False, second: True}
    assert member.get(f"{url}/{reference}?of=ORG-9999").status_code == 404
    sent = {"state": "on_track", "text": "Goed.", "organisation": first}
    assert json_.post(f"/api/v1/initiatives/{reference}/updates", json=sent).status_code == 201
    assert asked() == {first: True, second: True}


def test_a_deadline_in_the_past_is_refused_at_its_field(
    signed_in: SignedIn, reference: str
) -> None:
    answer = signed_in("secretariat").post("/rounds/new", data={**ASKED, "deadline": "2020-01-01"})
    assert answer.status_code == 400
    assert "De uiterste datum is al voorbij." in answer.text
    assert "Najaar 2020" in answer.text


def test_a_reason_for_a_delay_is_asked_in_a_round_too(signed_in: SignedIn, reference: str) -> None:
    url = signed_in("secretariat").post("/rounds/new", data=ASKED).headers["Location"]
    member, data = signed_in("member"), {"state": "behind", "text": "Later."}
    assert member.get(f"{url}/{reference}").status_code == 200
    assert member.post(f"{url}/{reference}", data=data).status_code == 400
    data["reason"] = "funding"
    assert member.post(f"{url}/{reference}", data=data).status_code == 302


def test_the_same_by_api(api: Api, reference: str) -> None:
    secretariat, member = api("secretariat"), api("member")
    made = secretariat.post("/api/v1/rounds", json=ASKED).get_json()
    url = f"/api/v1/rounds/{made['key']}"
    (asked,) = member.get(url).get_json()["asked"]
    assert (asked["record"], asked["reported"]) == (reference, False)
    report = {"state": "no_change"}
    assert member.post(f"/api/v1/initiatives/{reference}/updates", json=report).status_code == 201
    assert secretariat.get(url).get_json()["responses"][0]["answered"] == 1
    assert api("other_member").get(url).status_code == 404
    assert secretariat.post(f"{url}/closures").status_code == 200
    assert secretariat.post(f"{url}/closures").status_code == 409
    whole = secretariat.get(url).get_json()
    assert (whole["openedBy"], whole["closedBy"]) == ("Secretariat", "Secretariat")
    frozen = secretariat.get(f"{url}/snapshot").get_json()
    assert [each["record"]["title"] for each in frozen] == ["De pilot"]


def test_what_was_done_to_a_round_is_in_the_log(
    api: Api, signed_in: SignedIn, reference: str
) -> None:
    secretariat = api("secretariat")
    key = secretariat.post("/api/v1/rounds", json=ASKED).get_json()["key"]
    for step in ("reminders", "reminders", "closures"):
        assert secretariat.post(f"/api/v1/rounds/{key}/{step}").status_code == 200
    log = secretariat.get("/api/v1/history?kind=round").get_json()
    steps = ["close_round", "remind_round", "open_round"]
    assert [(e["action"], e["subject"], e["key"], e["reference"]) for e in log] == [
        (step, "round", key, None) for step in steps
    ]
    told = {pair["field"]: pair["new"] for entry in log for pair in entry["changes"]}
    assert told["deadline"] == "2021-01-31"
    assert 1 in told.values()
    page = signed_in("secretariat").get(f"/history?record={key}&action=remind_round").text
    assert "Herinnerd aan een uitvraag" in page
    assert "Najaar 2020" in page
    own = api("member").get("/api/v1/history?action=remind_round").get_json()
    assert [entry["changes"] for entry in own] == [[]]
    seen = {who: len(api(who).get("/api/v1/history?kind=round").get_json()) for who in SEEN}
    assert seen == SEEN


@pytest.mark.parametrize("step", [editing.remove, editing.archive])
def test_what_was_frozen_is_read_when_its_record_is_gone(
    app: Flask, signed_in: SignedIn, api: Api, actors: dict[str, Actor], reference: str, step: Any
) -> None:
    secretariat, member = signed_in("secretariat"), signed_in("member")
    url = secretariat.post("/rounds/new", data=ASKED).headers["Location"]
    said = {"state": "behind", "text": "Later.", "reason": "funding"}
    member.post(f"{url}/{reference}", data=said)
    secretariat.post(f"{url}/close")
    reason = {"reason": "Dubbel"} if step is editing.remove else {}
    with app.app_context():
        kind, who = kind_named("initiative"), actors["secretariat"]
        step(who, kind, editing.one(kind, who, reference), **reason)
    gone = "verwijderd" if reason else "gewijzigd"
    assert gone in secretariat.get(f"{url}/frozen").text
    page = secretariat.get(f"{url}/frozen/{reference}").text
    assert all(words in page for words in ("De pilot", "Later.", "OVAL · Member", gone))
    (frozen,) = api("secretariat").get(f"/api/v1{url}/snapshot").get_json()
    assert frozen["record"]["title"] == "De pilot"
    assert frozen["updates"][0]["text"] == "Later."


def test_reminding_writes_a_letter_in_the_language_of_its_reader(
    app: Flask, signed_in: SignedIn, reference: str, actors: dict[str, Actor]
) -> None:
    secretariat = signed_in("secretariat")
    url = secretariat.post("/rounds/new", data=ASKED).headers["Location"]
    told = secretariat.post(f"{url}/remind", follow_redirects=True).text
    assert "Herinnering aan 1 persoon" in told
    assert "vandaag al herinnerd" in secretariat.post(f"{url}/remind", follow_redirects=True).text
    payload = {"round": "x", "title": "T", "organisation": "OVAL", "deadline": "2021-01-31"}
    with app.app_context():
        account = session().get_one(Account, actors["member"].account_id)
        written = {
            topic: letters.write(topic, account, {**payload, "open": 1})
            for topic in ("round_opened", "round_reminder")
        }
    assert all("31 januari 2021" in letter.text for letter in written.values())
    subjects = [letter.subject for letter in written.values()]
    assert subjects == ["Voortgangsuitvraag: T", "Herinnering: T"]
