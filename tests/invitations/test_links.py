"""Links in mail: good once, for a time, and telling nobody who has an account."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.accounts.events import events_of
from registry.invitations import commands
from registry.invitations.commands import Gone
from registry.ledger import Outbox
from registry.notifications.delivery import deliver_due
from tests import people
from tests.browsing import Client, SignedIn
from tests.databases import on_sqlite

EMAIL = people.email("member")
NEW = "vier wilde zwanen vliegen"


@pytest.fixture
def post(app: Flask) -> list[EmailMessage]:
    return []


def delivered(app: Flask, post: list[EmailMessage]) -> str:
    """Send what waits; the path of the link in the last letter."""
    with app.app_context():
        deliver_due(post.append)
    found = re.search(r"https://registry\.example(/wachtwoord/\S+)", post[-1].get_content())
    assert found
    return found[1]


def forgot(client: Client, email: str) -> str:
    page = client.page("/wachtwoord-vergeten")
    return client.submit(page.form("email").fill(email=email)).text


def test_who_forgot_their_password_gets_a_link_that_sets_one(
    app: Flask, client: Client, signed_in: SignedIn, post: list[EmailMessage]
) -> None:
    elsewhere = signed_in("member")
    forgot(client, EMAIL.upper())
    link = delivered(app, post)
    assert post[-1]["Subject"] == "Nieuw wachtwoord voor het samenwerkingsregister"
    form = client.page(link).form("password")
    assert client.submit(form.fill(password=NEW)).url == "/aanmelden"
    assert elsewhere.get("/mine").status_code == 302
    assert client.sign_in(EMAIL, NEW).url == "/mine"


def test_the_answer_is_the_same_for_an_address_that_nobody_has(
    client: Client, session: Session
) -> None:
    known, unknown = forgot(client, EMAIL), forgot(client, "niemand@registry.example")
    assert known == unknown
    asked = session.scalars(select(Outbox).order_by(Outbox.id)).all()
    assert [row.payload["account"] for row in asked] == [people.account("member").id, None]
    sent: list[EmailMessage] = []
    deliver_due(sent.append)
    assert [letter["To"] for letter in sent] == ["Member <member@registry.example>"]


def test_no_secret_lies_in_the_outbox(
    app: Flask, client: Client, session: Session, post: list[EmailMessage]
) -> None:
    forgot(client, EMAIL)
    secret = delivered(app, post).rpartition("/")[2]
    row = session.scalars(select(Outbox)).one()
    assert row.payload == {"account": people.account("member").id}
    assert secret not in str(row.payload)


def invited(administrator: Client, name: str = "Nieuw Gezicht") -> str:
    form = administrator.page("/admin/people/new").form("email")
    page = administrator.submit(form.fill(name=name, email="nieuw@registry.example"))
    number = page.url.split("/")[-2]
    administrator.submit(page.form_to(f"/admin/people/{number}/invite"))
    return number


def test_somebody_is_invited_by_mail_chooses_a_password_and_signs_in(
    app: Flask, signed_in: SignedIn, client: Client, post: list[EmailMessage]
) -> None:
    administrator = signed_in("administrator")
    number = invited(administrator)
    link = delivered(app, post)
    assert post[-1]["To"] == "Nieuw Gezicht <nieuw@registry.example>"
    page = client.page(link)
    assert "Welkom, Nieuw Gezicht." in page.text
    client.submit(page.form("password").fill(password=NEW))
    assert client.sign_in("nieuw@registry.example", NEW).url == "/mine"
    told = administrator.page(f"/admin/people/{number}/access").text
    for what in ("uitgenodigd", "wachtwoord ingesteld", "aangemeld", "account gemaakt"):
        assert what in told


def test_an_invitation_that_is_sent_again_ends_the_first(
    app: Flask, signed_in: SignedIn, client: Client, post: list[EmailMessage]
) -> None:
    administrator = signed_in("administrator")
    number = invited(administrator)
    first = delivered(app, post)
    page = administrator.page(f"/admin/people/{number}/access")
    administrator.submit(page.form_to(f"/admin/people/{number}/invite"))
    second = delivered(app, post)
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


@pytest.mark.parametrize("days", [6, 8])
def test_an_invitation_holds_for_a_week(
    app: Flask, signed_in: SignedIn, client: Client, post: list[EmailMessage], days: int
) -> None:
    invited(signed_in("administrator"))
    link = delivered(app, post)
    with time_machine.travel(clock.now() + timedelta(days=days)):
        assert client.get(link).status_code == (200 if days < 7 else 410)


@pytest.mark.parametrize("minutes", [119, 121])
def test_a_link_for_a_new_password_holds_for_two_hours(
    app: Flask, client: Client, post: list[EmailMessage], minutes: int
) -> None:
    forgot(client, EMAIL)
    link = delivered(app, post)
    with time_machine.travel(clock.now() + timedelta(minutes=minutes)):
        assert client.get(link).status_code == (200 if minutes < 120 else 410)


def test_a_used_a_tampered_and_an_invented_link_change_nothing(
    app: Flask, client: Client, post: list[EmailMessage]
) -> None:
    forgot(client, EMAIL)
    link = delivered(app, post)
    form = client.page(link).form("password").fill(password=NEW)
    client.submit(form)
    for address in (link, link[:-1] + "~", "/wachtwoord/x", "/wachtwoord/" + "%00" * 9):
        gone = client.page(address, status=410)
        assert "Er is niets gewijzigd" in gone.text
        assert gone.links()["Nieuwe link vragen"] == "/wachtwoord-vergeten"
    form.fill(password="een ander lang geheim")
    client.submit(form, status=410)
    assert client.sign_in(EMAIL, NEW).url == "/mine"


@on_sqlite
def test_looking_at_a_link_and_a_refused_password_use_nothing_up(
    app: Flask, client: Client, post: list[EmailMessage]
) -> None:
    forgot(client, EMAIL)
    link = delivered(app, post)
    for bad, why in (("kort", "12 tekens"), ("password1234", "makkelijk te raden"),
                     ("mijn naam is member", "eigen naam")):  # fmt: skip
        refused = client.submit(client.page(link).form("password").fill(password=bad), status=400)
        assert why in refused.text
    assert client.submit(client.page(link).form("password").fill(password=NEW)).url == "/aanmelden"


def test_of_two_who_use_a_link_at_once_one_does(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        secret = commands.make(people.REGISTRY, people.account("member"), commands.RESET)
        member = people.actors()["member"]

    def use(number: int) -> bool:
        with fresh_app.app_context():
            try:
                commands.use(member, commands.of(secret), secret, f"{NEW} {number}")
            except Gone:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(use, range(4))) == 1
    with fresh_app.app_context():
        told = [event.what for event in events_of(people.account("member").id)]
        assert told.count("password_set") == 1


@on_sqlite
def test_asking_again_and_again_is_limited(client: Client) -> None:
    form = client.page("/wachtwoord-vergeten").form("email").fill(email=EMAIL)
    found = [client.post(form.action, data=form.fields).status_code for _ in range(5)]
    assert found == [302, 302, 302, 429, 429]


@on_sqlite
def test_a_closed_account_gets_no_link(client: Client, session: Session) -> None:
    people.account("member").active = False
    session.commit()
    forgot(client, EMAIL)
    assert [row.payload for row in session.scalars(select(Outbox))] == [{"account": None}]


@on_sqlite
def test_letters_are_in_the_language_of_who_gets_them(
    app: Flask, client: Client, signed_in: SignedIn, post: list[EmailMessage]
) -> None:
    member = signed_in("member")
    member.submit(member.page("/mine/account").form("language").fill(language="en"))
    forgot(client, EMAIL)
    delivered(app, post)
    assert post[-1]["Subject"] == "New password for the registry"
    assert "Choose it within two hours" in post[-1].get_content()
