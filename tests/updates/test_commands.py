"""Reporting how things stand: who may, what it needs, that nothing is overwritten, who sees it."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.access import Actor
from registry.errors import Conflict, Forbidden, Invalid, NotSignedIn
from registry.history import queries as history
from registry.history.seen import Seen
from registry.history.subjects import subject
from registry.kind import kind_named
from registry.ledger import Change, Outbox
from registry.past.verification import verify
from registry.updates import commands, queries
from registry.updates.models import Update
from tests.factories import Make

INITIATIVE = "initiative"
ON_TRACK = {"state": "on_track", "text": "De pilot is van start."}


def of_oval(make: Make, actors: dict[str, Actor], kind: str = INITIATIVE, **kw: Any) -> Any:
    """A published record that the organisation of "member" keeps."""
    return make(kind, keeper_id=actors["member"].home_id, **kw)


def report(actor: Actor, entity: Any, **payload: Any) -> Update:
    kind = kind_named(entity.record.kind)
    made: Update = commands.report(actor, kind, entity, payload or ON_TRACK)
    return made


def errors(actor: Actor, entity: Any, **payload: Any) -> set[str]:
    with pytest.raises(Invalid) as refused:
        report(actor, entity, **payload)
    return set(refused.value.errors)


@pytest.mark.parametrize("kind", [INITIATIVE, "commitment", "milestone"])
def test_who_keeps_a_record_reports_on_it(
    session: Session, make: Make, actors: dict[str, Actor], kind: str
) -> None:
    entity = of_oval(make, actors, kind)
    made = report(actors["member"], entity)
    assert (made.organisation_id, made.actor_name) == (actors["member"].home_id, "Member")
    assert made.day.isoformat() == "2020-12-31"


def test_an_organisation_that_takes_part_reports_too(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    names = {p.name: p for p in session.scalars(select(kind_named("partner").model))}
    rows = [{"partner": names["MIND"].reference, "role": "executor"}]
    entity = of_oval(make, actors, participations=rows)
    assert report(actors["other_member"], entity).organisation_id == actors["other_member"].home_id


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("other_member", Forbidden), ("partner", Forbidden), ("public", NotSignedIn)],
)
def test_who_has_nothing_to_do_with_a_record_does_not_report(
    session: Session, make: Make, actors: dict[str, Actor], who: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        report(actors[who], of_oval(make, actors))
    assert session.scalars(select(Update)).all() == []


def test_a_draft_has_no_state_of_affairs(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    with pytest.raises(Forbidden):
        report(actors["member"], of_oval(make, actors, state="draft"))


@pytest.mark.parametrize(
    ("payload", "wrong"),
    [
        ({}, {"state"}),
        ({"state": "on_track"}, {"text"}),
        ({"state": "behind", "text": "Later"}, {"reason"}),
        ({"state": "behind", "text": "Later", "reason": "other"}, {"reasonWords"}),
        ({"state": "done", "text": "Klaar", "reason": "funding"}, {"reason"}),
        ({"state": "on_track", "text": "Goed", "day": "2021-01-01"}, {"day"}),
        ({"state": "on_track", "text": "Goed", "key": "abc"}, {"key"}),
        ({"state": "on_track", "text": "Goed", "replaces": "abc"}, {"replaces"}),
        ({"state": "on_track", "text": "Goed", "evidence": [{"why": "Want"}]}, {"evidence"}),
        (
            {"state": "on_track", "text": "Goed", "evidence": [{"link": "https://a.nl"}]},
            {"evidence"},
        ),
    ],
)
def test_what_is_missing_is_said(
    session: Session,
    make: Make,
    actors: dict[str, Actor],
    payload: dict[str, Any],
    wrong: set[str],
) -> None:
    entity = of_oval(make, actors)
    with pytest.raises(Invalid) as refused:
        commands.report(actors["member"], kind_named(INITIATIVE), entity, payload)
    assert set(refused.value.errors) == wrong
    assert session.scalars(select(Update)).all() == []


def test_nothing_changed_needs_no_words(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity = of_oval(make, actors)
    made = commands.no_change(actors["member"], kind_named(INITIATIVE), entity)
    assert (made.state, made.text) == ("no_change", None)


def test_a_report_rests_on_an_address_or_on_words_of_a_document(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    passages = [{"quote": "Er loopt een pilot"}]
    document = make("document", passages=passages).reference
    evidence = [
        {"why": "Eigen meting", "link": "https://registry.example/meting"},
        {"why": "Staat er", "document": document, "quote": "Er loopt een pilot"},
    ]
    entity = of_oval(make, actors)
    report(actors["member"], entity, **ON_TRACK, evidence=evidence)
    series = queries.series(actors["member"], entity.id)
    found = queries.told(actors["member"], series[0], series)["evidence"]
    assert [row["link"] for row in found] == ["https://registry.example/meting", None]
    assert found[1]["quote"] == "Er loopt een pilot"


def test_words_that_are_no_passage_are_refused(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    rows = [{"why": "Staat er", "document": make("document").reference, "quote": "Verzonnen"}]
    assert errors(actors["member"], of_oval(make, actors), **ON_TRACK, evidence=rows) == {
        "evidence"
    }


def test_a_correction_is_a_new_row(session: Session, make: Make, actors: dict[str, Actor]) -> None:
    entity, member = of_oval(make, actors), actors["member"]
    first = report(member, entity)
    second = report(member, entity, state="done", text="Afgerond.", replaces=first.key)
    series = queries.series(member, entity.id)
    assert [u.key for u in series] == [second.key, first.key]
    assert [queries.told(member, u, series)["replaced"] for u in series] == [False, True]
    assert first.text == ON_TRACK["text"]
    assert errors(member, entity, **ON_TRACK, replaces=first.key) == {"replaces"}


def test_nobody_corrects_what_another_organisation_reported(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity = of_oval(make, actors)
    theirs = report(actors["secretariat"], entity)
    assert errors(actors["member"], entity, **ON_TRACK, replaces=theirs.key) == {"replaces"}


def test_the_public_sees_a_report_from_its_release_and_never_the_judgement(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity = of_oval(make, actors)
    made = report(actors["member"], entity, state="behind", text="Uitgesteld.", reason="capacity")
    for who, count in {"other_member": 1, "partner": 0, "public": 0, "secretariat": 1}.items():
        assert len(queries.series(actors[who], entity.id)) == count, who
    commands.release(actors["secretariat"], kind_named(INITIATIVE), entity, made)
    seen = queries.series(actors["public"], entity.id)
    told = queries.told(actors["public"], seen[0], seen)
    assert told["text"] == "Uitgesteld."
    assert {"state", "reason", "reasonWords", "by"} & set(told) == set()


def test_a_report_is_released_once_and_by_the_secretariat(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity, kind = of_oval(make, actors), kind_named(INITIATIVE)
    made = report(actors["member"], entity)
    with pytest.raises(Forbidden):
        commands.release(actors["member"], kind, entity, made)
    commands.release(actors["secretariat"], kind, entity, made)
    with pytest.raises(Conflict):
        commands.release(actors["secretariat"], kind, entity, made)


def test_a_hidden_record_hides_its_reports(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity = of_oval(make, actors, audience="secretariat")
    made = report(actors["secretariat"], entity)
    commands.release(actors["secretariat"], kind_named(INITIATIVE), entity, made)
    assert queries.series(actors["public"], entity.id) == []
    assert queries.series(actors["other_member"], entity.id) == []


def test_the_history_tells_of_it_to_the_core_group_and_stays_whole(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity = of_oval(make, actors)
    made = report(actors["member"], entity)

    def actions(who: str) -> list[str]:
        query = history.of_record(actors[who], entity.record)
        return [change.action for change in session.scalars(query)]

    assert actions("other_member")[0] == "update"
    assert "update" not in actions("public") + actions("partner")
    everything = session.execute(history.of_everything(actors["public"])).all()
    assert "update" not in [change.action for change, _ in everything]
    seq = session.scalar(select(Change.seq).order_by(Change.seq.desc()).limit(1))
    assert session.scalar(select(Outbox.topic).where(Outbox.seq == seq)) == "update"
    commands.release(actors["secretariat"], kind_named(INITIATIVE), entity, made)
    assert actions("public")[:2] == ["release_update", "update"]
    told = session.scalars(history.of_record(actors["public"], entity.record)).all()[1]
    seen = Seen(actors["public"], [(subject(told, entity.record), told)])
    shown = {pair["path"] for pair in seen.pairs(subject(told, entity.record), told)}
    assert shown == {"day", "text", "reportedAt", "organisation"}
    assert verify() is None
