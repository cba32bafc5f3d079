"""Readiness: by which reasons, on which day, and for whom."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.access import Actor
from registry.errors import Forbidden
from registry.plan.models import Plan
from registry.readiness import judging, queries
from tests import databases
from tests.browsing import Client, SignedIn
from tests.factories import Make

DAY = date(2021, 6, 15)
"""Of the rule; the rest of the file has a day of its own."""


def milestone(number: int, **own: Any) -> dict[str, Any]:
    """A milestone that lacks nothing, due at the end of June."""
    due = {"text": "", "earliest": "2021-06-30", "latest": "2021-06-30", "kind": "day"}
    whole = {"state": "on_track", "owner": {"reference": "ORG-1"}, "ownerWords": None, "due": due}
    rest: dict[str, Any] = {"dependsOn": [], "evidence": [], "title": f"M{number}", "titleEn": None}
    return {"reference": f"MIL-{number:04}", **whole, **rest, **own}


def on(latest: str, earliest: str | None = None) -> dict[str, Any]:
    return {"earliest": earliest or latest, "latest": latest, "kind": "day", "text": ""}


def waits(number: int) -> list[dict[str, Any]]:
    return [{"milestone": {"reference": f"MIL-{number:04}"}}]


PROVEN = {"state": "done", "evidence": [{"why": "De brief"}]}
THEME = {"theme": {"reference": "THE-1", "name": "Preventie", "nameEn": None}}
FIRST, SECOND = on("2021-06-20"), on("2021-07-20", "2021-07-01")


@pytest.mark.parametrize(
    ("milestones", "level", "reasons"),
    [
        ([], "not_ready", ["no_milestones"]),
        ([milestone(1, **PROVEN)], "ready", []),
        ([milestone(1, state="dropped")], "ready", []),
        ([milestone(1)], "on_course", []),
        ([milestone(1, state="done")], "at_risk", ["no_evidence"]),
        ([milestone(1, due=on("2021-06-14"))], "not_ready", ["passed"]),
        ([milestone(1, due=on("2021-06-15"))], "on_course", []),
        ([milestone(1, state="late")], "not_ready", ["late"]),
        ([milestone(1, state="at_risk")], "at_risk", ["at_risk"]),
        ([milestone(1, owner=None)], "at_risk", ["no_owner"]),
        ([milestone(1, owner=None, ownerWords="het platform")], "on_course", []),
        ([milestone(1, due=None)], "at_risk", ["undated"]),
        ([milestone(1, due={**on(""), "kind": "conditional"})], "at_risk", ["conditional"]),
        ([milestone(1, due=FIRST), milestone(2, due=SECOND, dependsOn=waits(1))], "on_course", []),
        ([milestone(1, due=SECOND), milestone(2, dependsOn=waits(1))], "at_risk", ["waits"]),
        ([milestone(1, state="dropped"), milestone(2, dependsOn=waits(1))], "at_risk", ["waits"]),
        ([milestone(1, **PROVEN), milestone(2, dependsOn=waits(1))], "on_course", []),
    ],
)
def test_a_plan_is_as_ready_as_its_milestones(
    milestones: list[dict[str, Any]], level: str, reasons: list[str]
) -> None:
    content = {"plan": {"themes": []}, "measures": [], "milestones": milestones}
    found = judging.judge(content, {}, DAY)
    assert (found.level, [reason.code for reason in found.reasons]) == (level, reasons)


def test_a_theme_of_the_plan_needs_a_measure() -> None:
    content: dict[str, Any] = {"plan": {"themes": [THEME]}, "milestones": [milestone(1)]}
    found = judging.judge({**content, "measures": [{"theme": None}]}, {}, DAY)
    assert [reason.code for reason in found.reasons] == ["no_measures"]
    assert judging.judge({**content, "measures": [THEME]}, {}, DAY).reasons == []


def test_the_road_of_the_letters_on_five_days(
    letters: Flask, session: Session, actors: dict[str, Actor]
) -> None:
    plan = session.scalars(select(Plan)).one()
    found = {}
    for day in ("2020-12-31", "2021-02-15", "2021-06-15", "2021-08-15", "2022-01-01"):
        with clock.seen_as_of(date.fromisoformat(day)):
            found[day] = queries.readiness(actors["member"], plan).level
    assert found == {
        "2020-12-31": "at_risk",
        "2021-02-15": "at_risk",
        "2021-06-15": "at_risk",
        "2021-08-15": "not_ready",
        "2022-01-01": "not_ready",
    }
    with pytest.raises(Forbidden):
        queries.readiness(actors["partner"], plan)


@databases.on_sqlite
def test_the_reasons_are_on_the_page_and_in_the_api(
    signed_in: SignedIn, make: Make, api: Callable[[str], Client]
) -> None:
    reference = make.reference("plan", title="Plan")
    late = make.reference("milestone", title="Brief", plan=reference, due="1 mei 2021")
    url = f"/plans/{reference}"
    page = signed_in("member").get(f"{url}?asOf=2021-06-15").text
    assert "De termijn van “Brief” is voorbij" in page
    assert f"/milestones/{late}" in page
    assert "has no owner" in signed_in("member").get(f"{url}/readiness?lang=en").text
    assert "heeft geen trekker" not in signed_in("partner").get(url).text
    told = api("member").get(f"/api/v1{url}/readiness?asOf=2021-06-15").get_json()
    assert (told["level"], told["asOf"]) == ("not_ready", "2021-06-15")
    assert [(one["code"], one["record"]) for one in told["reasons"]] == [
        ("passed", late),
        ("no_owner", late),
    ]
    assert api("partner").get(f"/api/v1{url}/readiness").status_code == 403
