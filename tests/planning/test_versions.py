"""Versions of the plan: frozen for good, compared, adopted and followed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from registry import clock, editing
from registry.access import Actor
from registry.api.bodies import MERGE_PATCH
from registry.errors import Conflict, Forbidden, Invalid
from registry.plan.schemas import MEASURE, MILESTONE, PLAN
from registry.planning import commands, comparing, queries
from tests import databases
from tests.browsing import Client, SignedIn
from tests.factories import Make

Actors = dict[str, Actor]


@pytest.fixture
def plan(session: Session, make: Make) -> Any:
    """A plan with two milestones and a measure."""
    made = make("plan", title="Plan van aanpak", ambition="Minder burn-outklachten")
    make("milestone", title="Concept", plan=made.reference, due="1 mei 2021")
    make("milestone", title="Plan", plan=made.reference, due="30 juni 2021")
    make("measure", title="Handreiking", plan=made.reference)
    return made


def frozen(actors: Actors, plan: Any, name: str = "Eerste versie") -> Any:
    return commands.freeze(actors["secretariat"], plan, {"name": name})


def since(plan: Any, version: Any) -> dict[str, tuple[str, int | None]]:
    """What differs now from a version: title → (what happened, by how many days)."""
    found = comparing.compared(version.content, queries.current(plan))
    return {one.item["title"]: (one.change, one.days) for one in found}


def revise(actors: Actors, kind: Any, entity: Any, **payload: Any) -> None:
    editing.revise(actors["secretariat"], kind, entity, payload)


def milestone(plan: Any, title: str, actors: Actors) -> Any:
    content = queries.current(plan)["milestones"]
    reference = next(item["reference"] for item in content if item["title"] == title)
    return editing.one(MILESTONE, actors["secretariat"], reference)


def test_a_version_tells_what_was_added_dropped_moved_and_changed(
    session: Session, make: Make, actors: Actors, plan: Any
) -> None:
    version = frozen(actors, plan)
    assert since(plan, version) == {}
    moved = {"due": "14 juli 2021", "moves": [{"change": "moved", "why": "Meer tijd nodig."}]}
    revise(actors, MILESTONE, milestone(plan, "Plan", actors), **moved)
    gone = milestone(plan, "Concept", actors)
    editing.remove(actors["secretariat"], MILESTONE, gone, reason="dubbel")
    make("milestone", title="Brief aan de Kamer", plan=plan.reference)
    revise(actors, PLAN, plan, ambition="Geen burn-outklachten")
    measure = queries.current(plan)["measures"][0]["reference"]
    revise(actors, MEASURE, editing.one(MEASURE, actors["member"], measure), means="€ 1")
    assert since(plan, version) == {
        "Plan van aanpak": ("changed", None),
        "Brief aan de Kamer": ("added", None),
        "Concept": ("dropped", None),
        "Plan": ("moved", 14),
        "Handreiking": ("changed", None),
    }


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ({"latest": "2021-06-30"}, {"latest": "2021-07-14"}, 14),
        ({"latest": "2021-06-30"}, {"latest": "2021-06-23"}, -7),
        ({"latest": "2021-06-30"}, {"latest": "2021-06-30"}, None),
        ({"earliest": "2021-06-30"}, {"earliest": "2021-07-01", "latest": None}, 1),
        ({"latest": "2021-06-30"}, None, None),
    ],
)
def test_a_term_moves_by_its_last_day(before: Any, after: Any, days: int | None) -> None:
    assert comparing.moved(before, after) == days


def test_nobody_changes_a_version_in_the_database(
    session: Session, actors: Actors, plan: Any
) -> None:
    version = frozen(actors, plan)
    commands.adopt(actors["secretariat"], plan, version, {})
    for table in ("plan_version", "plan_adoption"):
        for verb in ("UPDATE {} SET id = id", "DELETE FROM {}"):
            with pytest.raises(DBAPIError), session.begin_nested():
                session.execute(text(verb.format(table)))


def test_a_version_of_an_empty_plan_is_refused(
    session: Session, make: Make, actors: Actors
) -> None:
    with pytest.raises(Invalid) as refused:
        frozen(actors, make("plan"))
    assert refused.value.errors == {"_schema": [commands.EMPTY]}
    with pytest.raises(Invalid) as refused:
        frozen(actors, make("plan", state="draft", ambition="Iets"))
    assert refused.value.errors == {"_schema": [queries.UNPUBLISHED]}


def test_a_name_is_used_once_and_only_the_secretariat_freezes(
    session: Session, actors: Actors, plan: Any
) -> None:
    frozen(actors, plan)
    with pytest.raises(Invalid) as refused:
        frozen(actors, plan)
    assert refused.value.errors == {"name": [commands.TAKEN]}
    with pytest.raises(Forbidden):
        commands.freeze(actors["member"], plan, {"name": "Van een lid"})


def test_what_only_the_secretariat_sees_is_in_no_version(
    session: Session, make: Make, actors: Actors, plan: Any
) -> None:
    make("milestone", title="Geheim", plan=plan.reference, audience="secretariat")
    make("milestone", title="Concept van een lid", plan=plan.reference, state="draft")
    version = frozen(actors, plan)
    titles = {item["title"] for item in version.content["milestones"]}
    assert titles == {"Concept", "Plan"}
    narrowed = milestone(plan, "Plan", actors)
    editing.publish(actors["secretariat"], MILESTONE, narrowed, audience="secretariat")
    for who, left in {"member": 1, "secretariat": 0}.items():
        assert queries.seen(actors[who], version.content)["leftOut"] == left


def test_the_version_adopted_last_is_followed(session: Session, actors: Actors, plan: Any) -> None:
    first, second = (frozen(actors, plan, name) for name in ("Een", "Twee"))
    commands.adopt(actors["secretariat"], plan, first, {"day": "2020-06-01"})
    commands.adopt(actors["secretariat"], plan, second, {"day": "2020-11-01"})
    for day, version in {(2020, 5): None, (2020, 7): first, (2020, 12): second}.items():
        with clock.seen_as_of(date(*day, 1)):
            assert queries.followed(plan.id) is version
    with pytest.raises(Conflict):
        commands.adopt(actors["secretariat"], plan, first, {})
    with pytest.raises(Invalid):
        commands.adopt(
            actors["secretariat"], plan, frozen(actors, plan, "Drie"), {"day": "2031-01-01"}
        )


def test_a_day_stands_for_what_was_registered_at_its_end(
    session: Session, actors: Actors, plan: Any
) -> None:
    today = clock.now().date()
    _, then = queries.named(plan, today.isoformat(), "from")
    assert comparing.compared(then, queries.current(plan)) == []
    with pytest.raises(Invalid) as refused:
        queries.named(plan, "2019-01-01", "from")
    assert refused.value.errors == {"from": [queries.TOO_EARLY]}
    with pytest.raises(Invalid) as refused:
        queries.named(plan, "gisteren", "from")
    assert refused.value.errors == {"from": [queries.NO_SUCH]}


def test_a_comparison_asks_no_more_of_a_longer_plan(
    session: Session,
    make: Make,
    actors: Actors,
    plan: Any,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    def asked() -> int:
        with count_queries() as found:
            queries.on(plan, clock.now().date())
            queries.current(plan)
        return len(found)

    before = asked()
    for _ in range(3):
        make("milestone", plan=plan.reference)
    assert asked() == before


@databases.on_sqlite
def test_the_screens_go_from_freezing_to_following(
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    signed_in: SignedIn,
    make: Make,
    api: Callable[[str], Client],
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    reference = make.reference("plan", title="Plan", ambition="Minder klachten")
    first = make.reference("milestone", title="Brief", plan=reference, due="1 mei 2021")
    url, secretariat = f"/plans/{reference}", signed_in("secretariat")
    page = secretariat.post(f"{url}/versions/new", data={"name": "Voor de kerngroep"})
    key = page.headers["Location"].rpartition("/")[2]
    again = secretariat.post(f"{url}/versions/new", data={"name": "Voor de kerngroep"})
    assert (again.status_code, "Er is al een versie" in again.text) == (400, True)
    secretariat.post(f"{url}/versions/{key}/adoption", data={"day": "2020-12-01"})
    body = {"due": "8 mei 2021", "moves": [{"change": "moved", "why": "Meer tijd."}]}
    at, api_of = f"/api/v1/milestones/{first}", api("secretariat")
    headers = {"If-Match": api_of.get(at).headers["ETag"], "Content-Type": MERGE_PATCH}
    assert api_of.patch(at, json=body, headers=headers).status_code == 200
    member = signed_in("member")
    assert "Afwijking van de vastgestelde planversie" in member.get(url).text
    told = member.get(f"{url}/comparison").text
    assert "7 dagen later" in told
    assert "7 days later" in member.get(f"{url}/comparison?lang=en").text
    answer = api("member").get(f"/api/v1/plans/{reference}/comparison?from={key}")
    (one,) = answer.get_json()["differences"]
    assert (one["reference"], one["change"], one["days"]) == (first, "moved", 7)
    assert signed_in("partner").get(f"{url}/versions").status_code == 403
    assert "Voor de kerngroep" not in signed_in("partner").get(url).text


@databases.on_sqlite
def test_a_plan_that_was_withdrawn_is_compared_with_nothing(
    signed_in: SignedIn, make: Make, actors: Actors
) -> None:
    reference = make.reference("plan", ambition="Minder klachten")
    with make.app.app_context():
        own = editing.one(PLAN, actors["secretariat"], reference)
        commands.adopt(actors["secretariat"], own, frozen(actors, own), {})
        editing.withdraw(actors["secretariat"], PLAN, own, reason="nog niet af")
    secretariat, url = signed_in("secretariat"), f"/plans/{reference}"
    assert secretariat.get(url).status_code == 200
    assert secretariat.get(f"{url}/comparison").status_code == 400
