"""Tokens on the screen: shown once, kept as a hash, with a scope, and taken back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.accounts import commands as accounts
from registry.accounts.events import events_of
from registry.tokens.models import Token
from tests import people
from tests.browsing import Client, SignedIn
from tests.databases import on_sqlite

INITIATIVES = "/api/v1/initiatives"


def made(browser: Client, scope: str = "write") -> str:
    """A new token of who is signed in, made through the page."""
    form = browser.page("/mine/tokens").form("scope").fill(name="Export", scope=scope)
    page = browser.submit(form)
    return page.all(".//code")[0].text or ""


def with_token(app: Flask, secret: str) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    client.token = secret
    return client


def test_a_token_is_shown_once_and_kept_as_a_hash(
    app: Flask, signed_in: SignedIn, session: Session
) -> None:
    member = signed_in("member")
    secret = made(member)
    assert secret.startswith("sr_")
    assert secret not in member.page("/mine/tokens").html
    assert secret not in session.scalars(select(Token.digest)).one()
    assert with_token(app, secret).post(INITIATIVES, json={"title": "x"}).status_code == 201


def test_a_token_that_reads_does_not_write(app: Flask, signed_in: SignedIn) -> None:
    client = with_token(app, made(signed_in("member"), "read"))
    assert client.get(INITIATIVES).status_code == 200
    for method in ("POST", "PATCH", "DELETE"):
        path = INITIATIVES if method == "POST" else f"{INITIATIVES}/INI-0001"
        refused = client.open(path, method=method, json={"title": "x"})
        assert refused.status_code == 403
        assert refused.mimetype == "application/problem+json"
        assert refused.get_json()["title"] == "This token may only read"


def test_a_token_that_is_taken_back_is_worth_nothing(app: Flask, signed_in: SignedIn) -> None:
    member = signed_in("member")
    client = with_token(app, made(member))
    page = member.page("/mine/tokens")
    member.submit(page.form_to(revoke_path(page.html)))
    assert client.get(INITIATIVES).status_code == 401
    assert "ingetrokken" in member.page("/mine/tokens").text


def revoke_path(html: str) -> str:
    return next(part for part in html.split('"') if part.endswith("/revoke"))


@on_sqlite
def test_nobody_takes_back_the_token_of_somebody_else(signed_in: SignedIn) -> None:
    member, partner = signed_in("member"), signed_in("partner")
    made(member)
    form = member.page("/mine/tokens")
    path = revoke_path(form.html)
    token = partner.page("/mine/tokens").form("scope").fields["csrf_token"]
    assert partner.post(path, data={"csrf_token": token}).status_code == 404


@on_sqlite
def test_an_administrator_sees_and_takes_back_anybodys(app: Flask, signed_in: SignedIn) -> None:
    client = with_token(app, made(signed_in("member")))
    administrator = signed_in("administrator")
    number = administrator.page("/admin/people").links()["Member"].split("/")[-1]
    page = administrator.page(f"/admin/people/{number}/access")
    assert "Export" in page.text
    administrator.submit(page.form_to(revoke_path(page.html)))
    assert client.get(INITIATIVES).status_code == 401


@on_sqlite
def test_last_used_is_written_once_a_minute(
    app: Flask,
    signed_in: SignedIn,
    session: Session,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    client = with_token(app, made(signed_in("member")))

    def writes() -> int:
        with count_queries() as asked:
            client.get(INITIATIVES)
        return sum(query.startswith("UPDATE token") for query in asked)

    assert [writes(), writes()] == [1, 0]
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert [writes(), writes()] == [1, 0]


@on_sqlite
def test_a_token_expires(app: Flask, signed_in: SignedIn) -> None:
    client = with_token(app, made(signed_in("member")))
    with time_machine.travel(clock.now() + timedelta(days=91)):
        assert client.get(INITIATIVES).status_code == 401


def test_closing_an_account_takes_its_tokens_back_for_good(
    app: Flask, signed_in: SignedIn, session: Session
) -> None:
    client = with_token(app, made(signed_in("member")))
    account = people.account("member")
    for active in (False, True):
        accounts.change(people.REGISTRY, account, name=account.name, active=active, grants=[])
    assert client.get(INITIATIVES).status_code == 401
    assert "token_revoked" in [event.what for event in events_of(account.id)]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("scope", "all"), ("days", "0"), ("days", "²"), ("name", "\0")],
)
@on_sqlite
def test_what_is_wrong_is_told_at_its_field(
    signed_in: SignedIn, session: Session, field: str, value: str
) -> None:
    member = signed_in("member")
    form = member.page("/mine/tokens").form("scope").fill(name="x").put({field: value})
    assert member.submit(form, status=400).all(f".//*[@id='{field}-fout']")
    assert session.scalars(select(Token)).all() == []


@on_sqlite
def test_tokens_are_listed_and_taken_back_at_the_terminal(app: Flask, signed_in: SignedIn) -> None:
    client = with_token(app, made(signed_in("member"), "read"))
    run = app.test_cli_runner().invoke
    listed = run(args=["tokens", people.email("member")]).output
    number = listed.split("\t")[0]
    assert listed.split("\t")[1] == "read"
    assert "revoked" in run(args=["token-revoke", number]).output
    assert client.get(INITIATIVES).status_code == 401
    assert run(args=["token-revoke", "999"]).exit_code == 1
