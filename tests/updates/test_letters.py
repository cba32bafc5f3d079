"""Who gets mail of a report: the secretariat, of what is behind."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.access import Actor
from registry.accounts.models import Account
from registry.kind import kind_named
from registry.notifications import letters
from registry.updates import commands
from tests.factories import Make


@pytest.mark.parametrize(
    ("report", "count"),
    [
        ({"state": "behind", "text": "Later.", "reason": "capacity"}, 1),
        ({"state": "no_change"}, 0),
    ],
)
def test_the_secretariat_reads_of_what_is_behind(
    session: Session, make: Make, actors: dict[str, Actor], report: dict[str, Any], count: int
) -> None:
    entity = make("initiative", title="De {pilot}", keeper_id=actors["member"].home_id)
    made = commands.report(actors["member"], kind_named("initiative"), entity, report)
    payload = {"record": entity.id, "update": made.id}
    readers = list(letters.SPREADS["update"](payload))
    assert readers == ([actors["secretariat"].account_id] * count)
    account = session.get_one(Account, actors["secretariat"].account_id)
    letter = letters.write("update", account, payload)
    assert letter.subject == "Vertraging gemeld: De {pilot}"
    assert f"/initiatives/{entity.reference}" in letter.text
    assert "Later." not in letter.text
