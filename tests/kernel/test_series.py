"""Dated series: what holds on a reference date, by the words that were written."""

from datetime import date
from typing import Any

import orjson
import pytest
from sqlalchemy.orm import Session

from registry import clock, editing
from registry.access import Actor
from registry.initiatives.schemas import INITIATIVE
from registry.projection import project
from registry.record import Record
from tests.factories import Make

PILOT = [
    {"status": "running", "from": "eind 2019"},
    {"status": "paused", "from": "begin 2020", "reason": "corona"},
]


@pytest.fixture
def status(session: Session, actors: dict[str, Actor]) -> Any:
    """The status of an initiative on a day, which the database and Python must agree on."""

    def status(entity: Any, day: str) -> str | None:
        anybody, dialect = actors["public"], session.get_bind().dialect.name
        with clock.seen_as_of(date.fromisoformat(day)):
            query = project(INITIATIVE.schema(), anybody, dialect)
            projected = session.scalar(query.where(Record.reference == entity.reference))
            dumped = INITIATIVE.schema().dump(editing.one(INITIATIVE, anybody, entity.reference))
        read = orjson.loads(projected)
        assert read["status"] == dumped["status"]
        assert read["statusReason"] == dumped["statusReason"]
        return read["status"]  # type: ignore[no-any-return]

    return status


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2019-01-01", None), ("2019-12-31", "running"), ("2020-12-31", "paused"),
     ("2030-01-01", "paused")],
)  # fmt: skip
def test_the_pilot_is_paused_and_not_ended(
    make: Make, status: Any, day: str, expected: str | None
) -> None:
    assert status(make("initiative", statuses=PILOT), day) == expected


def test_each_row_ends_where_the_next_begins(session: Session, make: Make) -> None:
    running, paused = make("initiative", statuses=PILOT).statuses
    assert running.effective_until == paused.effective_from
    assert paused.effective_until is None


def test_a_row_without_a_day_holds_from_the_beginning(make: Make, status: Any) -> None:
    assert status(make("initiative", statuses=[{"status": "running"}]), "1900-01-01") == "running"


def test_an_end_that_is_written_stands(make: Make, status: Any) -> None:
    rows = [{"status": "running", "from": "2019", "until": "2019-06-30"}]
    entity = make("initiative", statuses=rows)
    assert status(entity, "2019-06-01") == "running"
    assert status(entity, "2020-01-01") is None


def test_the_last_of_two_that_hold_counts(make: Make, status: Any) -> None:
    rows = [{"status": "running", "until": "2025"}, {"status": "completed", "from": "2020"}]
    assert status(make("initiative", statuses=rows), "2021-01-01") == "completed"


def test_a_row_that_goes_is_not_what_holds(
    make: Make, status: Any, actors: dict[str, Actor]
) -> None:
    entity = make("initiative", statuses=PILOT)
    payload = {"statuses": PILOT[:1]}
    editing.revise(actors["secretariat"], INITIATIVE, entity, payload)
    assert status(entity, "2020-12-31") == "running"


def test_without_a_date_asked_for_the_set_day_counts(make: Make, app: Any) -> None:
    with app.app_context():
        assert clock.as_of() == date(2020, 12, 31)
