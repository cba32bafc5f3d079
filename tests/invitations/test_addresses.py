"""Another e-mail address: asked by its person, confirmed by a link, told to the one before."""

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.accounts.events import events_of
from registry.accounts.queries import by_email
from registry.ledger import Outbox
from registry.notifications.delivery import deliver_due
from tests import people
from tests.browsing import Client, Page, SignedIn
from tests.databases import on_sqlite

pytestmark = on_sqlite
OLD, NEW = people.email("member"), "nieuw@registry.example"


def asked(member: Client, address: str, status: int = 200) -> Page:
    form = member.page("/mine/email").form("email")
    return member.submit(form.fill(email=address), status=status)


def delivered(app: Flask) -> dict[str, EmailMessage]:
    """What is sent, by its receiver."""
    post: list[EmailMessage] = []
    with app.app_context():
        deliver_due(post.append)
    return {letter["To"].addresses[0].addr_spec: letter for letter in post}


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"https://registry\.example(/e-mailadres/\S+)", letter.get_content())
    assert found
    return found[1]


def test_an_address_counts_once_its_link_is_followed_and_the_one_before_is_told(
    app: Flask, session: Session, signed_in: SignedIn, client: Client
) -> None:
    assert "als het nog vrij is" in asked(signed_in("member"), NEW.upper()).text
    letters = delivered(app)
    assert set(letters) == {OLD, NEW}
    assert NEW not in letters[OLD].get_content()
    link = link_in(letters[NEW])
    page = client.page(link)
    assert people.account("member").email == OLD
    client.submit(page.form())
    session.expire_all()
    moved = by_email(NEW)
    assert moved is not None
    assert (moved.name, by_email(OLD)) == ("Member", None)
    client.page(link, status=410)
    assert set(delivered(app)) == {OLD}
    assert all("address" not in row.payload for row in session.scalars(select(Outbox)))
    assert client.sign_in(NEW, people.PASSWORD).url == "/mine"


def test_the_answer_is_the_same_for_an_address_that_somebody_has(
    app: Flask, session: Session, signed_in: SignedIn
) -> None:
    free, taken = (asked(signed_in("member"), a).text for a in (NEW, people.email("partner")))
    assert free.count("als het nog vrij is") == taken.count("als het nog vrij is")
    assert set(delivered(app)) == {OLD}


@pytest.mark.parametrize("address", ["", "geen adres", OLD, "a\u202e@registry.example"])
def test_a_wrong_address_is_refused_at_its_field(signed_in: SignedIn, address: str) -> None:
    refused = asked(signed_in("member"), address, status=400)
    assert refused.all(".//*[@id='email-fout']")


def test_who_gave_their_password_long_ago_gives_it_again(signed_in: SignedIn) -> None:
    member = signed_in("member")
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        assert member.page("/mine/email").url.startswith("/aanmelden/bevestigen")


def test_a_link_for_an_address_sets_no_password_and_expires(
    app: Flask, session: Session, signed_in: SignedIn, client: Client
) -> None:
    asked(signed_in("member"), NEW)
    link = link_in(delivered(app)[NEW])
    client.page(link.replace("/e-mailadres/", "/wachtwoord/"), status=410)
    with time_machine.travel(clock.now() + timedelta(days=1, seconds=1)):
        client.page(link, status=410)
    assert events_of(people.account("member").id)[0].what == "email_asked"
