"""A frozen annex: it never changes, nobody reads more of it than they may, and two are compared."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.annexes import commands, comparing, working
from registry.commitments.schemas import COMMITMENT
from registry.db import session as database
from registry.errors import Conflict, Forbidden, Invalid
from registry.history import subjects
from registry.jobs.models import Job
from registry.jobs.working import work_due
from registry.ledger import Change
from registry.reports import commands as reports
from registry.reports import queries
from registry.reports.models import AnnexFreeze
from registry.reports.schemas import ANNEX
from tests import databases
from tests.browsing import Client
from tests.factories import Make

Actors = dict[str, Actor]
CONFIRMED: Mapping[str, Any] = {"unagreed": True}


@pytest.fixture
def annex(session: Session, make: Make, actors: Actors) -> Any:
    """An annex with two promises of "member", one of them agreed to."""
    letter = make("document", officialDate="2021-01-11")
    for words in ("Een overleg", "Een handreiking"):
        make("commitment", text=words, keeper_id=actors["member"].home_id, due="in 2021")
    made = make("annex", previousLetter=letter.reference)
    found = queries.annex(actors["secretariat"], made.reference)
    (first, _) = queries.records(actors["secretariat"], found)
    reports.agree(actors["member"], found, first.reference)
    return found


def frozen(actors: Actors, annex: Any) -> AnnexFreeze:
    return commands.freeze(actors["secretariat"], annex, CONFIRMED)


def promise(actors: Actors, words: str = "Een overleg") -> Any:
    query = select(COMMITMENT.model).where(COMMITMENT.model.text == words)
    found = database().scalars(query).one()
    return editing.one(COMMITMENT, actors["secretariat"], found.reference)


def test_nobody_changes_a_frozen_annex(session: Session, actors: Actors, annex: Any) -> None:
    made = frozen(actors, annex)
    assert (made.number, made.unagreed) == ("2021-1", 1)
    assert made.content["number"] == "2021-1"
    before = json.dumps(made.content)
    editing.revise(actors["secretariat"], COMMITMENT, promise(actors), {"text": "Iets anders"})
    session.expire_all()
    kept = queries.freeze(annex.id)
    assert kept is not None
    assert json.dumps(kept.content) == before
    assert commands.verified(kept)
    for verb in ("UPDATE annex_freeze SET id = id", "DELETE FROM annex_freeze"):
        with pytest.raises(DBAPIError), session.begin_nested():
            session.execute(text(verb))
    annex = queries.annex(actors["secretariat"], annex.reference)
    reference = promise(actors, "Een handreiking").reference
    for change in (
        lambda: editing.revise(actors["secretariat"], ANNEX, annex, {"title": "Anders"}),
        lambda: reports.write(actors["secretariat"], annex, reference, {"text": "Anders"}),
        lambda: reports.agree(actors["member"], annex, reference),
        lambda: frozen(actors, annex),
    ):
        with pytest.raises(Conflict) as refused:
            change()
        assert refused.value.detail == queries.FROZEN


@databases.on_sqlite
def test_what_nobody_agreed_to_must_be_confirmed_and_is_told(
    session: Session, make: Make, actors: Actors, annex: Any
) -> None:
    with pytest.raises(Invalid) as refused:
        commands.freeze(actors["secretariat"], annex, {})
    assert refused.value.errors["unagreed"] == [commands.CONFIRM.format(n=1)]
    with pytest.raises(Forbidden):
        commands.freeze(actors["member"], annex, CONFIRMED)
    nothing = make("annex", strengths=[{"strength": "motion"}])
    with pytest.raises(Invalid) as refused:
        frozen(actors, queries.annex(actors["secretariat"], nothing.reference))
    assert refused.value.errors == {"_schema": [commands.NOTHING]}
    frozen(actors, annex)
    told = session.scalars(select(Change.changes).where(Change.action == "freeze_annex")).one()
    assert {"path": "unagreed", "old": None, "new": 1} in told


@databases.on_sqlite
def test_readers_see_of_a_frozen_annex_what_they_may_see_now(
    session: Session, actors: Actors, annex: Any
) -> None:
    frozen(actors, annex)
    editing.publish(actors["secretariat"], ANNEX, annex, audience="public")
    for who, there in {"member": True, "partner": False, "public": False}.items():
        (line, _) = comparing.of(annex, actors[who])["commitments"]
        assert ("termState" in line, "agreement" in line) == (there, there)
    assert "unagreed" not in comparing.of(annex, actors["public"])["open"]
    for who, told in {
        "other_member": {"agree_line", "freeze_annex"},
        "public": {"freeze_annex"},
    }.items():
        of_annex = Change.subject.is_not(None) & (Change.record_id == annex.id)
        read = select(Change.action).where(of_annex, subjects.seen(actors[who]))
        assert set(session.scalars(read)) == told
    editing.publish(actors["secretariat"], COMMITMENT, promise(actors), audience="core_group")
    for who, count in {"other_member": 0, "public": 1}.items():
        found = comparing.of(annex, actors[who])
        assert (len(found["commitments"]), found["leftOut"]) == (2 - count, count)


@databases.on_sqlite
def test_the_public_gets_neither_notes_nor_counts_of_what_it_does_not_see(
    session: Session, make: Make, actors: Actors, annex: Any
) -> None:
    words = "Dit zijn de woorden."
    paper = make.reference("document", passages=[{"quote": words}])
    why = {"field": "text", "document": paper, "quote": words, "basis": "derived"}
    why |= {"why": "Zo sprak de kerngroep af."}
    make("commitment", text="Binnen", audience="core_group", sources=[why])
    theme, sector = make.reference("theme"), make.reference("sector")
    make(
        "initiative",
        audience="core_group",
        themes=[{"theme": theme, "basis": "classified"}],
        sectors=[{"sector": sector, "basis": "classified"}],
        statuses=[{"status": "running", "from": "2018"}],
    )
    frozen(actors, annex)
    editing.publish(actors["secretariat"], ANNEX, annex, audience="public")
    for who, told in {"member": True, "public": False}.items():
        found = comparing.of(annex, actors[who])
        counts = [cell["count"] for each in found["gaps"] for cell in each["cells"]]
        assert (why["why"] in json.dumps(found), any(counts)) == (told, told)


@databases.on_sqlite
def test_what_is_hidden_when_it_is_composed_is_left_out_and_counted(
    session: Session, make: Make, actors: Actors, annex: Any
) -> None:
    make("commitment", text="Geheim", audience="secretariat", keeper_id=None)
    for who, count in {"other_member": 1, "secretariat": 0}.items():
        assert comparing.of(annex, actors[who])["leftOut"] == count
    assert "Geheim" not in json.dumps(frozen(actors, annex).content)


@databases.on_sqlite
def test_a_copy_of_the_same_day_corrects_and_has_the_texts_without_the_agreements(
    session: Session, actors: Actors, annex: Any
) -> None:
    text, own = {"text": "Volgt."}, promise(actors)
    reports.write(actors["secretariat"], annex, own.reference, text)
    reports.agree(actors["member"], annex, own.reference)
    frozen(actors, annex)
    again = reports.copy(actors["secretariat"], annex, {"title": "Verbeterd"})
    lines = queries.said(again.id).values()
    assert [(line.text, line.agreement) for line in lines] == [("Volgt.", "not_asked")]
    assert (again.previous_annex, again.previous_letter) == (None, annex.previous_letter)


def test_a_new_annex_is_made_of_a_frozen_one_and_compared_with_it(
    session: Session, make: Make, actors: Actors, annex: Any
) -> None:
    frozen(actors, annex)
    later = {"asOf": "2021-08-15", "title": "De volgende"}
    made = reports.copy(actors["secretariat"], annex, later)
    changed = {
        "statuses": [
            {"status": "open", "from": "1 mei 2020"},
            {"status": "met", "from": "1 juli 2021"},
        ],
        "due": "in 2022",
        "moves": [{"change": "moved", "why": "Meer tijd nodig."}],
    }
    editing.revise(actors["secretariat"], COMMITMENT, promise(actors), changed)
    gone = promise(actors, "Een handreiking")
    editing.remove(actors["secretariat"], COMMITMENT, gone, reason="dubbel")
    make("commitment", text="Een nieuwe", due="in 2021")
    copy = queries.annex(actors["secretariat"], made.reference)
    assert (copy.previous_annex, copy.previous_letter) == (annex, None)
    before, after = (comparing.of(each, actors["member"]) for each in (annex, copy))
    found = comparing.compared(before, after)
    assert {one.line["title"]: (one.change, one.fields) for one in found} == {
        "Een nieuwe": ("added", ()),
        "Een handreiking": ("dropped", ()),
        "Een overleg": ("changed", ("due", "termState", "status")),
    }
    told = {line["title"]: [c["what"] for c in line["changed"]] for line in after["commitments"]}
    assert told == {"Een overleg": ["status", "due"], "Een nieuwe": ["new"]}


@databases.on_sqlite
def test_a_large_annex_is_frozen_by_a_worker(
    session: Session, actors: Actors, annex: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "SMALL", 1)
    way = (f"/annexes/{annex.reference}", "/annexes")
    asked = working.freeze(actors["secretariat"], annex, CONFIRMED, language="nl", to=way)
    assert isinstance(asked, Job)
    assert work_due() == 1
    session.expire_all()
    done = session.scalars(select(Job)).one()
    assert (done.state, done.result) == ("done", {"number": "2021-1"})
    assert queries.freeze(annex.id) is not None


@databases.on_sqlite
def test_how_many_agreed_is_no_matter_of_the_public(
    actors: Actors, annex: Any, api: Callable[[str], Client]
) -> None:
    frozen(actors, annex)
    editing.publish(actors["secretariat"], ANNEX, annex, audience="public")
    for who, there in {"other_member": True, "public": False}.items():
        told = api(who).get(f"/api/v1/annexes/{annex.reference}/history").get_data(as_text=True)
        assert "2021-1" in told
        assert ("unagreed" in told) == there
