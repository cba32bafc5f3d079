"""Actuality: which records, from when, for whom, and the same in SQL as in Python."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.access import Actor, acting_as
from registry.db import session as current
from registry.freshness import queries, schemas
from registry.initiatives.models import Initiative
from registry.kind import kind_named
from registry.projection import project
from registry.record import Record
from registry.schema import only_shown
from registry.updates import commands
from tests import databases
from tests.browsing import Client, SignedIn
from tests.factories import Make
from tests.spreadsheets import opened, parsed

DAY = date(2020, 12, 31)
RUNNING = [{"status": "running", "from": "januari 2020"}]


def reported(actors: dict[str, Actor], entity: Any, *days: date) -> None:
    kind = kind_named(entity.record.kind)
    for day in days:
        payload = {"state": "no_change", "day": day.isoformat()}
        commands.report(actors["secretariat"], kind, entity, payload)


def both_ways(session: Session, who: Actor, entity: Any) -> list[dict[str, Any]]:
    """What is told of an entity by the database, and by the dictionary in Python."""
    kind = kind_named(entity.record.kind)
    query = project(kind.dictionary, who, session.get_bind().dialect.name)
    twin = kind.schema(only=tuple(only_shown(kind.dictionary, who.view)))
    with acting_as(who):
        item = json.loads(str(session.scalar(query.where(Record.id == entity.id))))
        return [
            {name: one[name] for name in ("reportedOn", "actuality") if name in one}
            for one in (item, twin.dump(entity))
        ]


@pytest.mark.parametrize("days", [0, 30, 31, 60, 61, 180, 181])
def test_the_expression_says_the_same_as_its_twin(
    session: Session, make: Make, actors: dict[str, Actor], days: int
) -> None:
    last = DAY - timedelta(days=days)
    entity = make("initiative", statuses=RUNNING)
    reported(actors, entity, date(2020, 1, 2), last)
    (one,) = queries.running_records(actors["member"])
    assert (one.day, one.band) == (last, schemas.band(last, DAY))
    told = {"reportedOn": last.isoformat(), "actuality": one.band}
    assert both_ways(session, actors["member"], entity) == [told, told]


@pytest.mark.parametrize(
    ("kind", "payload", "band"),
    [
        ("initiative", {"statuses": [{"status": "stopped", "from": "januari 2020"}]}, None),
        ("initiative", {"statuses": [{"status": "running", "from": "januari 2021"}]}, None),
        ("commitment", {"statuses": [{"status": "open", "from": "januari 2020"}]}, "never"),
        ("commitment", {}, None),
        ("milestone", {}, "never"),
        ("milestone", {"states": [{"state": "dropped"}]}, None),
    ],
)
def test_what_does_not_run_has_no_actuality(
    session: Session,
    make: Make,
    actors: dict[str, Actor],
    kind: str,
    payload: dict[str, Any],
    band: str | None,
) -> None:
    told = {"reportedOn": None, "actuality": band}
    entity = make(kind, payload=payload)
    assert both_ways(session, actors["member"], entity) == [told, told]
    draft = make(kind, state="draft", payload=payload)
    assert [e["actuality"] for e in both_ways(session, actors["secretariat"], draft)] == [None] * 2
    assert both_ways(session, actors["partner"], entity) == [{}, {}]


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
    assert schemas.band(DAY - timedelta(days=days), DAY) == band
    assert schemas.band(None, DAY) == "never"


def test_only_what_runs_has_to_be_up_to_date(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    stopped = [{"status": "stopped", "from": "januari 2020"}]
    make("initiative", statuses=stopped)
    make("milestone", states=[{"state": "done"}])
    make("initiative", state="draft", statuses=RUNNING)
    open_ = make("commitment", statuses=[{"status": "open", "from": "januari 2020"}])
    todo, initiative = make("milestone"), make("initiative", statuses=RUNNING)
    found = {one.record.id: one.band for one in queries.running_records(actors["member"])}
    assert found == dict.fromkeys((open_.id, todo.id, initiative.id), "never")


def test_it_is_told_as_of_the_reference_date(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    reported(actors, make("initiative", statuses=RUNNING), date(2020, 6, 1), date(2020, 12, 1))
    with clock.seen_as_of(date(2020, 7, 15)):
        (one,) = queries.running_records(actors["member"])
    assert (one.day, one.band) == (date(2020, 6, 1), "acceptable")


def test_a_report_that_was_corrected_does_not_count(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity, kind = make("initiative", statuses=RUNNING), kind_named("initiative")
    wrong = commands.no_change(actors["secretariat"], kind, entity)
    payload = {"state": "no_change", "day": "2020-06-01", "replaces": wrong.key}
    commands.report(actors["secretariat"], kind, entity, payload)
    assert queries.running_records(actors["member"])[0].day == date(2020, 6, 1)


@databases.on_sqlite
def test_the_core_group_filters_and_reads_it_at_every_door_and_nobody_else_does(
    signed_in: SignedIn, api: Callable[[str], Client], make: Make, actors: dict[str, Actor]
) -> None:
    make("initiative", title="Nooit", statuses=RUNNING)
    make("initiative", title="Lang geleden", statuses=RUNNING)
    with make.app.app_context():
        found = current().scalars(select(Initiative).where(Initiative.title == "Lang geleden"))
        reported(actors, found.one(), date(2020, 2, 1))
    asked = "actuality=stale"
    for who, there in {"member": True, "partner": False, "public": False}.items():
        browser, json_ = signed_in(who), api(who)
        page, file = (browser.get(f"/initiatives{at}?{asked}").text for at in ("", "/list.csv"))
        assert (">Nooit<" in page) is not there, who
        assert ("niet actueel" in page) is there, who
        rows = parsed(file)
        assert [row["title"] for row in rows] == ["Lang geleden"] + ["Nooit"] * (not there)
        assert [row.get("actuality") for row in rows] == ["stale"] if there else [None] * 2
        (book,) = [opened(browser.get(f"/initiatives/list.xlsx?{asked}").data)["initiatives"]]
        assert len(book) == len(rows)
        answer = json_.get(f"/api/v1/initiatives?{asked}")
        assert answer.status_code == (200 if there else 400), who
        if there:
            (item,) = answer.get_json()
            assert (item["title"], item["reportedOn"]) == ("Lang geleden", "2020-02-01")
    as_of = api("member").get(f"/api/v1/initiatives?{asked}&asOf=2020-03-01&count=true")
    assert as_of.headers["Total-Count"] == "0"
    first = api("member").get(f"/api/v1/initiatives?{asked}&asOf=0001-01-01&count=true")
    assert first.headers["Total-Count"] == "0"


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
