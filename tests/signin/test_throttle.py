"""Attempts are limited, per account and per address, however many come at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from registry import clock, create_app
from registry.access import Actor
from registry.accounts import passwords
from registry.accounts.events import events_of
from registry.errors import TooMany
from registry.signin.models import Attempt
from registry.signin.throttle import RESET, SIGN_IN, forget, network, take
from tests import people
from tests.browsing import Client
from tests.databases import on_sqlite

EMAIL = people.email("member")
HERE = Actor(address="192.0.2.1")


def tries(number: int, *, email: str = EMAIL, who: Actor = HERE) -> int:
    """How many of so many attempts got through."""
    through = 0
    for _ in range(number):
        try:
            take(who, SIGN_IN, email, None)
        except TooMany:
            continue
        through += 1
    return through


def test_an_account_has_a_limit_wherever_the_attempts_come_from(session: Session) -> None:
    through = [tries(1, who=Actor(address=f"192.0.2.{n}")) for n in range(30)]
    assert sum(through) == SIGN_IN.of_account


def test_an_address_has_a_limit_whomever_it_tries(session: Session) -> None:
    through = [tries(1, email=f"{n}@registry.example") for n in range(SIGN_IN.of_address + 9)]
    assert sum(through) == SIGN_IN.of_address


def test_after_the_window_one_may_try_again(session: Session) -> None:
    with time_machine.travel(clock.now(), tick=False) as time:
        tries(SIGN_IN.of_account)
        with pytest.raises(TooMany) as refused:
            take(HERE, SIGN_IN, EMAIL, None)
        assert refused.value.seconds == SIGN_IN.window.total_seconds() + 1
        time.shift(SIGN_IN.window - timedelta(seconds=1))
        assert tries(1) == 0
        time.shift(timedelta(seconds=1))
        assert tries(99) == SIGN_IN.of_account


def test_what_was_right_gives_the_account_its_attempts_back(session: Session) -> None:
    tries(SIGN_IN.of_account)
    forget(HERE, SIGN_IN, EMAIL)
    session.commit()
    assert tries(1) == 1


def test_no_more_get_through_when_all_come_at_once(fresh_app: Flask) -> None:
    start = threading.Barrier(4)

    def work(_number: int) -> int:
        start.wait(10)
        with fresh_app.app_context():
            return tries(8)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == SIGN_IN.of_account


def test_what_was_typed_as_an_address_is_not_kept(session: Session) -> None:
    tries(1, email="per ongeluk mijn wachtwoord")
    keys = session.scalars(select(Attempt.key)).all()
    assert all(len(key) == 64 and "wachtwoord" not in key for key in keys)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("", "", True),
        ("geen adres", "geen adres", True),
    ],
)
def test_a_household_of_ipv6_is_one_address(one: str, other: str, *, same: bool) -> None:
    assert (network(one) == network(other)) == same


def refused(client: Client, times: int) -> list[int]:
    form = client.page("/aanmelden").form("password").fill(email=EMAIL, password="x")
    return [client.post("/aanmelden", data=form.fields).status_code for _ in range(times)]


@on_sqlite
def test_a_page_says_when_to_try_again_and_the_log_says_it_once(
    client: Client, session: Session
) -> None:
    assert refused(client, 10) == [401] * 10
    form = client.page("/aanmelden").form("password")
    page = client.submit(form.fill(email=EMAIL, password=people.PASSWORD), status=429)
    assert 0 < int(page.response.headers["Retry-After"]) <= 901
    assert "Probeer het over 15 minuten opnieuw." in page.text
    assert refused(client, 3) == [429] * 3
    kinds = [event.what for event in events_of(people.account("member").id)]
    assert (kinds.count("failed"), kinds.count("blocked")) == (10, 1)


@on_sqlite
def test_a_password_is_compared_without_holding_up_who_writes(
    fresh_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    free: list[bool] = []

    def compare(*_: object) -> bool:
        with fresh_app.extensions["engine"].execution_options(write=True).connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout=0")
            other.execute(text("UPDATE ledger_head SET seq = seq"))
            other.rollback()
            free.append(True)
        return False

    monkeypatch.setattr(passwords, "verify", compare)
    monkeypatch.setitem(fresh_app.config, "WTF_CSRF_ENABLED", False)
    client = fresh_app.test_client()
    answer = client.post("/aanmelden", data={"email": EMAIL, "password": "x"})
    assert (answer.status_code, free) == (401, [True])


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.9")])
@on_sqlite
def test_only_a_trusted_proxy_says_where_a_request_comes_from(
    app: Flask, proxies: int, seen: str
) -> None:
    made = create_app({**app.config, "TRUSTED_PROXIES": proxies, "WTF_CSRF_ENABLED": False})
    made.extensions["connection"] = app.extensions["connection"]
    headers = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}
    client = made.test_client()
    client.post("/aanmelden", data={"email": EMAIL, "password": "x"}, headers=headers)
    with made.app_context():
        assert events_of(people.account("member").id)[0].address == seen


def test_asking_for_a_new_password_is_limited_more_tightly() -> None:
    assert RESET.of_account < SIGN_IN.of_account
