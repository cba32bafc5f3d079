"""Sessions are rows: they can be seen, ended, and are asked for proof again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from registry import clock
from registry.access import Role
from registry.accounts import commands
from registry.accounts.events import events_of
from registry.signin.commands import digest
from registry.signin.models import AccountSession
from tests import people
from tests.browsing import Client, SignedIn
from tests.databases import on_sqlite

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"


def rows(session: Session) -> list[AccountSession]:
    session.expire_all()
    return list(session.scalars(select(AccountSession).order_by(AccountSession.id)))


def test_a_session_is_listed_with_its_device_and_address(
    client: Client, signed_in: SignedIn
) -> None:
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    client.sign_in(people.email("member"), people.PASSWORD)
    page = client.page("/mine/account").text
    assert "Firefox, Linux" in page
    assert "127.0.0.1" in page


@on_sqlite
def test_the_database_does_not_know_the_secret_of_a_session(
    signed_in: SignedIn, session: Session
) -> None:
    cookie = signed_in("member").get_cookie("session")
    (row,) = rows(session)
    assert cookie is not None
    assert row.digest not in cookie.value
    assert len(row.digest) == len(digest("x"))


def test_one_device_is_signed_out_and_the_others_stay(
    signed_in: SignedIn, session: Session
) -> None:
    here, elsewhere = signed_in("member"), signed_in("member")
    _, other = rows(session)
    form = next_form(here, f"/mine/sessions/{other.id}/end")
    here.post(f"/mine/sessions/{other.id}/end", data=form)
    assert elsewhere.get("/mine").status_code == 302
    assert here.get("/mine").status_code == 200


def test_signing_out_everywhere_leaves_no_session(signed_in: SignedIn, session: Session) -> None:
    here, elsewhere, somebody = signed_in("member"), signed_in("member"), signed_in("partner")
    here.post("/mine/sessions/end", data=next_form(here, "/mine/sessions/end"))
    assert [browser.get("/mine").status_code for browser in (here, elsewhere)] == [302, 302]
    assert somebody.get("/mine").status_code == 200
    assert len(rows(session)) == 1


def next_form(browser: Client, action: str) -> dict[str, list[str]]:
    """The fields of the button on "Mijn account" that posts to `action`."""
    page = browser.page("/mine/account")
    assert action in page.html
    return {"csrf_token": page.form("csrf_token").fields["csrf_token"]}


@on_sqlite
def test_nobody_ends_the_session_of_somebody_else(signed_in: SignedIn, session: Session) -> None:
    member, partner = signed_in("member"), signed_in("partner")
    theirs = rows(session)[1]
    form = next_form(member, "/mine/sessions/end")
    assert member.post(f"/mine/sessions/{theirs.id}/end", data=form).status_code == 404
    assert partner.get("/mine").status_code == 200


@on_sqlite
def test_a_session_ends_by_itself(client: Client) -> None:
    client.sign_in(people.email("member"), people.PASSWORD)
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert client.get("/mine").status_code == 302


@on_sqlite
def test_a_session_that_was_signed_out_is_worth_nothing(app: Flask, signed_in: SignedIn) -> None:
    browser = signed_in("member")
    kept = browser.get_cookie("session")
    assert kept is not None
    token = browser.page("/mine").form("csrf_token").fields["csrf_token"]
    browser.post("/afmelden", data={"csrf_token": token})
    thief = app.test_client()
    thief.set_cookie("session", kept.value)
    assert thief.get("/mine").status_code == 302


def test_closing_an_account_ends_its_sessions_for_good(
    signed_in: SignedIn, session: Session
) -> None:
    browser = signed_in("member")
    account = people.account("member")
    for active in (False, True):
        commands.change(people.REGISTRY, account, name=account.name, active=active, grants=[])
    assert browser.get("/mine").status_code == 302
    told = [event.what for event in events_of(account.id)]
    assert set(told[:4]) >= {"reactivated", "deactivated", "sessions_ended", "grants_changed"}


@pytest.mark.parametrize("path", ["/mine/password", "/mine/second-step", "/admin/people/1"])
@on_sqlite
def test_what_is_sensitive_asks_for_the_password_again(path: str, signed_in: SignedIn) -> None:
    browser = signed_in("administrator")
    assert browser.get(path).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        asked = browser.page(path)
        assert asked.url.startswith("/aanmelden/bevestigen?next=")
        wrong = browser.submit(asked.form("current").fill(current="x"), status=400)
        assert wrong.all(".//*[@id='current-fout']")
        assert browser.submit(asked.form("current").fill(current=people.PASSWORD)).url == path
        assert browser.get("/mine").status_code == 200


@on_sqlite
def test_what_was_typed_is_not_lost_when_proof_is_asked(signed_in: SignedIn) -> None:
    browser = signed_in("administrator")
    form = browser.page("/admin/people/new").form("email").fill(name="Getypt", email="x@y.example")
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert "verstuur het opnieuw" in browser.submit(form, status=403).text


@on_sqlite
def test_a_button_leads_to_the_proof_and_back(signed_in: SignedIn) -> None:
    browser = signed_in("member")
    fields = next_form(browser, "/mine/sessions/end")
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        sent = browser.post(
            "/mine/sessions/end", data=fields, headers={"Referer": "http://localhost/mine/account"}
        )
        assert sent.location == "/aanmelden/bevestigen?next=/mine/account"


@on_sqlite
def test_when_it_was_last_seen_is_written_once_a_minute(
    signed_in: SignedIn,
    session: Session,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    browser = signed_in("member")

    def writes() -> int:
        with count_queries() as asked:
            browser.get("/mine")
        return sum(query.startswith("UPDATE account_session") for query in asked)

    assert writes() == 0
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert [writes(), writes()] == [1, 0]


@on_sqlite
def test_a_session_costs_one_question(
    signed_in: SignedIn, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    browser = signed_in("member")
    with count_queries() as asked:
        browser.get("/mine")
    assert sum("account_session" in query for query in asked) == 1


@on_sqlite
def test_a_grant_is_logged_with_the_old_and_the_new(session: Session) -> None:
    account = people.account("partner")
    grants = [(str(Role.SECRETARIAT), None, None, None)]
    commands.change(people.REGISTRY, account, name=account.name, active=True, grants=grants)
    event = events_of(account.id, "grants_changed")[0]
    assert event.detail["new"] == ["secretariat"]
    assert event.detail["old"][0].startswith("partner ORG-")


@pytest.mark.parametrize("verb", ["update account_event set what='x'", "delete from account_event"])
def test_the_database_itself_keeps_the_log(session: Session, verb: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(verb))
