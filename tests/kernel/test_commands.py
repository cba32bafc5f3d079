"""The one path of a change: the outermost command commits, or nothing is changed."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.command import command
from registry.db import session as current
from registry.errors import Conflict, Forbidden, NotFound, NotSignedIn, Stale
from registry.initiatives.models import Initiative
from registry.initiatives.schemas import INITIATIVE
from registry.ledger import Change
from registry.record import ReferenceCounter
from tests import people
from tests.factories import Make, minimal


@pytest.fixture
def secretariat(fresh_app: Flask) -> Actor:
    with fresh_app.app_context():
        return people.actors()["secretariat"]


@pytest.fixture
def commits(fresh_app: Flask) -> Iterator[list[str]]:
    """A word for every commit on the database."""
    seen: list[str] = []

    def note(_connection: object) -> None:
        seen.append("commit")

    event.listen(fresh_app.extensions["engine"], "commit", note)
    yield seen
    event.remove(fresh_app.extensions["engine"], "commit", note)


@command
def two(actor: Actor, *, last: str = "Tweede") -> None:
    """A command of two others."""
    editing.create(actor, INITIATIVE, {"title": "Eerste"})
    editing.create(actor, INITIATIVE, {"title": last})


def titles(app: Flask) -> list[str]:
    """The titles of the initiatives, as anybody else finds them."""
    with app.app_context():
        return list(current().scalars(select(Initiative.title).order_by(Initiative.title)))


def test_commands_inside_a_command_commit_with_it(
    fresh_app: Flask, secretariat: Actor, commits: list[str]
) -> None:
    with fresh_app.app_context():
        two(secretariat)
    assert titles(fresh_app) == ["Eerste", "Tweede"]
    assert commits == ["commit"]


def test_a_command_that_fails_leaves_nothing_of_what_it_did(
    fresh_app: Flask, secretariat: Actor, commits: list[str]
) -> None:
    with fresh_app.app_context(), pytest.raises(Exception, match="not valid"):
        two(secretariat, last="x" * 301)
    assert titles(fresh_app) == []
    with fresh_app.app_context():
        query = select(func.count()).select_from(ReferenceCounter)
        assert not current().scalar(query.where(ReferenceCounter.kind == "initiative"))
        assert not current().scalar(select(Change).where(Change.reference.like("INI-%")))


def test_what_collides_is_a_conflict_and_the_session_works_on(
    session: Session, actors: dict[str, Actor]
) -> None:
    def create() -> str:
        made = editing.create(
            actors["secretariat"], INITIATIVE, minimal("initiative"), external=("letters", "T15")
        )
        return str(made.reference)

    first = create()
    with pytest.raises(Conflict):
        create()
    assert session.scalar(select(func.count()).select_from(Initiative)) == 1
    after = editing.create(actors["secretariat"], INITIATIVE, minimal("initiative"))
    assert (first, after.reference) == ("INI-0001", "INI-0002")


def test_a_failure_of_ours_changes_nothing_either(fresh_app: Flask, secretariat: Actor) -> None:
    @command
    def breaks(actor: Actor) -> None:
        editing.create(actor, INITIATIVE, {"title": "Half"})
        raise ZeroDivisionError

    with fresh_app.app_context(), pytest.raises(ZeroDivisionError):
        breaks(secretariat)
    assert titles(fresh_app) == []


def test_who_changes_an_older_version_is_told(make: Make, actors: dict[str, Actor]) -> None:
    with make.app.app_context():
        entity = make("initiative")
        read = entity.record.version
        change = {"summary": "Van een ander"}
        editing.revise(actors["secretariat"], INITIATIVE, entity, change, version=read)
        with pytest.raises(Stale):
            editing.revise(actors["secretariat"], INITIATIVE, entity, {"goal": "x"}, version=read)
        assert entity.goal is None


@pytest.mark.parametrize("verb", ["publish", "archive", "withdraw", "remove"])
def test_moving_an_older_version_is_refused(
    session: Session, make: Make, actors: dict[str, Actor], verb: str
) -> None:
    entity = make("initiative", state="draft")
    with pytest.raises(Stale):
        getattr(editing, verb)(actors["secretariat"], INITIATIVE, entity, version=0)


def test_a_change_beneath_a_command_is_noticed_when_it_writes(
    fresh_app: Flask, secretariat: Actor
) -> None:
    with fresh_app.app_context():
        reference = Make(fresh_app, people.actors()).reference("initiative")
    with fresh_app.app_context():
        held = editing.one(INITIATIVE, secretariat, reference)
        current().commit()
        with fresh_app.app_context():
            other = editing.one(INITIATIVE, secretariat, reference)
            editing.revise(secretariat, INITIATIVE, other, {"summary": "Eerder"})
        with pytest.raises(Stale):
            editing.revise(secretariat, INITIATIVE, held, {"summary": "Later"})
    with fresh_app.app_context():
        assert editing.one(INITIATIVE, secretariat, reference).summary == "Eerder"


def test_what_is_done_cannot_be_done_again(make: Make, actors: dict[str, Actor]) -> None:
    with make.app.app_context():
        entity = make("initiative")
        with pytest.raises(Conflict):
            editing.publish(actors["secretariat"], INITIATIVE, entity)


@pytest.mark.parametrize(
    ("who", "refusal"), [("public", NotSignedIn), ("member", Forbidden), ("partner", Forbidden)]
)
def test_who_may_not_publish_is_refused(
    session: Session, make: Make, actors: dict[str, Actor], who: str, refusal: type[Exception]
) -> None:
    entity = make("initiative")
    with pytest.raises(refusal):
        editing.archive(actors[who], INITIATIVE, entity)
    assert entity.record.state == "published"


def test_what_is_hidden_does_not_exist_for_who_changes_it(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    draft = make("initiative", by="member", state="draft")
    with pytest.raises(NotFound):
        editing.revise(actors["other_member"], INITIATIVE, draft, {"title": "Gekaapt"})


def test_references_count_on_per_kind_and_are_never_reused(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    first = make("initiative")
    editing.remove(actors["secretariat"], INITIATIVE, first, reason="dubbel")
    assert [make.reference("initiative"), make.reference("milestone")] == ["INI-0002", "MIL-0001"]


def test_a_removed_record_is_gone_and_can_be_restored(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity = make("initiative")
    editing.remove(actors["secretariat"], INITIATIVE, entity, reason="dubbel")
    with pytest.raises(NotFound):
        editing.one(INITIATIVE, actors["administrator"], entity.reference)
    editing.restore(actors["secretariat"], INITIATIVE, entity.reference)
    assert editing.one(INITIATIVE, actors["public"], entity.reference).id == entity.id


@pytest.mark.parametrize("verb", ["archive", "withdraw"])
def test_only_what_is_published_is_archived_or_withdrawn(
    session: Session, make: Make, actors: dict[str, Actor], verb: str
) -> None:
    entity = make("initiative", state="draft")
    with pytest.raises(Conflict):
        getattr(editing, verb)(actors["administrator"], INITIATIVE, entity)
    assert entity.record.state == "draft"
