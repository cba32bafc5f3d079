"""The feed of changes: what is told to whom, once, in order, and never what was hidden."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from registry import clock, editing
from registry.access import Actor
from registry.keeping.commands import hand_over
from registry.kind import kind_named
from registry.merging.commands import merge
from registry.updates import commands as reports
from tests import databases
from tests.api.conftest import Api, problem
from tests.factories import Make
from tests.following.conftest import Follow
from tests.following.following import FEED, Follower

pytestmark = databases.on_sqlite  # on PostgreSQL: test_in_step, in which all of it happens
INITIATIVE, PARTNER = "initiative", "partner"
CHANGED, REMOVED = "changed", "removed"


def steps(app: Flask, actors: dict[str, Actor]) -> dict[str, Callable[[Any], object]]:
    """What makes a published record hidden for the public."""
    kind, who = kind_named(INITIATIVE), actors["secretariat"]
    soon = clock.now() + timedelta(days=1)
    return {
        "removed": lambda entity: editing.remove(who, kind, entity, reason="dubbel"),
        "withdrawn": lambda entity: editing.withdraw(who, kind, entity, reason="te vroeg"),
        "narrowed": lambda entity: editing.publish(who, kind, entity, audience="partners"),
        "embargoed": lambda entity: editing.publish(who, kind, entity, embargo_until=soon),
    }


def test_every_step_is_told_once_and_in_order(
    app: Flask, make: Make, actors: dict[str, Actor], follow: Follow
) -> None:
    public, kind = follow(), kind_named(INITIATIVE)
    with app.app_context():
        first, second = make(INITIATIVE), make(INITIATIVE)
        editing.revise(actors["secretariat"], kind, first, {"goal": "Rust"})
    news = public.news()
    told = [(e["reference"], e["type"], e["version"], e["kind"]) for e in news]
    assert told == [
        (second.reference, CHANGED, 2, INITIATIVE),
        (first.reference, CHANGED, 3, INITIATIVE),
    ]
    url = news[0]["url"]
    assert url.endswith(f"/api/v1/initiatives/{second.reference}")
    assert public.client.get(url).get_json()["version"] == 2
    again = Follower(public.client, news[0]["cursor"])
    assert again.told() == [(first.reference, CHANGED)]
    assert public.told() == []


@pytest.mark.parametrize("step", ["removed", "withdrawn", "narrowed", "embargoed"])
def test_what_becomes_hidden_is_told_as_removed_once(
    app: Flask, make: Make, actors: dict[str, Actor], follow: Follow, step: str
) -> None:
    with app.app_context():
        entity = make(INITIATIVE)
        public, secretariat = follow(), follow("secretariat")
        steps(app, actors)[step](entity)
        reference = entity.reference
        assert public.told() == [(reference, REMOVED)]
        assert secretariat.told() == [(reference, REMOVED if step == "removed" else CHANGED)]
        if step != "removed":  # what is done to it inside is nobody's business
            kind = kind_named(INITIATIVE)
            editing.revise(actors["secretariat"], kind, entity, {"goal": "Anders"})
            editing.remove(actors["secretariat"], kind, entity, reason="dubbel")
        assert public.told() == []


def test_what_was_never_seen_is_never_told(
    app: Flask, make: Make, actors: dict[str, Actor], api: Api
) -> None:
    with app.app_context():
        kind, who = kind_named(INITIATIVE), actors["secretariat"]
        inside = [
            make(INITIATIVE, state="draft"),
            make(INITIATIVE, audience="secretariat"),
            make(INITIATIVE, embargo_until=clock.now() + timedelta(days=1)),
        ]
        for entity in inside:
            editing.revise(who, kind, entity, {"title": "Iets geheims"})
            editing.remove(who, kind, entity, reason="dubbel")
        references = {entity.reference for entity in inside}
    for who_reads, known in (("public", False), ("partner", False), ("secretariat", True)):
        told = {reference for reference, _ in Follower(api(who_reads)).told()}
        assert (references <= told) is known
        assert bool(references & told) is known


def test_an_embargo_that_passes_is_told_though_nobody_wrote(make: Make, follow: Follow) -> None:
    public = follow()
    until = clock.now() + timedelta(hours=1)
    made = [make.reference(INITIATIVE, embargo_until=until) for _ in range(3)]
    assert public.told() == []
    with time_machine.travel(until + timedelta(minutes=1)):
        public.asked = {"perPage": 2}
        assert public.told() == [(reference, CHANGED) for reference in made]
        assert public.told() == []
        others = Follower(public.client, public.cursor, kind="partner")
        assert others.told() == []


def test_what_is_withdrawn_after_its_embargo_was_seen(
    app: Flask, make: Make, actors: dict[str, Actor], follow: Follow
) -> None:
    until = clock.now() + timedelta(hours=1)
    public = follow()
    with app.app_context():
        entity = make(INITIATIVE, embargo_until=until)
        assert public.told() == []
        with time_machine.travel(until + timedelta(minutes=1)):
            assert public.told() == [(entity.reference, CHANGED)]
            editing.withdraw(actors["secretariat"], kind_named(INITIATIVE), entity, reason="fout")
            assert public.told() == [(entity.reference, REMOVED)]


def test_a_merger_says_into_what_where_that_is_seen(
    app: Flask, make: Make, actors: dict[str, Actor], follow: Follow
) -> None:
    public, kind = follow(), kind_named(PARTNER)
    with app.app_context():
        gone, between, stays = make(PARTNER), make(PARTNER), make(PARTNER)
        initiative = make(INITIATIVE, participations=[{"partner": gone.reference, "role": "lead"}])
        public.news()
        merge(actors["secretariat"], kind, gone, between, "dezelfde")
        merge(actors["secretariat"], kind, between, stays, "dezelfde")
        told = {e["reference"]: (e["type"], e["mergedInto"]) for e in public.news()}
        assert told == {
            gone.reference: (REMOVED, stays.reference),
            between.reference: (REMOVED, stays.reference),
            stays.reference: (CHANGED, None),
            initiative.reference: (CHANGED, None),
        }
        hidden = make(PARTNER), make(PARTNER)
        public.news()
        merge(actors["secretariat"], kind, *hidden, "dezelfde")
        editing.withdraw(actors["secretariat"], kind, hidden[1], reason="te vroeg")
        told = {e["reference"]: (e["type"], e["mergedInto"]) for e in public.news()}
        assert told == {entity.reference: (REMOVED, None) for entity in hidden}


def test_one_sees_ones_own_drafts_until_they_are_anothers(
    app: Flask, make: Make, actors: dict[str, Actor], follow: Follow
) -> None:
    with app.app_context():
        member, other = follow("member"), follow("other_member")
        draft = make(
            INITIATIVE, by="secretariat", state="draft", keeper_id=actors["member"].home_id
        )
        assert (member.told(), other.told()) == ([(draft.reference, CHANGED)], [])
        kind = kind_named(INITIATIVE)
        theirs = editing.one(kind_named(PARTNER), actors["secretariat"], "ORG-0002")
        assert theirs.id == actors["other_member"].home_id
        hand_over(actors["secretariat"], kind, draft, theirs)
        assert member.told() == [(draft.reference, REMOVED)]
        assert other.told() == [(draft.reference, CHANGED)]


def test_a_report_is_a_change_of_its_record_for_who_reads_it(
    app: Flask, make: Make, actors: dict[str, Actor], follow: Follow
) -> None:
    with app.app_context():
        entity = make(INITIATIVE, keeper_id=actors["member"].home_id)
        public, member = follow(), follow("other_member")
        report = {"state": "on_track", "text": "Het loopt."}
        made = reports.report(actors["member"], kind_named(INITIATIVE), entity, report)
        assert (public.told(), member.told()) == ([], [(entity.reference, CHANGED)])
        reports.release(actors["secretariat"], kind_named(INITIATIVE), entity, made)
        assert public.told() == [(entity.reference, CHANGED)]


def test_what_shows_a_name_or_a_row_of_what_changed_is_told_too(
    app: Flask, make: Make, actors: dict[str, Actor], follow: Follow
) -> None:
    who, kind = actors["secretariat"], kind_named(PARTNER)
    with app.app_context():
        partner = make(PARTNER)
        made = [
            make.reference(
                INITIATIVE, participations=[{"partner": partner.reference, "role": "lead"}]
            )
            for _ in range(5)
        ]
        shows = [(reference, CHANGED) for reference in made]
        own = [(partner.reference, CHANGED)]
        all_, some, none = follow(perPage=2), follow(kind=INITIATIVE), follow(kind="theme")
        editing.revise(who, kind, partner, {"name": "Een andere naam"})
        assert (all_.told(), some.told(), none.told()) == (own + shows, shows, [])
        editing.revise(who, kind, partner, {"description": "Wat zij doen"})
        assert (all_.told(), some.told()) == (own, [])
        editing.withdraw(who, kind, partner, reason="te vroeg")
        news = all_.news()
        assert [(e["reference"], e["type"]) for e in news] == [
            (partner.reference, REMOVED),
            *shows,
        ]
        for place, entry in enumerate(news):
            rest = Follower(all_.client, entry["cursor"]).told()
            assert rest == [(e["reference"], e["type"]) for e in news[place + 1 :]]


def test_a_page_says_all_that_is_wrong_with_the_question(api: Api) -> None:
    asked = {"kind": "initiatives", "expand": "all", "perPage": "0", "since": "x", "cursor": "x"}
    found = problem(api("public").get(FEED, query_string=asked))
    assert set(found.errors) == {f"query {name}" for name in asked}


def test_records_come_along_in_as_many_queries_as_there_are_kinds(
    make: Make,
    api: Api,
    follow: Follow,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    public = follow(expand="record", perPage=100)
    asked = []
    for times in (1, 8):
        for _ in range(times):
            make(INITIATIVE), make("theme")
        with count_queries() as queries:
            news = public.news()
        assert len(news) == times * 2
        for entry in news:
            assert entry["record"] == public.client.get(entry["url"]).get_json()
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_page_looks_at_so_many_changes_and_no_more(
    app: Flask,
    make: Make,
    actors: dict[str, Actor],
    follow: Follow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("registry.following.page.WALKED", 4)
    public = follow()
    inside = [make.reference(INITIATIVE, state="draft") for _ in range(9)]
    seen = make.reference(INITIATIVE)
    assert inside
    assert public.told() == [(seen, CHANGED)]
    assert [len(page) for page in public.pages] == [0, 0, 1]
