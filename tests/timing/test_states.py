"""Where each term of the letters stands on five days, by a table made by hand from the letters."""

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.access import Actor, acting_as
from registry.db import session as current
from registry.kind import kind_named
from registry.policydate import DateKind, PolicyDate
from registry.projection import project
from registry.record import LETTERS, ExternalKey
from registry.timing.schemas import state_of
from tests.factories import Make

DAYS = ("2020-12-31", "2021-02-15", "2021-06-15", "2021-08-15", "2022-01-01")
MET, OPEN, UPCOMING, PASSED = "met", "open", "upcoming", "passed"
EARLY_2021 = (UPCOMING, OPEN, PASSED, PASSED, PASSED)
MID_2021 = (UPCOMING, UPCOMING, OPEN, PASSED, PASSED)
IN_2021 = (UPCOMING, OPEN, OPEN, OPEN, PASSED)
EXPECTED: dict[str, tuple[str, ...]] = {
    **{f"T{n:02}": (MET,) * 5 for n in (1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 14)},
    "T08": (OPEN, PASSED, PASSED, PASSED, PASSED),  # partly met: the rest goes on as T19
    "T12": ("untraceable",) * 5,
    "T15": MID_2021,
    "T16": (UPCOMING, UPCOMING, OPEN, "not_reached", "not_reached"),
    "T17": EARLY_2021,
    "T18": EARLY_2021,
    "T19": ("undated",) * 5,
    "T20": ("undated",) * 5,
    # Without the dates of the recess it is read cautiously, until 30 June.
    "T21": (UPCOMING, OPEN, OPEN, "not_reached", "not_reached"),
    **dict.fromkeys(("T22", "T23", "T26", "T27", "T28"), IN_2021),
    "T24": ("conditional",) * 5,
    "T25": ("conditional",) * 5,
    "T31": ("undated",) * 5,
    **dict.fromkeys(("T10", "T29", "T30"), ("ongoing",) * 5),
    **{f"M{n:02}": (MET,) * 5 for n in (1, 6, 8, 11, 12, 18, 19)},
    "M20": EARLY_2021,
    "M21": MID_2021,
    "M22": MID_2021,
    "M24": (UPCOMING, OPEN, OPEN, PASSED, PASSED),
    "M25": IN_2021,
    "M26": IN_2021,
    "M27": ("undated",) * 5,
    "M28": ("conditional",) * 5,
}


def told(who: Actor, day: str) -> dict[str, str]:
    """The state of every term of the letters on a day, as the database tells it."""
    found = {}
    dialect = current().get_bind().dialect.name
    with acting_as(who), clock.seen_as_of(date.fromisoformat(day)):
        for name in ("commitment", "milestone"):
            dictionary = kind_named(name).dictionary
            query = project(dictionary, who, dialect)
            known = select(ExternalKey.record_id, ExternalKey.key)
            keys = dict(current().execute(known.where(ExternalKey.system == LETTERS)).all())
            model = kind_named(name).model
            for item, number in current().execute(query.add_columns(model.id)):
                if number in keys:
                    found[keys[number]] = json.loads(str(item))["termState"]
    return found


@pytest.mark.parametrize("day", DAYS)
def test_every_term_of_the_letters_stands_where_the_table_says(
    letters: Flask, session: Session, actors: dict[str, Actor], day: str
) -> None:
    column = DAYS.index(day)
    expected = {key: states[column] for key, states in EXPECTED.items()}
    assert told(actors["member"], day) == expected


def due(earliest: str | None, latest: str | None, kind: DateKind = DateKind.DAY) -> PolicyDate:
    first, last = (date.fromisoformat(day) if day else None for day in (earliest, latest))
    return PolicyDate("in woorden", first, last, kind)


@pytest.mark.parametrize(
    ("window", "day", "state"),
    [
        (due("2021-06-01", "2021-07-31"), "2021-05-31", "upcoming"),
        (due("2021-06-01", "2021-07-31"), "2021-06-01", "open"),
        (due("2021-06-01", "2021-07-31"), "2021-07-31", "open"),
        (due("2021-06-01", "2021-07-31"), "2021-08-01", "passed"),
        (due(None, "2021-07-31"), "2020-01-01", "open"),
        (due("2021-06-01", None), "2031-01-01", "open"),
        (due(None, None, DateKind.NONE), "2021-01-01", "undated"),
        (due("2021-06-01", "2021-07-31", DateKind.CONDITIONAL), "2021-08-01", "conditional"),
        (None, "2021-01-01", "undated"),
    ],
)
def test_a_term_has_passed_only_after_its_latest_day(
    window: PolicyDate | None, day: str, state: str
) -> None:
    assert state_of(window, date.fromisoformat(day), soft=False) == state


def test_of_an_aim_or_expectation_it_is_never_said_that_its_term_has_passed(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    kind = kind_named("commitment")
    for strength, state in {
        "promise": "passed",
        "intention": "passed",
        "aim": "not_reached",
        "expectation": "not_reached",
    }.items():
        entity: Any = make("commitment", strength=strength, due="in 2019")
        with acting_as(actors["member"]):
            assert kind.schema().dump(entity)["termState"] == state


def test_nobody_outside_the_core_group_is_told(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    make("commitment", due="in 2019")
    dialect = session.get_bind().dialect.name
    for who, there in {"member": True, "partner": False, "public": False}.items():
        with acting_as(actors[who]):
            query = project(kind_named("commitment").dictionary, actors[who], dialect)
            (item,) = session.scalars(query).all()
        assert ("termState" in json.loads(str(item))) is there
