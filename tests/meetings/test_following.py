"""What came of a meeting is never seen by more people than the meeting."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from registry import clock, editing
from registry.access import Actor
from registry.db import session as current
from registry.ledger import Change
from registry.meetings.commands import agree, publish_minutes
from registry.meetings.rules import WHY
from registry.meetings.schemas import MEETING
from registry.past import verification
from tests.factories import Make

Actors = dict[str, Actor]
pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def followed(meeting: Any, minutes: Any, actors: Actors) -> list[Any]:
    """The minutes and an agreement of a meeting that everybody may read."""
    editing.publish(actors["secretariat"], MEETING, meeting, audience="public")
    publish_minutes(actors["secretariat"], meeting)
    return [minutes, agree(actors["secretariat"], meeting, "uitnodigen")]


def stands(entities: list[Any]) -> set[tuple[str, str]]:
    return {(entity.record.state, entity.record.audience) for entity in entities}


def test_what_came_of_a_meeting_follows_when_fewer_may_read_it(
    meeting: Any, followed: list[Any], actors: Actors
) -> None:
    editing.publish(actors["secretariat"], MEETING, meeting, audience="core_group")
    assert stands(followed) == {("published", "core_group")}
    later = clock.now() + timedelta(days=2)
    editing.publish(actors["secretariat"], MEETING, meeting, embargo_until=later)
    assert {entity.record.embargo_until for entity in followed} == {later}
    editing.withdraw(actors["secretariat"], MEETING, meeting, reason="Te vroeg")
    assert stands(followed) == {("draft", "core_group")}
    changes = current().scalars(select(Change).order_by(Change.seq.desc()).limit(3)).all()
    assert [(change.action, change.reason) for change in changes[:2]] == [("withdraw", WHY)] * 2
    editing.publish(actors["secretariat"], MEETING, meeting, audience="public")
    assert stands(followed) == {("draft", "core_group")}
    assert verification.verify() is None


def test_a_meeting_that_is_filed_takes_its_minutes_along_and_leaves_what_is_to_be_kept(
    meeting: Any, followed: list[Any], actors: Actors
) -> None:
    minutes, agreement = followed
    editing.archive(actors["secretariat"], MEETING, meeting)
    assert (minutes.record.state, agreement.record.state) == ("archived", "published")
    editing.publish(actors["secretariat"], MEETING, meeting)
    editing.remove(actors["secretariat"], MEETING, meeting, reason="Dubbel")
    assert stands(followed) == {("draft", "public")}


def test_what_came_of_another_meeting_too_or_only_is_named_there_stays(
    meeting: Any, followed: list[Any], make: Make, actors: Actors
) -> None:
    minutes, agreement = followed
    promise = make("commitment")
    rows = [{"text": "Ook", "state": "open", "commitment": agreement.reference}]
    make("meeting", actions=rows, audience="partners")
    action = {"text": "Belofte", "state": "open", "commitment": promise.reference}
    rows = [*({"key": row.key} for row in meeting.actions), action]
    editing.revise(actors["secretariat"], MEETING, meeting, {"actions": rows})
    editing.withdraw(actors["secretariat"], MEETING, meeting, reason="Te vroeg")
    assert stands([minutes]) == {("draft", "public")}
    assert stands([agreement]) == {("published", "partners")}
    assert stands([promise]) == {("published", "public")}
