"""Rounds: what is fixed at opening, who answers, who is reminded, what closing freezes."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.errors import Conflict, Forbidden, Invalid, NotFound
from registry.kind import kind_named
from registry.ledger import Outbox
from registry.rounds import commands, queries
from registry.rounds.models import Item, Reminder, Round, Snapshot
from registry.updates import commands as updates
from registry.updates.models import Update
from tests.factories import Make

ASKED = {
    "title": "Najaar 2020",
    "starts": "2020-07-01",
    "ends": "2020-12-31",
    "deadline": "2021-01-31",
}
SAID = {"state": "on_track", "text": "Volgens plan."}


@pytest.fixture
def initiative(session: Session, make: Make, actors: dict[str, Actor]) -> Any:
    return make("initiative", title="De pilot", keeper_id=actors["member"].home_id)


@pytest.fixture
def theirs(session: Session, make: Make, actors: dict[str, Actor]) -> Any:
    return make("milestone", keeper_id=actors["other_member"].home_id)


def opened(actors: dict[str, Actor], **changed: Any) -> Round:
    made: Round = commands.open_round(actors["secretariat"], {**ASKED, **changed})
    return made


def items(session: Session, found: Round) -> list[Item]:
    query = select(Item).where(Item.round_id == found.id).order_by(Item.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def test_what_is_in_a_round_is_fixed_when_it_is_opened_and_who_is_asked_gets_a_letter(
    session: Session, make: Make, actors: dict[str, Actor], initiative: Any, theirs: Any
) -> None:
    found = opened(actors)
    make("initiative", keeper_id=actors["member"].home_id)
    asked = {(item.record_id, item.organisation_id) for item in items(session, found)}
    assert asked == {
        (initiative.id, actors["member"].home_id),
        (theirs.id, actors["other_member"].home_id),
    }
    told = session.scalars(select(Outbox.payload).where(Outbox.topic == commands.OPENED)).all()
    members = {actors["member"].account_id, actors["other_member"].account_id}
    assert {row["account"] for row in told} == members


def test_a_round_is_limited_by_kind_theme_and_organisation(
    session: Session, make: Make, actors: dict[str, Actor], initiative: Any, theirs: Any
) -> None:
    theme = make.reference("theme")
    keeper = actors["member"].home_id
    about = make("commitment", keeper_id=keeper, payload={"theme": theme})
    organisation = session.get_one(kind_named("partner").model, keeper).reference
    rows = [{"organisation": organisation}]

    def records(**scope: Any) -> set[int]:
        return {item.record_id for item in items(session, opened(actors, **scope))}

    assert records(milestones=True) == {theirs.id}
    assert records(themes=[{"theme": theme}]) == {about.id}
    assert records(organisations=rows) == {initiative.id, about.id}


@pytest.mark.parametrize("spared", [{"isGroup": True}, {"kind": "parliament"}])
def test_neither_a_group_that_nobody_named_nor_the_house_is_asked(
    session: Session, make: Make, actors: dict[str, Actor], spared: dict[str, Any]
) -> None:
    named, other = make("partner"), make("partner", payload=spared)
    rows = [{"partner": one.reference, "role": "executor"} for one in (named, other)]
    make("initiative", participations=rows)
    found = items(session, opened(actors))
    assert [item.organisation_id for item in found] == [named.id]


@pytest.mark.parametrize(
    "hidden",
    [{"audience": "secretariat"}, {"embargo_until": datetime(2030, 1, 1, tzinfo=UTC)}],
)
def test_nobody_is_asked_about_what_they_do_not_see_yet(
    session: Session, make: Make, actors: dict[str, Actor], initiative: Any, hidden: dict[str, Any]
) -> None:
    rows = [{"partner": make("partner").reference, "role": "executor"}]
    kept = make("initiative", keeper_id=actors["member"].home_id, **hidden)
    make("initiative", payload={"participations": rows}, **hidden)
    asked = {item.record_id for item in items(session, opened(actors))}
    assert asked == {initiative.id, kept.id}


def test_an_organisation_of_which_nobody_sees_a_record_is_not_asked_about_it(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    homes = {actors[who].home_id: who for who in ("partner", "member")}
    model = kind_named("partner").model
    rows = [
        {"partner": session.get_one(model, home).reference, "role": "executor"} for home in homes
    ]
    asked = {}
    for audience in ("public", "partners", "core_group"):
        made = make("initiative", participations=rows, audience=audience)
        found = [i for i in items(session, opened(actors)) if i.record_id == made.id]
        asked[audience] = sorted(homes[item.organisation_id] for item in found)
    both = ["member", "partner"]
    assert asked == {"public": both, "partners": both, "core_group": ["member"]}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"deadline": "2020-12-30"}, {"deadline"}),
        ({"deadline": "9999-12-31"}, {"deadline"}),
        ({"ends": "2020-06-30"}, {"ends"}),
        ({"title": ""}, {"title"}),
        ({"milestones": True}, {"_schema"}),
        ({"key": "eigen"}, {"key"}),
    ],
)
def test_a_round_that_cannot_be_is_refused(
    session: Session,
    actors: dict[str, Actor],
    initiative: Any,
    changed: dict[str, Any],
    wrong: set[str],
) -> None:
    with pytest.raises(Invalid) as refused:
        opened(actors, **changed)
    assert set(refused.value.errors) == wrong
    assert session.scalars(select(Round)).all() == []


def test_only_the_secretariat_opens_reminds_and_closes(
    session: Session, actors: dict[str, Actor], initiative: Any
) -> None:
    found, member = opened(actors), actors["member"]
    for step in (
        lambda: commands.open_round(member, ASKED),
        lambda: commands.remind(member, found),
        lambda: commands.close(member, found),
    ):
        with pytest.raises(Forbidden):
            step()


def test_who_is_not_asked_does_not_know_of_a_round(
    session: Session, actors: dict[str, Actor], initiative: Any
) -> None:
    found = opened(actors)
    assert queries.one(actors["member"], found.key) is found
    for who in ("other_member", "partner", "public"):
        with pytest.raises(NotFound):
            queries.one(actors[who], found.key)


def test_an_answer_counts_and_says_what_was_said_last_time(
    session: Session, actors: dict[str, Actor], initiative: Any, theirs: Any
) -> None:
    member, kind = actors["member"], kind_named("initiative")
    updates.report(member, kind, initiative, SAID)
    found = opened(actors)
    assert queries.waiting(member) == 1
    asked = queries.asked(member, found)
    assert queries.last_time(asked, found.opened_at)[asked[0].id].text == SAID["text"]
    commands.answer(member, found, asked[0], {"state": "no_change"})
    assert queries.waiting(member) == 0
    told = {r.name: (r.answered, r.asked) for r in queries.responses(found)}
    assert told == {"OVAL": (1, 1), "MIND": (0, 1)}


def test_a_report_on_the_page_of_a_record_counts_too(
    session: Session, actors: dict[str, Actor], initiative: Any
) -> None:
    found = opened(actors)
    updates.no_change(actors["member"], kind_named("initiative"), initiative)
    assert items(session, found)[0].update_id is not None


@pytest.mark.parametrize(
    "step",
    [
        editing.archive,
        partial(editing.remove, reason="Dubbel"),
        partial(editing.withdraw, reason="Te vroeg"),
    ],
)
def test_nobody_is_asked_any_more_about_what_is_gone(
    session: Session, actors: dict[str, Actor], initiative: Any, theirs: Any, step: Any
) -> None:
    found, member = opened(actors), actors["member"]
    step(actors["secretariat"], kind_named("initiative"), initiative)
    assert queries.asked(member, found) == []
    assert queries.waiting(member) == 0
    assert [(r.name, r.asked) for r in queries.responses(found)] == [("MIND", 1)]


def test_nobody_answers_for_another_organisation(
    session: Session, actors: dict[str, Actor], initiative: Any, theirs: Any
) -> None:
    found = opened(actors)
    asked = queries.asked(actors["member"], found)
    with pytest.raises(NotFound):
        commands.answer(actors["other_member"], found, asked[0], SAID)


def test_who_is_of_two_organisations_answers_for_one_at_a_time(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    homes = sorted(actors[who].home_id or 0 for who in ("member", "other_member"))
    both = replace(actors["member"], organisations=frozenset(homes))
    model = kind_named("partner").model
    rows = [{"partner": session.get_one(model, home).reference} for home in homes]
    entity = make("initiative", participations=[{**row, "role": "executor"} for row in rows])
    found = opened(actors)
    for item in reversed(queries.asked(both, found)):
        made = commands.answer(both, found, item, SAID)
        session.refresh(item)
        assert (made.organisation_id, item.update_id) == (item.organisation_id, made.id)
    first, second = items(session, found)
    assert first.update_id != second.update_id
    key = session.get_one(Update, second.update_id).key
    again = {**SAID, "replaces": key}
    corrected = updates.report(both, kind_named("initiative"), entity, again)
    assert corrected.organisation_id == second.organisation_id


def test_a_report_in_an_open_round_is_not_released(
    session: Session, actors: dict[str, Actor], initiative: Any
) -> None:
    kind, secretariat = kind_named("initiative"), actors["secretariat"]
    found = opened(actors)
    made = updates.report(actors["member"], kind, initiative, SAID)
    with pytest.raises(Conflict):
        updates.release(secretariat, kind, initiative, made)
    commands.close(secretariat, found)
    assert updates.release(secretariat, kind, initiative, made).released_at is not None


def test_nobody_is_reminded_twice_a_day(
    session: Session, actors: dict[str, Actor], initiative: Any, theirs: Any
) -> None:
    found, secretariat = opened(actors), actors["secretariat"]
    updates.no_change(actors["other_member"], kind_named("milestone"), theirs)
    assert commands.remind(secretariat, found) == 1
    assert commands.remind(secretariat, found) == 0
    sent = session.scalars(select(Outbox).where(Outbox.topic == commands.REMINDER)).all()
    assert [(row.payload["account"], row.payload["open"]) for row in sent] == [
        (actors["member"].account_id, 1)
    ]
    assert session.scalar(select(func.count()).select_from(Reminder)) == 1


def test_closing_freezes_what_later_changes_do_not_alter(
    session: Session, actors: dict[str, Actor], initiative: Any
) -> None:
    found, secretariat, kind = opened(actors), actors["secretariat"], kind_named("initiative")
    updates.report(actors["member"], kind, initiative, SAID)
    commands.close(secretariat, found)
    editing.revise(secretariat, kind, initiative, {"title": "Heel anders"})
    updates.report(actors["member"], kind, initiative, {**SAID, "text": "Later."})
    frozen = session.scalars(select(Snapshot).execution_options(populate_existing=True)).one()
    assert frozen.content["record"]["title"] == "De pilot"
    assert [told["text"] for told in frozen.content["updates"]] == ["Volgens plan."]


def test_what_is_closed_stays_closed(
    session: Session, actors: dict[str, Actor], initiative: Any
) -> None:
    found, secretariat = opened(actors), actors["secretariat"]
    asked = queries.asked(actors["member"], found)
    commands.close(secretariat, found)
    closed = found.closed_at
    for step in (
        lambda: commands.close(secretariat, found),
        lambda: commands.remind(secretariat, found),
        lambda: commands.answer(actors["member"], found, asked[0], SAID),
    ):
        with pytest.raises(Conflict):
            step()
    assert found.closed_at == closed
    assert items(session, found)[0].update_id is None
    assert session.scalar(select(func.count()).select_from(Snapshot)) == 1
