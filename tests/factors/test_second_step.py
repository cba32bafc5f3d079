"""The second step: set up, asked for, required, lost and found."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.accounts.events import events_of
from registry.factors import commands, sealing
from registry.factors.models import RecoveryCode, SecondFactor
from registry.factors.queries import confirmed, required_of
from tests import people
from tests.browsing import Client, Page, SignedIn
from tests.databases import on_sqlite

EMAIL = people.email("member")


def key_of(page: Page) -> str:
    return "".join((page.all(".//code")[0].text or "").split())


def now(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30 * steps))


def set_up(browser: Client) -> tuple[str, list[str]]:
    """Set a second step up through the pages: its key and the recovery codes."""
    begun = browser.submit(browser.page("/mine/second-step").form_to("/mine/second-step/begin"))
    secret = key_of(begun)
    done = browser.submit(begun.form("code").fill(code=now(secret)))
    return secret, [code.text or "" for code in done.all(".//code")]


@pytest.fixture
def with_step(signed_in: SignedIn) -> tuple[str, list[str]]:
    return set_up(signed_in("member"))


def step_two(client: Client) -> Page:
    page = client.sign_in(EMAIL, people.PASSWORD)
    assert page.url.startswith("/aanmelden/code")
    return page


def test_it_counts_only_once_a_code_confirmed_it(signed_in: SignedIn, client: Client) -> None:
    member = signed_in("member")
    begun = member.submit(member.page("/mine/second-step").form_to("/mine/second-step/begin"))
    wrong = member.submit(begun.form("code").fill(code="000000x"), status=400)
    assert wrong.all(".//*[@id='code-fout']")
    assert client.sign_in(EMAIL, people.PASSWORD).url == "/mine"


def test_the_key_is_a_picture_and_a_text(signed_in: SignedIn) -> None:
    member = signed_in("member")
    begun = member.submit(member.page("/mine/second-step").form_to("/mine/second-step/begin"))
    (picture,) = begun.all(".//main//img")
    assert (picture.get("src") or "").startswith("data:image/svg+xml")
    assert picture.get("alt")
    assert len(key_of(begun)) == 32
    assert begun.response.headers["Cache-Control"] == "no-store"


def test_after_the_password_a_code_is_asked(
    with_step: tuple[str, list[str]], client: Client
) -> None:
    asked = step_two(client)
    assert client.get("/mine").status_code == 302
    wrong = client.submit(asked.form("code").fill(code="123"), status=400)
    assert "klopt niet" in wrong.text
    assert client.submit(asked.form("code").fill(code=now(with_step[0], 1))).url == "/mine"


@on_sqlite
def test_half_a_sign_in_is_nobody(with_step: tuple[str, list[str]], client: Client) -> None:
    step_two(client)
    for path in ("/mine", "/mine/account", "/mine/password", "/mine/second-step", "/mine/tokens"):
        assert client.get(path).status_code == 302, path
    assert client.page("/aanmelden").url.startswith("/aanmelden/code")


def test_the_same_code_is_not_good_twice(
    with_step: tuple[str, list[str]], signed_in: SignedIn, client: Client
) -> None:
    code = now(with_step[0], 1)
    client.submit(step_two(client).form("code").fill(code=code))
    other = signed_in("public")
    refused = other.submit(step_two(other).form("code").fill(code=code), status=400)
    assert refused.all(".//*[@id='code-fout']")


def test_a_recovery_code_is_good_once(
    with_step: tuple[str, list[str]], signed_in: SignedIn, client: Client, session: Session
) -> None:
    code = with_step[1][0].upper().replace("-", " ")
    assert client.submit(step_two(client).form("code").fill(code=code)).url == "/mine"
    other = signed_in("public")
    other.submit(step_two(other).form("code").fill(code=code), status=400)
    assert "code_used" in [event.what for event in events_of(people.account("member").id)]
    assert "nog 9 herstelcodes" in client.page("/mine/account").text


@on_sqlite
def test_recovery_codes_are_kept_as_hashes_only(
    with_step: tuple[str, list[str]], session: Session
) -> None:
    kept = session.scalars(select(RecoveryCode.digest)).all()
    assert len(kept) == len(set(with_step[1])) == 10
    assert not set(kept) & set(with_step[1])


@on_sqlite
def test_new_recovery_codes_end_the_old(signed_in: SignedIn, client: Client) -> None:
    member = signed_in("member")
    _, old = set_up(member)
    page = member.submit(member.page("/mine/account").form_to("/mine/second-step/codes"))
    new = [code.text or "" for code in page.all(".//code")]
    assert not set(old) & set(new)
    asked = step_two(client)
    client.submit(asked.form("code").fill(code=old[0]), status=400)
    assert client.submit(asked.form("code").fill(code=new[0])).url == "/mine"


@on_sqlite
def test_guessing_codes_is_limited(with_step: tuple[str, list[str]], client: Client) -> None:
    form = step_two(client).form("code").fill(code="000")
    found = [client.post(form.action, data=form.fields).status_code for _ in range(8)]
    assert found == [400] * 6 + [429] * 2


@on_sqlite
def test_proof_asks_for_a_code_too(with_step: tuple[str, list[str]], client: Client) -> None:
    client.submit(step_two(client).form("code").fill(code=now(with_step[0], 1)))
    with time_machine.travel(clock.now() + timedelta(minutes=20)):
        form = client.page("/mine/password").form("code").fill(current=people.PASSWORD)
        client.submit(form.fill(code=""), status=400)
        assert client.submit(form.fill(code=now(with_step[0]))).url == "/mine/password"


def test_a_code_off_by_more_than_a_step_is_refused(session: Session) -> None:
    account, who = people.account("member"), people.actors()["member"]
    secret = commands.prepare(who, account)
    commands.confirm(who, account, now(secret, -1))
    assert not commands.check(who, account, now(secret, 3))
    assert not commands.check(who, account, now(secret, -1))
    assert commands.check(who, account, now(secret, 1))
    assert not commands.check(who, account, now(secret))
    for odd in ("", "١٢٣٤٥٦", "0" * 2000, "\0"):
        assert not commands.check(who, account, odd)


def test_it_is_switched_off_and_the_log_tells(signed_in: SignedIn, session: Session) -> None:
    member = signed_in("member")
    set_up(member)
    member.submit(member.page("/mine/account").form_to("/mine/second-step/off"))
    assert session.scalars(select(SecondFactor)).all() == []
    told = [event.what for event in events_of(people.account("member").id)]
    assert told[:2] == ["factor_off", "factor_on"]


def require(administrator: Client, *roles: str) -> None:
    page = administrator.page("/admin/people/second-step")
    assert len(page.all(".//input[@type='checkbox'][@name='roles']")) == 4
    form = page.form("roles")
    administrator.submit(form.fill(roles=list(roles)))


def test_a_required_step_is_set_up_before_going_on(signed_in: SignedIn, client: Client) -> None:
    require(signed_in("administrator"), "member", "partner")
    page = client.sign_in(EMAIL, people.PASSWORD)
    assert page.url.startswith("/mine/second-step")
    assert client.get("/mine").status_code == 302
    set_up(client)
    assert client.get("/mine").status_code == 200
    assert "uitzetten" not in client.page("/mine/account").text


@on_sqlite
def test_who_is_signed_in_when_it_becomes_required_is_held_up(signed_in: SignedIn) -> None:
    member, secretariat = signed_in("member"), signed_in("secretariat")
    require(signed_in("administrator"), "member")
    assert member.page("/mine").url.startswith("/mine/second-step")
    assert secretariat.get("/mine").status_code == 200


@on_sqlite
def test_an_administrator_clears_a_lost_second_step(signed_in: SignedIn, client: Client) -> None:
    set_up(signed_in("member"))
    administrator = signed_in("administrator")
    address = administrator.page("/admin/people").links()
    number = next(url for name, url in address.items() if name == "Member").split("/")[-1]
    access = administrator.page(f"/admin/people/{number}/access")
    administrator.submit(access.form_to(f"/admin/people/{number}/second-step/clear"))
    assert client.sign_in(EMAIL, people.PASSWORD).url == "/mine"


@on_sqlite
def test_a_required_step_cannot_be_switched_off(signed_in: SignedIn, session: Session) -> None:
    member = signed_in("member")
    set_up(member)
    form = member.page("/mine/account").form_to("/mine/second-step/off")
    require(signed_in("administrator"), "member")
    member.submit(form, status=409)
    assert confirmed(people.account("member").id)


@on_sqlite
def test_the_code_must_follow_the_password_soon(
    with_step: tuple[str, list[str]], client: Client
) -> None:
    step_two(client)
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert client.get("/aanmelden/code").location == "/aanmelden?next=/aanmelden/code"


@on_sqlite
def test_a_role_that_ended_requires_nothing(signed_in: SignedIn, session: Session) -> None:
    require(signed_in("administrator"), "member")
    account = people.account("member")
    assert required_of(account)
    account.grants[0].ends = clock.now().date()
    assert not required_of(account)
    told = events_of(people.account("administrator").id, "rules_changed")
    assert told[0].detail == {"old": [], "new": ["member"]}


@on_sqlite
def test_the_key_lies_encrypted_and_follows_a_new_secret_that_knows_the_old(
    app: Flask,
    session: Session,
    with_step: tuple[str, list[str]],
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key, _codes = with_step
    row = session.scalars(select(SecondFactor)).one()
    assert key not in (before := row.secret)
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "a new secret")
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        page = step_two(client)
        assert client.submit(page.form("code").fill(code=now(key))).url == "/mine"
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [])
    session.expire_all()
    assert sealing.opened(row.secret) == key
    assert sealing.opened(before) is None


@on_sqlite
def test_a_lost_secret_is_said_and_a_recovery_code_still_works(
    app: Flask,
    with_step: tuple[str, list[str]],
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key, codes = with_step
    monkeypatch.setitem(app.config, "SECRET_KEY", "a new secret")
    page = step_two(client)
    refused = client.submit(page.form("code").fill(code=now(key, 1)), status=409)
    assert "herstelcode" in refused.text
    page = client.page("/aanmelden/code")
    assert client.submit(page.form("code").fill(code=codes[0])).url == "/mine"
