"""A reminder leaves once, through a real mail server, and what does not arrive is not lost."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import clock, editing
from registry.access import Actor, system
from registry.db import session as current
from registry.kind import kind_named
from registry.notifications.delivery import deliver_due
from registry.notifications.post import carrier
from registry.record import Record
from registry.reminders import commands
from registry.reminders.models import Done, Escalation, Line, Mail
from registry.reminders.run import run
from tests import people
from tests.databases import on_sqlite
from tests.factories import Make
from tests.mailbox import Mailbox

Actors = dict[str, Actor]
Day = Callable[[str], list[Any]]
MEDIO = {"text": "medio 2021", "earliest": "2021-06-01", "latest": "2021-07-31"}
REGISTRY = system("Test", "cli")
MEMBER = people.email("member")


@pytest.fixture
def day(session: Session, mail_url: str, mailbox: Mailbox) -> Day:
    """Do the work of a day, send, and give what arrived."""
    current().add(Done(day=date(2020, 1, 1), ended_at=clock.now()))

    def day(text: str) -> list[Any]:
        mailbox.received.clear()
        run(REGISTRY, date.fromisoformat(text))
        deliver_due(carrier(mail_url))
        return [(m["To"].addresses[0].addr_spec, m.get_content()) for m in mailbox.received]

    return day


@pytest.fixture
def milestone(session: Session, make: Make, actors: Actors) -> Any:
    """One that the organisation of "member" keeps."""
    home = actors["member"].home_id
    return make("milestone", keeper_id=home, title="Het plan", payload={"due": MEDIO})


def states() -> list[str]:
    return [line.state for line in current().scalars(select(Line).order_by(Line.id))]


@on_sqlite
def test_the_mail_says_what_until_when_and_leads_to_the_form(
    milestone: Any, make: Make, actors: Actors, day: Day
) -> None:
    people.account("member").language = "en"
    hoped = {"due": MEDIO, "strength": "aim", "text": "Streven"}
    make("commitment", keeper_id=actors["member"].home_id, payload=hoped)
    ((to, text),) = day("2021-08-02")
    assert to == MEMBER
    assert "Not reached in the period named: “medio 2021” (1 June to 31 July 2021)" in text
    assert "The term has ended: “medio 2021” (1 June to 31 July 2021)" in text
    assert f"/milestones/{milestone.reference}/updates/new" in text
    assert "/mine/reminders" in text
    assert not re.search("overdue|too late|broken", text)
    assert day("2021-08-02") == day("2021-08-03") == []


@on_sqlite
def test_without_a_digest_each_thing_is_a_mail(
    milestone: Any, make: Make, actors: Actors, day: Day
) -> None:
    make("milestone", keeper_id=actors["member"].home_id, payload={"due": MEDIO})
    commands.prefer(actors["member"], people.account("member"), {"digest": False})
    assert len(day("2021-07-20")) == 2


def test_a_moved_term_reminds_anew_and_what_is_met_in_between_does_not(
    milestone: Any, day: Day, actors: Actors, mail_url: str
) -> None:
    assert len(day("2021-07-20")) == 1
    later = {"text": "eind 2021", "earliest": "2021-11-01", "latest": "2021-12-31"}
    move = {"change": "moved", "why": "Later"}
    kind, secretariat = kind_named("milestone"), actors["secretariat"]
    again = editing.one(kind, secretariat, milestone.reference)
    editing.revise(secretariat, kind, again, {"due": later, "moves": [move]})
    run(REGISTRY, date(2021, 12, 24))
    again = editing.one(kind, secretariat, milestone.reference)
    editing.revise(secretariat, kind, again, {"states": [{"state": "done"}]})
    deliver_due(carrier(mail_url))
    current().expire_all()
    assert states() == ["queued", "dropped"]
    assert day("2021-12-25") == []


@on_sqlite
def test_what_waited_in_a_pause_comes_in_one_mail_after_it(
    milestone: Any, day: Day, actors: Actors
) -> None:
    member = people.account("member")
    wishes = {"digest": True, "pausedUntil": "2021-08-20"}
    commands.prefer(actors["member"], member, wishes)
    assert day("2021-07-20") == day("2021-08-05") == []
    assert states() == ["paused", "paused"]
    ((_, text),) = day("2021-08-21")
    assert "verstreken" in text
    assert "loopt af" not in text
    organisation = current().get_one(Record, actors["member"].home_id)
    asked = {"reference": organisation.reference, "reason": "Reorganisatie"}
    commands.pause(actors["secretariat"], asked)
    assert day("2021-08-31") == []
    commands.resume(actors["secretariat"], organisation.reference)
    assert len(day("2021-09-01")) == 1


def test_an_address_that_refuses_is_marked_and_its_mail_waits(
    milestone: Any, make: Make, day: Day, actors: Actors, mailbox: Mailbox
) -> None:
    make("milestone", keeper_id=actors["other_member"].home_id, payload={"due": MEDIO})
    mailbox.refused[MEMBER] = "550 no such person"
    other = people.email("other_member")
    assert [to for to, _ in day("2021-07-20")] == [other]
    mailbox.refused.clear()
    assert day("2021-07-21") == []
    assert sorted(states()) == ["held", "queued"]
    commands.confirm_address(actors["member"], people.account("member"))
    assert [to for to, _ in day("2021-07-22")] == [MEMBER]


@on_sqlite
def test_what_was_refused_comes_again_when_the_address_is_confirmed_the_same_day(
    milestone: Any, day: Day, actors: Actors, mailbox: Mailbox
) -> None:
    mailbox.refused[MEMBER] = "550 no such person"
    assert day("2021-07-20") == []
    mailbox.refused.clear()
    commands.confirm_address(actors["member"], people.account("member"))
    assert [to for to, _ in day("2021-07-21")] == [MEMBER]


@on_sqlite
def test_who_leads_hears_only_after_a_click_of_the_secretariat(
    milestone: Any,
    day: Day,
    make: Make,
    actors: Actors,
    monkeypatch: pytest.MonkeyPatch,
    app: Flask,
) -> None:
    quiet = make("milestone", keeper_id=actors["member"].home_id, payload={"due": MEDIO})
    why = {"reference": quiet.reference, "until": "2021-10-15", "reason": "in gesprek"}
    commands.pause(actors["secretariat"], why)
    for text in ("2021-08-01", "2021-08-31", "2021-09-30"):
        assert len(day(text)) == 1
    assert [text.count("/updates") for _, text in day("2021-10-30")] == [1]  # of what was quiet
    (waiting,) = current().scalars(select(Escalation)).all()
    monkeypatch.setitem(app.config, "REGISTRY_TODAY", "2021-10-30")
    assert waiting.record_id == milestone.id  # of the other nobody had been reminded
    commands.escalate(actors["secretariat"], waiting)
    ((to, text),) = day("2021-10-30")
    assert (to, "uw organisatie is hieraan herinnerd" in text.lower()) == (MEMBER, True)
    assert day("2021-11-30") == []


def test_several_workers_send_each_reminder_once(
    fresh_app: Flask, mail_url: str, mailbox: Mailbox
) -> None:
    with fresh_app.app_context():
        actors = people.actors()
        current().add(Done(day=date(2020, 1, 1), ended_at=clock.now()))
        current().commit()
        make = Make(fresh_app, actors)
        for who in ("member", "other_member"):
            for _ in range(3):
                make("milestone", keeper_id=actors[who].home_id, payload={"due": MEDIO})

    def work(_number: int) -> None:
        with fresh_app.app_context():
            run(REGISTRY, date(2021, 7, 20))
            deliver_due(carrier(mail_url))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert sorted(m["To"].addresses[0].addr_spec for m in mailbox.received) == sorted(
        (MEMBER, people.email("other_member"))
    )
    with fresh_app.app_context():
        counts = [current().scalar(select(func.count()).select_from(m)) for m in (Mail, Line)]
    assert counts == [2, 6]
