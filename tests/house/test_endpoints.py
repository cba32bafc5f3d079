"""Every endpoint is called as everybody: who may is a table here, and what is not in it fails."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from flask import Flask

from registry.access import Actor
from registry.kind import Kind
from tests import databases, people
from tests.browsing import Client
from tests.factories import Make
from tests.house.calling import SITUATIONS, Caller, calls
from tests.house.rights import (
    EVERYBODY,
    EXPECTED,
    TABLE,
    TABLE_OF_KINDS,
    TABLE_OF_ONE_KIND,
    rows,
)
from tests.payloads import KINDS

ONE_OF_EACH = ("initiative", "partner")
"""Kinds share their verbs: of the others only a published record is called. Everybody calls the
published record of these; all else is called as those between whom a right begins or ends."""


def at_the_edges(letters: str) -> Sequence[str]:
    """Those between whom the letters change, and the last of all."""
    last = len(EVERYBODY) - 1
    edges = {n for n in range(last) if letters[n] != letters[n + 1]}
    return [EVERYBODY[n] for n in sorted({*edges, *(n + 1 for n in edges), last})]


def told(letters: str, who: Sequence[str]) -> str:
    """The letters of these people in a line of the table."""
    return "".join(letters[EVERYBODY.index(each)] for each in who)


@pytest.fixture
def caller(
    app: Flask,
    make: Make,
    api: Callable[[str], Client],
    actors: dict[str, Actor],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Caller:
    """Calls without a token against forged requests: that is another test's."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    return Caller(app, make, api, actors)


@databases.on_sqlite
def test_the_table_names_every_endpoint_and_nothing_else(app: Flask) -> None:
    assert {call.group for call in calls(app)} == set(EXPECTED)
    assert people.EVERYBODY == EVERYBODY


@databases.on_sqlite
def test_who_may_call_what_is_of_no_kind(app: Flask, caller: Caller) -> None:
    own = [call for call in calls(app) if call.kind is None]
    caller.alone()
    found = {call.group: [caller.outcome(call, "", EVERYBODY)] for call in own}
    assert found == rows(TABLE)


@databases.on_sqlite
@pytest.mark.parametrize("kind", KINDS)
def test_who_may_call_what_is_of_a_kind(app: Flask, caller: Caller, kind: Kind) -> None:
    situations = SITUATIONS if kind.name in ONE_OF_EACH else SITUATIONS[:1]
    references = [caller.record(kind, situation) for situation in situations]
    caller.sent(kind)
    own = [call for call in calls(app) if call.kind is kind]
    for call in own:
        expected = EXPECTED[call.group][: len(situations)]
        of = references if call.of_a_record else references[:1]
        for reference, letters in zip(of, expected, strict=True):
            whole = kind.name in ONE_OF_EACH and reference == references[0]
            who = EVERYBODY if whole else at_the_edges(letters)
            found = caller.outcome(call, reference, who)
            assert found == told(letters, who), f"{call.group} {reference}, as {', '.join(who)}"
    shared = {call.group for call in own} - rows(TABLE_OF_ONE_KIND).keys()
    sign = "*." if kind.contributed else "+."
    assert len(shared) == len([group for group in rows(TABLE_OF_KINDS) if sign in group])


@databases.on_sqlite
@pytest.mark.parametrize(
    "url", ["/initiatives/new", "/afmelden", "/aanmelden", "/mine/password", "/mine/tokens"]
)
def test_what_is_posted_without_its_token_is_refused(app: Flask, client: Client, url: str) -> None:
    client.sign_in(people.email("administrator"), people.PASSWORD)
    response = client.post(url, data={"title": "Vervalst"})
    assert response.status_code == 400
