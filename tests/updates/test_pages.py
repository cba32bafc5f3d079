"""The state of affairs on the screens and in the API."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from registry import editing
from registry.access import Actor
from registry.db import session
from registry.kind import kind_named
from registry.record import Audience
from registry.updates import commands
from tests import databases, people
from tests.api.conftest import problem
from tests.browsing import Client, SignedIn
from tests.factories import Make

pytestmark = databases.on_sqlite
Api = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _unguarded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forged requests are another test's."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.fixture
def reference(make: Make, actors: dict[str, Actor]) -> str:
    """A published initiative that the organisation of "member" keeps."""
    return make.reference("initiative", keeper_id=actors["member"].home_id)


def test_one_click_reports_that_nothing_changed(signed_in: SignedIn, reference: str) -> None:
    member = signed_in("member")
    assert "Nog niets gemeld." in member.get(f"/initiatives/{reference}").text
    member.post(f"/initiatives/{reference}/updates/same")
    assert "Geen wijzigingen" in member.get(f"/initiatives/{reference}").text


def test_what_is_reported_stands_on_the_page_of_the_core_group_only(
    signed_in: SignedIn, reference: str
) -> None:
    data = {"state": "behind", "text": "Uitgesteld tot mei.", "reason": "capacity"}
    member = signed_in("member")
    assert member.post(f"/initiatives/{reference}/updates/new", data=data).status_code == 302
    for who, told in {"other_member": True, "partner": False, "public": False}.items():
        page = signed_in(who).get(f"/initiatives/{reference}").text
        assert ("Uitgesteld tot mei." in page) is told, who
        assert ("vertraagd" in page) is told, who


def test_a_wrong_report_says_why_and_keeps_what_was_typed(
    signed_in: SignedIn, reference: str
) -> None:
    data = {"state": "behind", "text": "Uitgesteld tot mei."}
    answer = signed_in("member").post(f"/initiatives/{reference}/updates/new", data=data)
    assert answer.status_code == 400
    assert "Uitgesteld tot mei." in answer.text
    assert "Reden van de vertraging" in answer.text


def test_a_correction_starts_from_what_it_corrects(
    signed_in: SignedIn, api: Api, reference: str
) -> None:
    path = f"/api/v1/initiatives/{reference}/updates"
    key = api("member").post(path, json={"state": "on_track", "text": "Goed."}).get_json()["key"]
    form = f"/initiatives/{reference}/updates/new?of={key}"
    member = signed_in("member")
    assert "Goed." in member.get(form).text
    member.post(form, data={"state": "done", "text": "Klaar."})
    first, second = api("public"), api("member").get(path).get_json()
    assert [(u["text"], u["replaced"]) for u in second] == [("Klaar.", False), ("Goed.", True)]
    assert first.get(path).get_json() == []


def test_releasing_shows_the_words_and_not_the_judgement(
    signed_in: SignedIn, api: Api, reference: str
) -> None:
    path = f"/api/v1/initiatives/{reference}/updates"
    report = {"state": "behind", "text": "Uitgesteld.", "reason": "other", "reasonWords": "Ziek"}
    made = api("member").post(path, json=report)
    assert made.status_code == 201
    url = f"/initiatives/{reference}/updates/{made.get_json()['key']}/release"
    assert signed_in("secretariat").post(url).status_code == 302
    told = api("public").get(path).get_json()[0]
    assert told["text"] == "Uitgesteld."
    assert {"state", "reason", "reasonWords", "by"} & set(told) == set()
    page = signed_in("public").get(f"/initiatives/{reference}/updates").text
    assert "Uitgesteld." in page
    assert "vertraagd" not in page + signed_in("public").get(f"/initiatives/{reference}").text
    assert "Ziek" not in page


def test_a_long_series_is_read_in_parts_at_a_constant_price(
    app: Flask, api: Api, reference: str, signed_in: SignedIn, actors: dict[str, Actor], costs: Any
) -> None:
    member, kind = signed_in("member"), kind_named("initiative")
    pages = f"/initiatives/{reference}", f"/initiatives/{reference}/updates"
    path = f"/api/v1{pages[1]}"
    spent = []
    for more in (2, 21):
        with app.app_context():
            entity = editing.one(kind, actors["member"], reference)
            first = commands.no_change(actors["member"], kind, entity)
            for _ in range(more):
                again = {"state": "no_change", "replaces": first.key}
                first = commands.report(actors["member"], kind, entity, again)
        spent.append([costs(member, page) for page in pages] + [costs(api("member"), path)])
    assert spent[0] == spent[1]
    assert member.get(pages[0]).text.count("gecorrigeerd") == 0
    assert member.get(f"{pages[1]}?page=2").text.count("gecorrigeerd") == 4
    told = api("member").get(f"{path}?perPage=20")
    last = told.headers["Link"].split("<")[-1].split(">")[0]
    rest = api("member").get(last[last.index("/api/") :])
    assert [len(told.get_json()), len(rest.get_json())] == [20, 5]
    assert [u["replaced"] for u in rest.get_json()] == [True, True, False, True, True]


@pytest.fixture
def costs(count_queries: Any) -> Callable[[Client, str], int]:
    """How much a page asks of the database."""

    def costs(client: Client, path: str) -> int:
        with count_queries() as counted:
            assert client.get(path).status_code == 200
        return len(counted)

    return costs


@pytest.mark.parametrize("body", [[], "x", {"state": 3}, {"evidence": [3]}, {"replaces": {}}])
def test_what_is_no_report_is_refused(api: Api, reference: str, body: object) -> None:
    answer = api("member").post(f"/api/v1/initiatives/{reference}/updates", json=body)
    assert answer.status_code == 400


def test_an_organisation_that_readers_may_not_know_of_is_not_named(
    app: Flask, signed_in: SignedIn, api: Api, make: Make, actors: dict[str, Actor], reference: str
) -> None:
    path = f"/api/v1/initiatives/{reference}/updates"
    made = api("member").post(path, json={"state": "on_track", "text": "Goed."}).get_json()
    signed_in("secretariat").post(f"/initiatives/{reference}/updates/{made['key']}/release")
    with app.app_context():
        home = kind_named("partner")
        entity = session().get_one(home.model, actors["member"].home_id)
        editing.publish(actors["secretariat"], home, entity, audience=Audience.CORE_GROUP)
    assert api("member").get(path).get_json()[0]["organisation"]["name"] == "OVAL"
    told = api("partner").get(path).get_json()[0]
    assert told["organisation"] is None
    assert "by" not in told
    assert api("public").get(path).get_json()[0]["organisation"] is None
    page = signed_in("partner").get(f"/initiatives/{reference}/updates").text
    assert actors["member"].name not in page
    for page in (f"/initiatives/{reference}", f"/initiatives/{reference}/updates"):
        text = signed_in("public").get(page).text
        assert "Een organisatie" in text
        assert "OVAL" not in text


@pytest.fixture
def both(app: Flask, make: Make, actors: dict[str, Actor]) -> tuple[str, list[str]]:
    """An initiative in which both organisations of "member" take part, and those."""
    with app.app_context():
        own = people.also_of(actors["member"], "MIND")
        rows = [{"partner": name, "role": "executor"} for name in own]
        return make.reference("initiative", payload={"participations": rows}), own


def test_who_is_of_two_organisations_chooses_of_which_they_report(
    signed_in: SignedIn, api: Api, both: tuple[str, list[str]]
) -> None:
    reference, (first, second) = both
    member, form = signed_in("member"), f"/initiatives/{reference}/updates/new"
    page = member.page(form)
    options = page.all(".//select[@name='organisation']/option[@value!='']")
    assert {option.get("value") for option in options} == {first, second}
    sent = {"state": "on_track", "text": "Goed."}
    assert member.post(form, data={**sent, "organisation": second}).status_code == 302
    member.post(f"/initiatives/{reference}/updates/same", data={"organisation": second})
    path, json_ = f"/api/v1/initiatives/{reference}/updates", api("member")
    for organisation in (first, {"reference": second}):
        made = json_.post(path, json={**sent, "organisation": organisation})
        assert made.status_code == 201
    told = [one["organisation"]["reference"] for one in json_.get(path).get_json()]
    assert told == [second, first, second, second]
    assert "namens" not in signed_in("secretariat").get(form).text.casefold()


def test_nobody_reports_for_an_organisation_that_is_not_theirs_or_takes_no_part(
    api: Api, make: Make, reference: str, both: tuple[str, list[str]]
) -> None:
    _, (first, second) = both
    path = f"/api/v1/initiatives/{reference}/updates"  # which only the first one keeps
    sent = {"state": "no_change"}
    assert api("member").post(path, json={**sent, "organisation": first}).status_code == 201
    stranger = make.reference("partner")
    odd: list[object] = [second, stranger, "ORG-9999", 3, {"reference": []}]
    wrong = [("member", each) for each in odd]
    for who, organisation in [*wrong, ("secretariat", first)]:
        answer = api(who).post(path, json={**sent, "organisation": organisation})
        assert list(problem(answer).errors) == ["body /organisation"], organisation
    other = f"/api/v1/initiatives/{both[0]}/updates"
    key = api("member").post(other, json={**sent, "organisation": first}).get_json()["key"]
    moved = api("member").post(other, json={**sent, "organisation": second, "replaces": key})
    assert problem(moved).errors == {"body /organisation": "not_allowed"}
    assert api("member").post(other, json={**sent, "replaces": key}).status_code == 201


def test_only_an_own_report_of_this_record_is_corrected(
    signed_in: SignedIn, api: Api, make: Make, reference: str
) -> None:
    path = f"/api/v1/initiatives/{reference}/updates"
    key = api("secretariat").post(path, json={"state": "no_change"}).get_json()["key"]
    elsewhere = make.reference("initiative")
    form, data = f"/initiatives/{reference}/updates/new", {"state": "on_track", "text": "Goed."}
    member = signed_in("member")
    assert member.get(f"{form}?of=none").status_code == 404
    assert f"of={key}" not in member.get(f"/initiatives/{reference}/updates").text
    assert member.get(f"/initiatives/{elsewhere}/updates/new?of={key}").status_code == 403
    refused = member.post(f"{form}?of={key}", data=data)
    assert refused.status_code == 400
    assert "Die melding is er niet bij dit gegeven." in refused.text
    assert signed_in("secretariat").post(f"{form}?of={key}", data=data).status_code == 302
