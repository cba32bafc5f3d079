"""What waits for a condition has a day on which somebody looks again."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry import clock
from registry.access import Actor, acting_as
from registry.kind import kind_named
from registry.projection import project
from tests import databases
from tests.browsing import Client, SignedIn
from tests.factories import Make

CONDITION = "totdat de corona-maatregelen het weer toelaten"
DAY = {"reviewOn": "2021-03-01", "reviewBy": "Inspectie SZW"}
RECORDS: dict[str, dict[str, Any]] = {
    "commitment": {"due": CONDITION, "statuses": [{"status": "open"}], **DAY},
    "milestone": {"due": CONDITION, "states": [{"state": "not_started"}], **DAY},
    "initiative": {"statuses": [{"status": "paused", "resumeWhen": CONDITION, **DAY}]},
}


@pytest.mark.parametrize("kind", RECORDS)
def test_the_day_to_look_again_comes_and_the_term_stays_conditional(
    session: Session, make: Make, actors: dict[str, Actor], kind: str
) -> None:
    entity = make(kind, payload=RECORDS[kind])
    dictionary, who = kind_named(kind).dictionary, actors["member"]
    query = project(dictionary, who, session.get_bind().dialect.name)
    for day, state in {"2021-02-28": "planned", "2021-03-01": "due"}.items():
        with acting_as(who), clock.seen_as_of(date.fromisoformat(day)):
            told = dictionary.dump(entity)
            assert told["reviewState"] == state
            assert told.get("termState", "conditional") == "conditional"
            assert json.loads(str(session.scalars(query).one()))["reviewState"] == state


@databases.on_sqlite
@pytest.mark.parametrize("kind", RECORDS)
def test_the_core_group_is_told_whose_turn_it_is(
    make: Make, signed_in: SignedIn, client: Client, kind: str
) -> None:
    collection = kind_named(kind).collection
    reference = make.reference(kind, payload=RECORDS[kind])
    make(kind, payload={**RECORDS[kind], **({} if kind == "initiative" else {"reviewOn": None})})
    url, said = f"/{collection}/{reference}?asOf=2021-03-02", "Opnieuw bekijken door Inspectie SZW"
    assert said in signed_in("member").page(url).text
    assert said not in client.page(url).text
    listed = signed_in("member").page(f"/{collection}?reviewState=due&asOf=2021-03-02")
    assert any(reference in href for href in listed.links().values())


@databases.on_sqlite
def test_what_is_settled_needs_no_second_look(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity = make("commitment", statuses=[{"status": "met"}], reviewOn="2021-03-01")
    with acting_as(actors["member"]):
        assert kind_named("commitment").dictionary.dump(entity)["reviewState"] is None
