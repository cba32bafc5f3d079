"""The figures of the letters on five days, and that every number opens what it counts."""

import re
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from registry import clock, listing
from registry.access import Actor, acting_as
from registry.kind import kinds
from registry.rounds import commands as rounds
from registry.steering.figures import Progress, progress
from registry.steering.scope import asked
from tests import databases
from tests.browsing import Client, Page, SignedIn, words
from tests.factories import Make
from tests.timing.test_states import DAYS, EXPECTED

NUMBERS = ".//main//a[@data-count]", ".//main//span[@data-count]/.."
JUDGEMENTS = ("termState", "actuality", "reason", "state")
KINDS = {kind.collection: kind for kind in kinds()}


def seen(who: Actor, day: str, **of: str) -> Progress:
    with acting_as(who), clock.seen_as_of(date.fromisoformat(day)):
        return progress(asked({"asOf": day, **of}))


def counts(found: Progress, section: str, name: str) -> dict[str, int]:
    """What a section counts by one name alone."""
    return {
        f.of[name]: f.count for f in found.figures if f.section == section and [*f.of] == [name]
    }


def disagreeing(who: Actor, found: Progress) -> list[str]:
    """The figures whose list has another number of records."""
    wrong = []
    for figure in found.figures:
        args = {**figure.asked, "count": ["true"], "perPage": ["1"]}
        args["asOf"] = [found.scope.day.isoformat()]
        with acting_as(who):
            total = listing.page(figure.kind, who, listing.ask(figure.kind, who, args)).total
        if total != figure.count:
            wrong.append(f"{figure}: the list has {total}")
    return wrong


@pytest.mark.parametrize("day", DAYS)
def test_the_terms_of_the_letters_are_counted_as_the_table_by_hand_has_them(
    letters: Flask, session: Session, actors: dict[str, Actor], day: str
) -> None:
    found, column = seen(actors["member"], day), DAYS.index(day)
    for section, letter in (("commitments", "T"), ("milestones", "M")):
        states = Counter(s[column] for key, s in EXPECTED.items() if key.startswith(letter))
        assert counts(found, section, "termState") == states


@databases.on_sqlite
@pytest.mark.parametrize("day", DAYS)
def test_every_figure_of_the_letters_is_that_of_its_list(
    letters: Flask, session: Session, actors: dict[str, Actor], day: str
) -> None:
    assert disagreeing(actors["secretariat"], seen(actors["secretariat"], day)) == []


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2020-12-31", {}),
        ("2021-02-15", {"passed": 1}),
        ("2021-06-15", {"passed": 3, "milestones_passed": 1}),
        ("2021-08-15", {"passed": 4, "not_reached": 2, "milestones_passed": 4}),
        ("2022-01-01", {"passed": 9, "not_reached": 2, "milestones_passed": 6}),
    ],
)
@databases.on_sqlite
def test_what_passed_asks_for_attention_and_what_was_hoped_for_was_not_reached(
    letters: Flask, session: Session, actors: dict[str, Actor], day: str, told: dict[str, int]
) -> None:
    found = counts(seen(actors["member"], day), "attention", "reason")
    names = ("passed", "not_reached", "milestones_passed", "agreements_passed")
    assert {name: found[name] for name in names if name in found} == told
    assert {n: found[n] for n in ("conditional", "undated")} == {"conditional": 2, "undated": 3}


@databases.on_sqlite
def test_the_letters_have_so_many_of_each(
    letters: Flask, session: Session, actors: dict[str, Actor]
) -> None:
    found, later = (seen(actors["public"], day) for day in ("2020-12-31", "2022-01-01"))
    strengths = {"promise": 5, "motion": 1, "announcement": 22}
    soft = {"intention": 1, "aim": 1, "expectation": 1}
    assert counts(found, "commitments", "strength") == strengths | soft
    assert found.one("agreements") is None
    same = {"running": 9, "issued": 4, "completed": 2, "paused": 1, "merged": 1, "none": 1}
    treaty = {"in_preparation": 4, "in_force": 1}, {"in_preparation": 3, "in_force": 2}
    assert counts(found, "initiatives", "status") == same | treaty[0]
    assert counts(later, "initiatives", "status") == same | treaty[1]
    assert counts(found, "initiatives", "theme")["none"] == 4


@databases.on_sqlite
@pytest.mark.parametrize(
    ("who", "day"),
    [
        ("secretariat", DAYS[3]),
        *(
            pytest.param(who, day, marks=pytest.mark.prove)
            for who in ("public", "partner", "member", "secretariat")
            for day in DAYS
        ),
    ],
)
def test_every_number_on_the_page_opens_exactly_what_it_counts(
    letters: Flask, signed_in: SignedIn, who: str, day: str
) -> None:
    client = signed_in(who)
    page = client.page(f"/progress?asOf={day}")
    found = {a.get("href", ""): int(re.findall(r"\d+", words(a))[0]) for a in numbers(page)}
    assert len(found) > 20
    assert {url: total(client, url) for url in found} == found


def numbers(page: Page) -> list[Element]:
    return [element for path in NUMBERS for element in page.all(path)]


def total(client: Client, url: str) -> int:
    """How many records a list says that it has."""
    return int(re.findall(r"(\d+) result", client.page(url).text)[0])


@databases.on_sqlite
def test_nobody_outside_the_core_group_is_told_a_judgement(
    letters: Flask, session: Session, actors: dict[str, Actor]
) -> None:
    for who in ("public", "partner"):
        names = {name for f in seen(actors[who], "2022-01-01").figures for name in f.of}
        assert names.isdisjoint(JUDGEMENTS)
        assert names == {"strength", "status", "theme", "of"}
    names = {name for f in seen(actors["member"], "2022-01-01").figures for name in f.of}
    assert names >= {*JUDGEMENTS}


@databases.on_sqlite
def test_a_chart_is_a_drawing_of_the_table_below_it(letters: Flask, signed_in: SignedIn) -> None:
    for who, told in (("public", "openstaand"), ("member", "termijn verstreken")):
        client = signed_in(who)
        page = client.page("/progress?asOf=2021-06-15&lang=nl")
        for image in page.all(".//main//img"):
            drawing = client.get(image.get("src", ""))
            assert drawing.mimetype == "image/svg+xml"
            text = drawing.get_data(as_text=True)
            assert ">Toezegging<" in text or ">Preventie<" in text
            assert "style" not in text
        (first, _) = (image.get("alt", "") for image in page.all(".//main//img"))
        assert "aankondiging: " in first
        assert told in first
    assert client.get("/progress/charts/nothing.svg").status_code == 404


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("1990-01-01", "Van deze dag is niets vastgelegd: de eerste dag is 1 januari 2018."),
        ("2019-12-31", "Van de 31 toezeggingen en voornemens zijn er 20 pas na deze dag gedaan."),
        ("2021-06-15", ""),
    ],
)
@databases.on_sqlite
def test_a_day_before_all_was_said_is_told_so(
    letters: Flask, client: Client, day: str, told: str
) -> None:
    page = client.page(f"/progress?asOf={day}").text
    assert told in page
    assert ("deze dag" in page) is bool(told)


@databases.on_sqlite
def test_the_same_figures_for_one_organisation_and_one_theme(
    letters: Flask, session: Session, actors: dict[str, Actor]
) -> None:
    for of in ({"organisation": "ORG-0001"}, {"theme": "THE-0002"}):
        found = seen(actors["secretariat"], "2021-06-15", **of)
        assert found.one("initiatives")
        assert disagreeing(actors["secretariat"], found) == []
        assert all(figure.count for figure in found.figures)


@databases.on_sqlite
def test_agreements_are_counted_apart(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    make("commitment", strength="agreement", due="in 2019")
    make("commitment", strength="promise", due="in 2019")
    found = seen(actors["member"], "2020-12-31")
    for section in ("commitments", "agreements"):
        assert (one := found.one(section))
        assert one.count == 1
        assert counts(found, section, "termState") == {"passed": 1}
    told = counts(found, "attention", "reason")
    assert (told["passed"], told["agreements_passed"]) == (1, 1)
    assert disagreeing(actors["member"], found) == []


@databases.on_sqlite
def test_the_number_of_questions_to_the_database_does_not_grow(
    session: Session,
    make: Make,
    actors: dict[str, Actor],
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    asked_for = []
    for _ in range(2):
        for kind in ("initiative", "commitment", "milestone", "theme", "partner"):
            make(kind)
        session.expire_all()
        with count_queries() as queries:
            seen(actors["secretariat"], "2020-12-31")
        asked_for.append(len(queries))
    assert asked_for[0] == asked_for[1] < 15


@databases.on_sqlite
def test_the_response_to_the_open_round_is_counted_and_listed(
    app: Flask, make: Make, actors: dict[str, Actor], signed_in: SignedIn
) -> None:
    asked = {"title": "Najaar", "starts": "2020-07-01", "ends": "2020-12-31"}
    with app.app_context():
        make("initiative", by="member", statuses=[{"status": "running"}])
        rounds.open_round(actors["secretariat"], {**asked, "deadline": "2022-01-31"})
    for who, told in (("secretariat", ["1", "1"]), ("member", ["1", "1"]), ("other_member", [])):
        page = signed_in(who).page("/progress")
        shown = [a for a in numbers(page) if "/progress/response" in a.get("href", "")]
        assert [re.findall(r"\d+", words(a))[0] for a in shown] == told
        lists = [signed_in(who).page(a.get("href", "")) for a in shown]
        assert [str(len(one.all(".//main//tbody/tr"))) for one in lists] == told


@databases.on_sqlite
def test_every_mistake_in_the_address_is_told(app: Flask, api: Callable[[str], Client]) -> None:
    client = api("public")
    for url in ("/progress?asOf=morgen", "/progress?organisation=ORG-9999"):
        assert client.get(url).status_code == 400
    refused = told(client, "?since=x&theme=INI-0001")
    assert {error["location"] for error in refused["errors"]} == {"since", "theme"}
    assert told(client, "?asOf=1800-01-01")["figures"] == []


def told(client: Client, query: str) -> Any:
    return client.get(f"/api/v1/progress{query}").get_json()


def test_the_api_gives_the_same_figures_with_their_lists(
    letters: Flask, api: Callable[[str], Client]
) -> None:
    for who, judging in (("public", False), ("member", True)):
        client = api(who)
        found = told(client, "?asOf=2021-06-15")
        assert ("round" in found) is judging
        assert found["plan"]["due"]["text"] == "medio 2021"
        figure = next(f for f in found["figures"] if f["of"] == {"strength": "announcement"})
        address = urlsplit(figure["href"])
        assert parse_qs(address.query)["asOf"] == ["2021-06-15"]
        answer = client.get(f"{address.path}?{address.query}&count=true")
        assert answer.headers["Total-Count"] == str(figure["count"]) == "22"
