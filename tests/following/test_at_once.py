"""Nobody who reads while many write misses a change, in whatever order their transactions end."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Event
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.command import command
from registry.db import session
from registry.kind import kind_named
from registry.ledger import Change
from tests import databases, people
from tests.browsing import Client
from tests.following.following import Entry, Follower

pytestmark = databases.on_postgresql
WRITERS, EACH = 4, 8
LONGEST = 0.02  # seconds that a transaction is held open, before its number is given or after
Held = Callable[[], None]
Share = Callable[[int], None]


@pytest.fixture
def held() -> Iterator[Held]:
    """Hold a transaction open for a while; each commit waits too, with its number in hand."""
    chance = Random(25883)  # noqa: S311  # no secret

    def hold(*_: object) -> None:
        sleep(chance.uniform(0, LONGEST))

    event.listen(Session, "before_commit", hold)
    yield hold
    event.remove(Session, "before_commit", hold)


@command
def slowly(actor: Actor, reference: str, hold: Held, begun: list[str]) -> None:
    """Change a record, in a transaction that lasts."""
    kind = kind_named("theme")
    entity = editing.one(kind, actor, reference)
    editing.revise(actor, kind, entity, {"description": f"Over {reference}"})
    session().flush()
    begun.append(reference)
    hold()


def write(app: Flask, held: Held, *, each: int) -> tuple[list[str], list[str], Share]:
    """Records that are there, those of which the change has begun, and what changes a share."""
    kind, begun, made = kind_named("theme"), list[str](), list[str]()
    with app.app_context():
        who = people.actors()["secretariat"]
        for number in range(WRITERS * each):
            entity = editing.create(who, kind, {"name": f"Thema {number}"})
            editing.publish(who, kind, entity)
            made.append(entity.reference)

    def share(number: int) -> None:
        for reference in made[number::WRITERS]:
            with app.app_context():
                slowly(who, reference, held, begun)

    return made, begun, share


def test_who_polls_meanwhile_is_told_of_every_change(fresh_app: Flask, held: Held) -> None:
    made, begun, share = write(fresh_app, held, each=EACH)
    client = fresh_app.test_client()
    assert isinstance(client, Client)
    follower, done = Follower(client, "now", perPage=3), Event()
    told: list[Entry] = follower.news()
    polls = []

    def read() -> None:
        while not done.is_set():
            polls.append(len(news := follower.news()))
            told.extend(news)

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reading = pool.submit(read)
        try:
            list(pool.map(share, range(WRITERS)))
        finally:
            done.set()
        reading.result()
    told += follower.news()
    assert [entry["reference"] for entry in told] == in_order(fresh_app, made)
    assert [entry["reference"] for entry in told] != begun  # they did overtake each other
    assert sum(1 for count in polls if count) > 3  # and were told while others wrote


def in_order(app: Flask, made: list[str]) -> list[str]:
    """The records in the order of the book, each by its last change."""
    with app.app_context():
        query = select(Change.reference).where(Change.action == "revise").order_by(Change.seq)
        found = list(session().scalars(query))
    assert sorted(found) == sorted(made)
    return found
