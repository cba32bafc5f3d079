"""Mail leaves once, through a real mail server; what fails is tried again until it is given up."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import clock
from registry.db import session as current
from registry.ledger import Outbox, post
from registry.notifications import letters
from registry.notifications import post as ways
from registry.notifications.delivery import MOST, WAITS, claim, deliver_due
from registry.notifications.letters import Letter
from registry.notifications.post import carrier
from tests import people
from tests.mailbox import Mailbox


@pytest.fixture
def url(mail_url: str) -> str:
    return mail_url


@pytest.fixture(autouse=True)
def letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter for the topic "greeting"."""
    text = {"nl": Letter("Groet", "Dag, één keer."), "en": Letter("Greeting", "Hello, once.")}
    monkeypatch.setitem(letters.LETTERS, "greeting", lambda account, _: text[account.language])


def ask(who: str = "member", topic: str = "greeting") -> None:
    post(current(), topic, {"account": people.account(who).id})
    current().commit()


def only(session: Session) -> Outbox:
    """The one row of the outbox, as it is now."""
    session.expire_all()
    return session.scalars(select(Outbox)).one()


def test_a_letter_arrives_in_the_language_of_who_gets_it(
    session: Session, url: str, mailbox: Mailbox
) -> None:
    people.account("partner").language = "en"
    ask("member")
    ask("partner")
    assert deliver_due(carrier(url)) == 2
    dutch, english = mailbox.received
    assert dutch["To"] == "Member <member@registry.example>"
    assert dutch["From"] == "Samenwerkingsregister <register@registry.example>"
    assert dutch["Subject"] == "Groet"
    assert dutch.get_content().strip() == "Dag, één keer."
    assert english["Subject"] == "Greeting"
    assert {row.failure for row in session.scalars(select(Outbox))} == {None}


def test_what_was_sent_is_not_sent_again(session: Session, url: str, mailbox: Mailbox) -> None:
    ask()
    deliver_due(carrier(url))
    assert deliver_due(carrier(url)) == 0
    assert len(mailbox.received) == 1
    assert only(session).done_at is not None


def test_a_change_that_is_undone_sends_nothing(
    session: Session, url: str, mailbox: Mailbox
) -> None:
    post(session, "greeting", {"account": people.account("member").id})
    session.rollback()
    deliver_due(carrier(url))
    assert mailbox.received == []


def test_a_server_that_is_away_is_tried_again_later_and_later(session: Session) -> None:
    ask()
    send = carrier("smtp://127.0.0.1:1")
    with time_machine.travel(clock.now(), tick=False) as time:
        for number, wait in enumerate(WAITS, 1):
            deliver_due(send)
            row = only(session)
            assert row.attempts == number
            assert row.due_at == clock.now() + wait
            assert "refused" in (row.failure or "")
            deliver_due(send)
            assert only(session).attempts == number
            time.shift(wait)


def test_after_the_last_attempt_it_is_given_up_with_the_reason(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    ask()
    send = carrier("smtp://127.0.0.1:1")
    with time_machine.travel(clock.now(), tick=False) as time:
        for _ in range(MOST + 2):
            deliver_due(send)
            time.shift(timedelta(days=2))
    row = only(session)
    assert (row.attempts, row.due_at, row.done_at) == (MOST, None, None)
    assert "is given up: ConnectionRefusedError" in caplog.text


def test_an_address_that_the_server_refuses_is_given_up_at_once(
    session: Session, url: str, mailbox: Mailbox
) -> None:
    mailbox.refused[people.email("member")] = "550 no such person"
    ask("member")
    ask("partner")
    assert deliver_due(carrier(url)) == 2
    assert [m["To"] for m in mailbox.received] == ["Partner <partner@registry.example>"]
    refused = session.scalars(select(Outbox).order_by(Outbox.id)).all()[0]
    assert refused.failure == "the address was refused: 550 no such person"


def test_an_address_that_is_refused_for_now_is_tried_again(
    session: Session, url: str, mailbox: Mailbox
) -> None:
    mailbox.refused[people.email("member")] = "451 come back later"
    ask()
    deliver_due(carrier(url))
    assert only(session).due_at is not None
    mailbox.refused.clear()
    with time_machine.travel(clock.now() + WAITS[0]):
        deliver_due(carrier(url))
    assert len(mailbox.received) == 1


def test_a_message_that_is_refused_later_on_is_given_up_too(
    session: Session, url: str, mailbox: Mailbox
) -> None:
    mailbox.answer = "550 this mailbox was closed"
    ask()
    deliver_due(carrier(url))
    row = only(session)
    assert (row.due_at, row.failure) == (
        None,
        "the address was refused: 550 this mailbox was closed",
    )


def test_a_closed_account_and_an_unknown_topic_get_no_letter(
    session: Session, url: str, mailbox: Mailbox
) -> None:
    people.account("member").active = False
    ask("member")
    ask("partner", topic="nothing of the kind")
    deliver_due(carrier(url))
    assert mailbox.received == []
    assert all(row.due_at is None and row.failure for row in session.scalars(select(Outbox)))


def test_a_topic_for_several_people_is_a_letter_for_each(
    session: Session, url: str, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [people.account(who).id for who in ("member", "partner")]
    monkeypatch.setitem(letters.SPREADS, "greeting", lambda _: both)
    post(session, "greeting", {})
    session.commit()
    assert deliver_due(carrier(url)) == 3
    assert len(mailbox.received) == 2


def test_a_worker_that_died_is_followed_by_another(
    session: Session, url: str, mailbox: Mailbox
) -> None:
    ask()
    assert claim() is not None
    deliver_due(carrier(url))
    assert mailbox.received == []
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        deliver_due(carrier(url))
    assert len(mailbox.received) == 1


def test_a_letter_that_ends_every_worker_is_given_up(session: Session) -> None:
    ask()
    with time_machine.travel(clock.now(), tick=False) as time:
        for _ in range(MOST):
            assert claim() is not None
            time.shift(timedelta(minutes=6))
        deliver_due(carrier("console:"))
    assert (only(session).due_at, only(session).done_at) == (None, None)


def test_several_workers_send_each_letter_once(
    fresh_app: Flask, url: str, mailbox: Mailbox
) -> None:
    with fresh_app.app_context():
        for _ in range(20):
            ask()

    def work(_number: int) -> int:
        with fresh_app.app_context():
            return deliver_due(carrier(url))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 20
    assert len({m["Message-ID"] for m in mailbox.received}) == len(mailbox.received) == 20
    with fresh_app.app_context():
        left = select(func.count()).select_from(Outbox).where(Outbox.done_at.is_(None))
        assert current().scalar(left) == 0


def test_a_name_cannot_add_a_line_to_the_head_of_a_letter(
    session: Session, url: str, mailbox: Mailbox
) -> None:
    people.account("member").name = 'Kim\nBcc: x@y.example\n"Klok"'
    ask()
    deliver_due(carrier(url))
    assert mailbox.received[0]["Bcc"] is None
    assert mailbox.received[0]["To"].addresses[0].addr_spec == people.email("member")


def test_no_password_goes_over_an_open_line(
    session: Session, url: str, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "LOOPBACK", ())
    ask()
    deliver_due(carrier(url.replace("smtp://", "smtp://user:secret@")))
    assert mailbox.received == []
    assert "no password" in (only(session).failure or "")
