"""What is told of a change that stands is read without waiting for whoever writes by then."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from registry.tokens.commands import issue
from tests import databases, people
from tests.api.contract import MERGE_PATCH, ROOT
from tests.browsing import Client

INITIATIVES = f"{ROOT}/initiatives"


@pytest.fixture
def secretariat(fresh_app: Flask) -> Client:
    """The secretariat, whose token was used just now."""
    client = fresh_app.test_client()
    assert isinstance(client, Client)
    with fresh_app.app_context():
        account = people.account("secretariat")
        client.token = issue(people.actors()["secretariat"], account, "of a test")
    assert client.get(INITIATIVES).status_code == 200
    return client


@contextmanager
def crowd(app: Flask) -> Iterator[None]:
    """From the next commit on somebody else writes, for longer than anybody waits."""
    others: list[Connection] = []

    def come(_session: Session) -> None:
        if not others:
            others.append(app.extensions["engines"][True].connect())
            others[0].exec_driver_sql("SELECT 1")

    event.listen(Session, "after_commit", come)
    try:
        yield
    finally:
        event.remove(Session, "after_commit", come)
    for other in others:
        other.close()
    assert others, "nothing was committed"


@databases.on_sqlite
def test_a_change_that_stands_is_answered_as_one(fresh_app: Flask, secretariat: Client) -> None:
    title, new = {"title": "Eerst"}, {"If-None-Match": "*"}
    with crowd(fresh_app):
        made = secretariat.post(INITIATIVES, json=title)
    assert (made.status_code, made.get_json()["version"]) == (201, 1)
    place = made.headers["Location"]
    headers = {"If-Match": made.headers["ETag"], "Content-Type": MERGE_PATCH}
    with crowd(fresh_app):
        changed = secretariat.patch(place, data='{"summary": "Later"}', headers=headers)
    assert (changed.status_code, changed.get_json()["version"]) == (200, 2)
    with crowd(fresh_app):
        shown = secretariat.post(f"{place}/publications", json={})
    assert (shown.status_code, shown.get_json()["version"]) == (200, 3)
    with crowd(fresh_app):
        theirs = secretariat.put(f"{INITIATIVES}/external/zaken/1", json=title, headers=new)
    assert (theirs.status_code, theirs.get_json()["version"]) == (201, 1)
