"""Whoever has to do with a step hears of it by mail, and nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from registry import editing, workflow
from registry.access import Actor
from registry.initiatives.schemas import INITIATIVE
from registry.notifications.delivery import deliver_due
from tests import people
from tests.factories import Make
from tests.workflow.cases import again, ready

Actors = dict[str, Actor]
Sent = dict[str, str]


@pytest.fixture
def post(app: Flask, session: Session) -> Callable[[], Sent]:
    """Deliver what is due: the subject by receiver, and what was said to them."""

    def deliver() -> Sent:
        sent: Sent = {}

        def keep(message: Any) -> None:
            sent[message["To"].addresses[0].addr_spec] = (
                f"{message['Subject']}\n{message.get_content()}"
            )

        for _ in range(3):  # a letter for several is first written out for each
            deliver_due(keep)
        return sent

    return deliver


@pytest.fixture
def draft(session: Session, make: Make, actors: Actors) -> Any:
    fields = ready(make, actors)
    return make("initiative", by="member", state="draft", title="Rust", **fields)


@pytest.fixture
def published(draft: Any, actors: Actors, post: Callable[[], Sent]) -> Any:
    workflow.submit(actors["member"], INITIATIVE, draft)
    editing.publish(actors["secretariat"], INITIATIVE, draft)
    post()
    return draft


def test_who_judges_hears_what_waits(draft: Any, actors: Actors, post: Callable[[], Sent]) -> None:
    workflow.submit(actors["member"], INITIATIVE, draft)
    sent = post()
    assert set(sent) == {people.email("administrator"), people.email("secretariat")}
    assert f"/initiatives/{draft.reference}" in sent[people.email("secretariat")]


def test_who_submitted_hears_why_it_came_back_and_that_it_is_published(
    draft: Any, actors: Actors, post: Callable[[], Sent]
) -> None:
    workflow.submit(actors["member"], INITIATIVE, draft)
    workflow.send_back(actors["secretariat"], INITIATIVE, draft, note="Graag korter.")
    assert "Graag korter." in post()[people.email("member")]
    workflow.submit(actors["member"], INITIATIVE, draft)
    post()
    editing.publish(actors["secretariat"], INITIATIVE, draft)
    sent = post()
    assert list(sent) == [people.email("member")]
    assert sent[people.email("member")].startswith("Gepubliceerd: Rust")


def test_what_the_secretariat_publishes_of_its_own_is_no_news(
    session: Session, make: Make, post: Callable[[], Sent]
) -> None:
    make("initiative")
    assert post() == {}


def test_an_author_hears_what_becomes_of_a_proposal(
    published: Any, actors: Actors, post: Callable[[], Sent]
) -> None:
    revision = workflow.propose(
        actors["member"], INITIATIVE, again(actors, published), {"goal": "Meer rust"}
    )
    sent = post()
    assert set(sent) == {people.email("administrator"), people.email("secretariat")}
    assert f"/revisions/{revision.key}" in sent[people.email("secretariat")]
    workflow.return_revision(actors["secretariat"], revision, note="Noem een getal.")
    assert "Noem een getal." in post()[people.email("member")]
    workflow.propose(actors["member"], INITIATIVE, again(actors, published), {"goal": "Twee"})
    post()
    workflow.adopt(actors["secretariat"], INITIATIVE, again(actors, published), revision)
    assert post()[people.email("member")].startswith("Overgenomen: uw voorstel voor Rust")
