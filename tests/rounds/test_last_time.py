"""What an organisation said before a round is looked up at once."""

from typing import Any

from sqlalchemy.orm import Session

from registry.access import Actor
from registry.kind import kind_named
from registry.rounds import queries
from registry.updates import commands as updates
from tests.factories import Make
from tests.rounds.test_commands import SAID, opened


def test_what_was_said_last_time_is_one_question_however_long_the_series(
    session: Session, make: Make, actors: dict[str, Actor], count_queries: Any
) -> None:
    member, kind = actors["member"], kind_named("initiative")
    made = [make("initiative", keeper_id=member.home_id) for _ in range(2)]
    for number in range(3):
        for entity in made:
            updates.report(member, kind, entity, {**SAID, "text": str(number)})
    updates.report(actors["secretariat"], kind, made[0], SAID)
    found = opened(actors)
    updates.report(member, kind, made[0], {**SAID, "text": "In de uitvraag."})
    asked = queries.asked(member, found)
    with count_queries() as counted:
        said = queries.last_time(asked, found.opened_at)
    assert [said[item.id].text for item in asked] == ["2", "2"]
    assert len(counted) == 1
