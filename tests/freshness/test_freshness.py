"""Actuality: which records, from when, for whom, and the same in SQL as in Python."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry import clock
from registry.access import Actor
from registry.freshness import queries
from registry.kind import kind_named
from registry.updates import commands
from tests import databases
from tests.browsing import SignedIn
from tests.factories import Make

DAY = date(2020, 12, 31)
RUNNING = [{"status": "running", "from": "januari 2020"}]


def reported(actors: dict[str, Actor], entity: Any, *days: date) -> None:
    kind = kind_named(entity.record.kind)
    for day in days:
        payload = {"state": "no_change", "day": day.isoformat()}
        commands.report(actors["secretariat"], kind, entity, payload)


@pytest.mark.parametrize("days", [0, 30, 31, 60, 61, 180, 181])
def test_the_expression_says_the_same_as_its_twin(
    session: Session, make: Make, actors: dict[str, Actor], days: int
) -> None:
    last = DAY - timedelta(days=days)
    reported(actors, make("initiative", statuses=RUNNING), date(2020, 1, 2), last)
    (one,) = queries.actualities(actors["member"])
    assert (one.day, one.band) == (last, queries.band(last, DAY))


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (30, "fresh"),
        (31, "acceptable"),
        (60, "acceptable"),
        (61, "due"),
        (180, "due"),
        (181, "stale"),
    ],
)
def test_the_bands_end_after_30_60_and_180_days(days: int, band: str) -> None:
    assert queries.band(DAY - timedelta(days=days), DAY) == band
    assert queries.band(None, DAY) == "never"


def test_only_what_runs_has_to_be_up_to_date(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    stopped = [{"status": "stopped", "from": "januari 2020"}]
    make("initiative", statuses=stopped)
    make("milestone", payload={"state": "done"})
    make("initiative", state="draft", statuses=RUNNING)
    open_ = make("commitment", statuses=[{"status": "open", "from": "januari 2020"}])
    todo, initiative = make("milestone"), make("initiative", statuses=RUNNING)
    found = {one.record.id: one.band for one in queries.actualities(actors["member"])}
    assert found == dict.fromkeys((open_.id, todo.id, initiative.id), "never")


def test_it_is_told_as_of_the_reference_date(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    reported(actors, make("initiative", statuses=RUNNING), date(2020, 6, 1), date(2020, 12, 1))
    with clock.seen_as_of(date(2020, 7, 15)):
        (one,) = queries.actualities(actors["member"])
    assert (one.day, one.band) == (date(2020, 6, 1), "acceptable")


def test_a_report_that_was_corrected_does_not_count(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity, kind = make("initiative", statuses=RUNNING), kind_named("initiative")
    wrong = commands.no_change(actors["secretariat"], kind, entity)
    payload = {"state": "no_change", "day": "2020-06-01", "replaces": wrong.key}
    commands.report(actors["secretariat"], kind, entity, payload)
    assert queries.actualities(actors["member"])[0].day == date(2020, 6, 1)


@databases.on_sqlite
def test_the_core_group_reads_it_on_the_page_and_nobody_else(
    signed_in: SignedIn, make: Make
) -> None:
    url = f"/initiatives/{make.reference('initiative', statuses=RUNNING)}"
    for who, told in {"member": True, "partner": False, "public": False}.items():
        assert ("nooit bijgewerkt" in signed_in(who).get(url).text) is told, who


@databases.on_sqlite
def test_the_secretariat_has_a_list_with_a_filter(signed_in: SignedIn, make: Make) -> None:
    make("initiative", title="Lopende pilot", statuses=RUNNING)
    secretariat = signed_in("secretariat")
    assert "Lopende pilot" in secretariat.get("/actuality?band=never").text
    assert "Lopende pilot" not in secretariat.get("/actuality?band=stale").text
