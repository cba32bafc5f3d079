"""What the calendars hold: in a real parser, for whom, and what a change does to them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy.orm import Session

from registry import clock, editing
from registry.access import Actor
from registry.calendar import queries
from registry.errors import Invalid
from registry.extensions import database
from registry.merging.commands import merge
from registry.partners.schemas import PARTNER
from registry.plan.schemas import MILESTONE
from registry.record import Record
from registry.rounds.commands import open_round
from tests import databases
from tests.browsing import Client, SignedIn
from tests.calendar.asking import address
from tests.factories import Make

SOON = {"due": "11 januari 2021"}
Count = Callable[[], AbstractContextManager[list[str]]]


def feed(client: Client, url: str) -> Any:
    """A calendar, as a strict parser reads it."""
    response = client.get(url)
    assert response.status_code == 200, response.text
    assert response.content_type == "text/calendar; charset=utf-8"
    lines = response.data.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    found = Calendar.from_ical(response.data)
    assert not [part for part in found.walk() if part.errors]
    names = [str(event["UID"]) for event in found.events]
    assert len({*names}) == len(names)
    return found


def texts(client: Client, url: str) -> str:
    return "\n".join(str(event["SUMMARY"]) for event in feed(client, url).events)


@databases.on_sqlite
def test_the_letters_stand_in_it_as_hard_as_they_were_said(letters: Flask, client: Client) -> None:
    found = feed(client, "/calendar.ics?lang=nl")
    aims = [e for e in found.events if "Streven: " in e["SUMMARY"]]
    assert [str(e.DTSTART) for e in aims] == ["2021-06-01", "2021-07-31"]
    assert [str(e["SUMMARY"])[:13] for e in aims] == ["Begin periode", "Einde periode"]
    assert all(e["SUMMARY"].endswith("· medio 2021") for e in aims)
    whole = found.to_ical().decode().lower()
    assert "deadline" not in whole
    assert "valarm" not in whole
    (week,) = [e for e in found.events if "INI-0004.expected-2021" in e["UID"]]
    assert (str(week.DTSTART), str(week.DTEND)) == ("2021-11-01", "2021-12-01")
    assert (week["STATUS"], week["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")
    english = texts(client, "/calendar.ics?lang=en")
    assert "Period ends · Aim: " in english
    assert "Uiterlijk" not in english


@databases.on_sqlite
def test_a_meeting_takes_its_hours_where_it_is_held(make: Make, client: Client) -> None:
    held = {"when": "28 maart 2021", "startTime": "13:30"}
    make("meeting", audience="public", payload={**held, "endTime": "15:00", "place": "Den Haag"})
    make("meeting", audience="public", payload={**held, "startTime": "23:30"})
    make("meeting", audience="public", payload={**held, "when": "maart 2021"})
    found = feed(client, "/calendar.ics")
    assert [str(e.start)[:10] for e in found.events] == ["2021-03-01", *["2021-03-28"] * 2]
    whole, afternoon, late = found.events
    assert (whole["TRANSP"], afternoon["TRANSP"]) == ("TRANSPARENT", "OPAQUE")
    assert afternoon["LOCATION"] == "Den Haag"
    assert afternoon["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert [zone.tz_name for zone in found.timezones] == ["Europe/Amsterdam"]
    assert afternoon.end - afternoon.start == timedelta(hours=1, minutes=30)
    # That day the clock went forward at night.
    assert afternoon.start.astimezone(UTC).hour == 11
    assert late.end > late.start


@databases.on_sqlite
@pytest.mark.parametrize(
    "hours", [{"startTime": "24:00"}, {"startTime": "9:00"}, {"endTime": "10:00"}]
)
def test_the_hours_of_a_meeting_are_hours(make: Make, hours: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        make("meeting", payload=hours)
    assert {*refused.value.errors} == {*hours}


@databases.on_sqlite
def test_hostile_text_stays_text(app: Flask, make: Make, client: Client) -> None:
    hostile = 'a,b;c\\n"d"\nEND:VEVENT\nBEGIN:VALARM\n' + "é" * 200 + " 😀:;"
    reference = make.reference("commitment", text=hostile, **SOON)
    (event,) = feed(client, "/calendar.ics").events
    assert event["DESCRIPTION"].startswith(f"Toezegging: {hostile}\n")
    assert event.subcomponents == []
    assert event["URL"] == f"https://registry.example/commitments/{reference}"


@pytest.fixture
def homes(app: Flask, actors: dict[str, Actor]) -> tuple[str, str]:
    """The organisations of "member" and of "other_member"."""
    with app.app_context():
        ids = (actors["member"].home_id, actors["other_member"].home_id)
        mine, theirs = (database.session.get_one(Record, id_).reference for id_ in ids)
    return mine, theirs


@pytest.fixture
def road(app: Flask, make: Make, homes: tuple[str, str], actors: dict[str, Actor]) -> None:
    """Something of everything, of both organisations."""
    mine, theirs = homes
    waits = {"due": "zodra het weer kan", "reviewOn": "2021-02-01", "reviewBy": "Kim"}
    actions = [
        {"text": text, "owner": owner, "state": "open", "due": "juni 2021"}
        for text, owner in (("Bellen", mine), ("Mailen", theirs))
    ]
    rows = {"kind": "core_group", "when": "12 januari 2021", "actions": actions}
    make("milestone", title="Van ons", payload={"owner": mine, **SOON})
    make("milestone", title="Van hen", payload={"owner": theirs, **SOON})
    make("commitment", text="Beloofd", payload={"by": [{"partner": mine}], **SOON})
    make("milestone", title="Nog een concept", state="draft", payload={"owner": mine, **SOON})
    make("milestone", title="Verborgen", audience="secretariat", payload={"owner": theirs, **SOON})
    make("milestone", title="Zonder dag", payload={"owner": mine, "due": "later"})
    make("milestone", title="Wacht", payload={"owner": mine, **waits})
    make("meeting", title="Kerngroep", audience="core_group", payload=rows)
    asked = {"title": "Najaar", "starts": "2020-07-01", "ends": "2020-12-31"}
    with app.app_context():
        open_round(actors["secretariat"], {**asked, "deadline": "2021-01-31"})


def test_it_holds_what_concerns_who_reads_it_and_no_more(
    road: None, homes: tuple[str, str], signed_in: SignedIn, client: Client
) -> None:
    mine, theirs = homes
    read = texts(client, address(signed_in("member")))
    for title in ("Van ons", "Toezegging: Beloofd", "bekijken: Wacht", "Kerngroep", "Bellen"):
        assert title in read
    assert "Sluitdatum uitvraag: Najaar" in read
    assert "uitvraag" not in texts(client, address(signed_in("partner")))
    for title in ("Van hen", "concept", "Verborgen", "Zonder dag", "Mailen"):
        assert title not in read
    everything = texts(client, address(signed_in("secretariat")))
    assert "Verborgen" in everything
    assert "Mailen" in everything
    public = texts(client, "/calendar.ics")
    assert ("Van hen" in public, "Kerngroep" in public, "Wacht" in public) == (True, False, False)
    assert "Van hen" not in texts(client, f"/partners/{mine}/calendar.ics")
    told = client.get(f"/api/v1/calendar?organisation={theirs}&to=2021-12-31").get_json()
    assert [(one["title"], one["mark"]) for one in told] == [("Van hen", "on")]


@databases.on_sqlite
def test_a_change_moves_the_mark_that_was_there(
    app: Flask, make: Make, client: Client, actors: dict[str, Actor], session: Session
) -> None:
    secretariat = actors["secretariat"]
    made = make("milestone", title="Oplevering", due="medio 2021")
    before = {str(e["UID"]): e for e in feed(client, "/calendar.ics").events}
    moves = [{"change": "moved", "why": "Meer tijd nodig"}]
    with time_machine.travel(clock.now() + timedelta(days=1)):
        editing.revise(secretariat, MILESTONE, made, {"due": "1 september 2021", "moves": moves})
        editing.revise(
            secretariat, MILESTONE, made, {"states": [{"state": "dropped", "from": "2020"}]}
        )
    (now,) = feed(client, "/calendar.ics").events
    old = before[str(now["UID"])]
    assert now["SEQUENCE"] > old["SEQUENCE"]
    assert now.last_modified > old.last_modified
    assert (str(now.DTSTART), now["STATUS"]) == ("2021-09-01", "CANCELLED")
    assert now["SUMMARY"] == "Vervallen · Mijlpaal: Oplevering"
    editing.remove(secretariat, MILESTONE, made, reason="dubbel")
    assert not feed(client, "/calendar.ics").events


@databases.on_sqlite
def test_the_calendar_of_an_organisation_goes_with_it(
    app: Flask, make: Make, client: Client, actors: dict[str, Actor], session: Session
) -> None:
    stays, goes = make("partner", name="Blijft"), make("partner", name="Gaat op")
    hidden = make.reference("partner", audience="secretariat")
    merge(actors["secretariat"], PARTNER, goes, stays, "zelfde")
    moved = client.get(f"/partners/{goes.reference}/calendar.ics")
    assert (moved.status_code, moved.headers["Location"]) == (
        301,
        f"/partners/{stays.reference}/calendar.ics",
    )
    for reference in (hidden, "ORG-9999", "INI-0001", "x" * 10_000, "%00"):
        assert client.get(f"/partners/{reference}/calendar.ics").status_code == 404


@databases.on_sqlite
def test_however_many_there_are_it_is_bounded_and_costs_as_many_questions(
    app: Flask,
    make: Make,
    client: Client,
    count_queries: Count,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    for day in ("1 maart 2021", "2 maart 2021", "3 december 2020", "1 maart 2031"):
        make("commitment", due=day)
        with count_queries() as questions:
            texts(client, "/calendar.ics")
        asked.append(len(questions))
    assert asked[0] == asked[-1] < 10
    monkeypatch.setattr(queries, "MOST", 2)
    found = feed(client, "/calendar.ics?lang=nl")
    assert [e.DTSTART for e in found.events] == [date(2021, 3, 1), date(2021, 3, 2)]


@databases.on_sqlite
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("asOf=9999-12-31", 200),
        ("asOf=0001-01-01", 200),
        ("from=2021-01-01&to=2020-01-01", 400),
        ("from=0001-01-01", 400),
        ("from=later", 400),
        ("organisation=ORG-9999", 400),
        ("organisation=x%00", 400),
        ("kind=x", 400),
    ],
)
def test_odd_questions_are_answered(
    letters: Flask, client: Client, query: str, status: int
) -> None:
    assert client.get(f"/api/v1/calendar?{query}").status_code == status
