"""Who is reminded of what on which day: before a term, after it, and of what is not up to date."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from registry import clock
from registry.access import Actor
from registry.db import session as current
from registry.kind import kind_named
from registry.record import Record
from registry.reminders import commands
from registry.reminders.due import Due, due, settings
from registry.reminders.models import Done
from registry.reminders.run import plan
from registry.updates import commands as updates
from tests import databases
from tests.factories import Make

Actors = dict[str, Actor]
MEDIO = {"text": "medio 2021", "earliest": "2021-06-01", "latest": "2021-07-31"}
DAY = {"text": "16 juni 2021", "earliest": "2021-06-16", "latest": "2021-06-16"}
SINCE = date(2020, 1, 1)


def on(day: str, since: date = SINCE) -> list[Due]:
    """What is due on a day, but for what is never reported on."""
    with clock.seen_as_of(date.fromisoformat(day)):
        return [one for one in due(settings(), since) if one.rule != "stale"]


TOLD: dict[str, list[tuple[str, int, bool]]] = {
    "2021-05-17": [],
    "2021-05-18": [("starts", 1, False)],
    "2021-05-31": [("starts", 1, False)],
    "2021-06-01": [],
    "2021-07-17": [("ends", 1, False)],
    "2021-07-31": [("ends", 1, False)],
    "2021-08-01": [("passed", 1, False)],
    "2021-08-31": [("passed", 2, False)],
    "2021-09-30": [("passed", 3, False)],
    "2021-10-30": [("passed", 3, True)],
}


def test_a_term_is_told_before_it_begins_before_it_ends_and_after(
    session: Session, make: Make
) -> None:
    make("milestone", payload={"due": MEDIO})
    found = {day: [(one.rule, one.number, one.last) for one in on(day)] for day in TOLD}
    assert found == TOLD


@databases.on_sqlite
def test_what_has_no_day_was_met_or_ended_before_we_began_is_not_told(
    session: Session, make: Make
) -> None:
    make("milestone", payload={"due": {"text": "later"}})
    met = {"states": [{"state": "done"}], "due": MEDIO}
    make("milestone", payload=met)
    make("commitment", payload={"due": MEDIO}, state="draft")
    assert [on(f"2021-{month:02}-10") for month in (6, 7, 8, 9)] == [[]] * 4
    make("commitment", payload={"due": MEDIO})
    assert on("2021-09-01", since=date(2021, 8, 15)) == []
    assert len(on("2021-09-01", since=date(2021, 7, 31))) == 1


@databases.on_sqlite
def test_one_day_is_told_once_beforehand_and_a_hope_softly(session: Session, make: Make) -> None:
    make("commitment", strength="aim", payload={"due": DAY})
    assert [(one.rule, one.soft) for one in on("2021-06-03")] == [("ends", True)]
    assert [(one.rule, one.soft) for one in on("2021-06-17")] == [("passed", True)]


def test_what_runs_and_is_not_reported_on_is_told_until_it_is(
    session: Session, make: Make, actors: Actors
) -> None:
    running = {"statuses": [{"status": "running", "from": {"earliest": "2020-01-01"}}]}
    made = make("initiative", keeper_id=actors["member"].home_id, payload=running)
    today = clock.today()

    def told(later: int) -> list[tuple[str, int]]:
        with clock.seen_as_of(today + timedelta(later)):
            return [(one.term, one.number) for one in due(settings(), today)]

    assert told(0) == [("never", 1)]
    assert told(31) == [("never", 2)]
    updates.no_change(actors["member"], kind_named("initiative"), made)
    assert told(0) == told(180) == []
    assert told(181) == [(today.isoformat(), 1)]


@databases.on_sqlite
def test_the_day_to_look_again_is_told_and_a_rule_can_be_switched_off(
    session: Session, make: Make, actors: Actors
) -> None:
    make("milestone", payload={"reviewOn": "2021-03-01"})
    assert on("2021-02-28") == []
    assert [one.rule for one in on("2021-03-01")] == ["review"]
    commands.set_rule(actors["secretariat"], "review", {"active": False, "every": 7, "most": 1})
    assert on("2021-03-01") == []


def test_who_keeps_it_is_told_or_else_who_carries_it_out(
    session: Session, make: Make, actors: Actors
) -> None:
    mind = current().get_one(Record, actors["other_member"].home_id)
    make("milestone", keeper_id=actors["member"].home_id, payload={"due": MEDIO})
    make("milestone", payload={"due": MEDIO, "owner": mind.reference})
    by = {"by": [{"partner": mind.reference}], "due": MEDIO}
    make("commitment", payload=by, audience="secretariat")
    current().add(Done(day=SINCE, ended_at=clock.now()))
    with clock.seen_as_of(date(2021, 7, 25)):
        found = plan()
    names = {found.accounts[number].name: len(rows) for number, rows in found.chosen.items()}
    assert names == {"Member": 1, "Other member": 1}
    assert [one.record.kind for one in found.nobody] == ["commitment"]  # nobody there may see it


@databases.on_sqlite
def test_it_takes_the_same_number_of_questions_for_any_number_of_records(
    session: Session, make: Make, actors: Actors, count_queries: Any
) -> None:
    counts: list[int] = []
    for _ in range(2):
        for _ in range(3):
            make("milestone", keeper_id=actors["member"].home_id, payload={"due": MEDIO})
        with clock.seen_as_of(date(2021, 7, 25)), count_queries() as queries:
            assert plan().count("queued") == 2 * 3 * (len(counts) + 1) / 2
        counts.append(len(queries))
    assert counts[0] == counts[1]
