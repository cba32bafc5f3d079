"""A meeting with decisions and action points, and its minutes."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.access import Actor
from registry.db import session as current
from registry.meetings.commands import publish_minutes
from registry.record import Record
from tests.factories import Make

Actors = dict[str, Actor]
FIRST = "De kerngroep komt elk kwartaal bijeen."
SECOND = "OVAL trekt de werkgroep preventie."


@pytest.fixture
def owner(session: Session, actors: Actors) -> str:
    return current().get_one(Record, actors["member"].home_id).reference


@pytest.fixture
def meeting(make: Make, owner: str) -> Any:
    return make(
        "meeting",
        title="Kerngroep van maart",
        when="2 maart 2021",
        decisions=[{"text": FIRST}, {"text": SECOND}],
        actions=[
            {
                "key": "uitnodigen",
                "text": "Nodigt de werkgroep uit",
                "owner": owner,
                "due": "1 april 2021",
                "state": "open",
                "decision": 2,
            },
            {"key": "zaal", "text": "Regelt een zaal", "state": "open"},
        ],
    )


@pytest.fixture
def minutes(meeting: Any, actors: Actors) -> Any:
    return publish_minutes(actors["secretariat"], meeting)
