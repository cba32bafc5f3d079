"""Signing in and out, and what a session is worth."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from registry.accounts import commands
from registry.accounts.queries import by_email
from registry.db import session as db_session
from registry.signin.session import local
from tests import people
from tests.browsing import Client, SignedIn
from tests.databases import on_sqlite

EMAIL = people.email("member")


def test_somebody_signs_in_and_out(client: Client) -> None:
    page = client.sign_in(EMAIL, people.PASSWORD)
    assert page.url == "/mine"
    assert "Welkom, Member." in page.text
    token = page.form("csrf_token").fields["csrf_token"]
    out = client.post("/afmelden", data={"csrf_token": token}, follow_redirects=True)
    assert "U bent afgemeld." in out.text
    assert client.get("/mine").status_code == 302


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "verkeerd"),
        ("niemand@registry.example", people.PASSWORD),
        ("", ""),
        ("\0", "\0"),
        ("x" * 5000, "x" * 5000),
        (f"{EMAIL}\0", people.PASSWORD),
    ],
)
def test_a_refusal_helps_and_does_not_say_which_of_the_two_is_wrong(
    email: str, password: str, client: Client
) -> None:
    form = client.page("/aanmelden").form("password")
    refused = client.submit(form.fill(email=email, password=password), status=401)
    assert "horen niet bij elkaar" in refused.text
    assert refused.all(".//input[@name='email']")[0].get("value") == email.replace("\0", "\ufffd")
    assert not refused.all(".//input[@name='password']")[0].get("value")


@on_sqlite
def test_the_address_may_be_in_capitals(client: Client) -> None:
    assert client.sign_in(EMAIL.upper(), people.PASSWORD).url == "/mine"


@on_sqlite
def test_after_signing_in_one_goes_on_where_one_was(client: Client) -> None:
    page = client.page("/initiatives/new")
    form = page.form("password").fill(email=EMAIL, password=people.PASSWORD)
    assert client.submit(form).url == "/initiatives/new"


@pytest.mark.parametrize(
    "address",
    [
        "https://elders.example/",
        "//elders.example",
        "/\\elders.example",
        "\\\\elders.example",
        "javascript:alert(1)",
        "/\t/elders.example",
        "/a\r\nSet-Cookie: x=y",
        "http:elders.example",
        "//[",
        " /mine",
        "",
        None,
    ],
)
def test_one_never_goes_on_to_another_site(address: str | None) -> None:
    assert local(address) == "/"


@pytest.mark.parametrize("address", ["/mine", "/initiatives?q=a%20b&page=2", "/partners/ORG-0001"])
def test_one_goes_on_to_a_page_of_the_register(address: str) -> None:
    assert local(address) == address


@on_sqlite
def test_a_new_password_signs_out_everywhere_else(app: Flask, signed_in: SignedIn) -> None:
    here, elsewhere = signed_in("member"), signed_in("member")
    form = here.page("/mine/password").form("current")
    form.fill(current=people.PASSWORD, password="een heel ander wachtwoord")
    assert "Uw wachtwoord is gewijzigd." in here.submit(form).text
    assert elsewhere.get("/mine").status_code == 302
    assert here.get("/mine").status_code == 200
    client = app.test_client()
    assert isinstance(client, Client)
    assert client.sign_in(EMAIL, "een heel ander wachtwoord").url == "/mine"


@on_sqlite
def test_a_wrong_present_or_a_short_new_password_is_refused_at_the_field(
    signed_in: SignedIn,
) -> None:
    member = signed_in("member")
    form = member.page("/mine/password").form("current")
    wrong = member.submit(form.fill(current="x", password="lang genoeg hoor"), status=400)
    assert wrong.all(".//*[@id='current-fout']")
    form.fill(current=people.PASSWORD, password="kort")
    short = member.submit(form, status=400)
    assert short.all(".//*[@id='password-fout']")


@on_sqlite
def test_a_closed_account_is_out_at_once(signed_in: SignedIn, session: Session) -> None:
    member = signed_in("member")
    account = by_email(EMAIL)
    assert account is not None
    commands.change(people.REGISTRY, account, name=account.name, active=False, grants=[])
    assert member.get("/mine").status_code == 302
    assert session is db_session()


@on_sqlite
def test_remember_me_outlives_the_session(client: Client) -> None:
    form = client.page("/aanmelden").form("password")
    client.submit(form.fill(email=EMAIL, password=people.PASSWORD, remember="y"))
    client.delete_cookie("session")
    assert client.get("/mine").status_code == 200


@on_sqlite
def test_what_is_sent_without_being_signed_in_is_explained(client: Client) -> None:
    token = client.page("/aanmelden").form("csrf_token").fields["csrf_token"]
    answer = client.post("/initiatives/new", data={"csrf_token": token, "title": "Iets"})
    assert answer.status_code == 401
    assert "wat u typte staat er nog" in answer.text
