"""What was reported and asked of a record that is merged is of the one that stays."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock, editing
from registry.access import Actor
from registry.initiatives.schemas import INITIATIVE
from registry.merging.commands import merge
from registry.partners.schemas import PARTNER
from registry.past import verification
from registry.plan.schemas import MILESTONE
from registry.record import Record
from registry.reminders import commands
from registry.reminders.models import Done, Escalation, Line, Pause
from registry.reminders.run import run
from registry.reports import commands as lines
from registry.reports import queries as reports
from registry.rounds import commands as rounds
from registry.rounds.models import Item, Reminder
from registry.sources.schemas import DOCUMENT
from registry.updates import commands as updates
from registry.updates.models import Evidence, Update
from tests.factories import Make

Actors = dict[str, Actor]


def test_reports_and_what_rounds_ask_are_of_what_stays(
    session: Session, make: Make, actors: Actors
) -> None:
    boss, member = actors["secretariat"], actors["member"]
    gone, into = (make("initiative", keeper_id=member.home_id) for _ in range(2))
    asked = {"title": "Najaar", "starts": "2020-07-01", "ends": "2020-12-31"}
    found = rounds.open_round(boss, {**asked, "deadline": "2021-01-31"})
    said = {"state": "on_track", "text": "Volgens plan."}
    made = updates.report(member, INITIATIVE, gone, said)
    rounds.remind(boss, found)
    annex = reports.annex(boss, make.reference("annex"))
    lines.write(boss, annex, gone.reference, {"text": "Loopt."})
    merge(boss, INITIATIVE, gone, into, "dubbel")
    assert [*reports.said(annex.id)] == [into.id]
    assert session.scalars(select(Update.record_id)).all() == [into.id]
    one = session.scalars(select(Item)).all()
    assert [(i.record_id, i.update_id) for i in one] == [(into.id, made.id)]
    home = editing.one(PARTNER, boss, session.get_one(Record, member.home_id).reference)
    other = make("partner")
    merge(boss, PARTNER, home, other, "dubbel")
    for column in (Update.organisation_id, Item.organisation_id, Reminder.organisation_id):
        assert set(session.scalars(select(column))) == {other.id}
    assert verification.verify() is None


def test_what_was_reminded_of_and_paused_is_of_what_stays(
    session: Session, make: Make, actors: Actors
) -> None:
    home, boss = actors["member"].home_id, actors["secretariat"]
    medio = {"text": "medio 2021", "earliest": "2021-06-01", "latest": "2021-07-31"}
    gone, into = (make("milestone", keeper_id=home, payload={"due": medio}) for _ in range(2))
    session.add(Done(day=date(2020, 1, 1), ended_at=clock.now()))
    for day in ("2021-08-01", "2021-08-31", "2021-09-30", "2021-10-30"):
        run(boss, date.fromisoformat(day))
    for one in (gone, into):
        commands.pause(boss, {"reference": one.reference, "reason": "in gesprek"})
    merge(boss, MILESTONE, gone, into, "dubbel")
    organisation, other = session.get_one(Record, home), make("partner")
    merge(boss, PARTNER, editing.one(PARTNER, boss, organisation.reference), other, "dubbel")
    models: list[Any] = [Pause, Escalation, Line]
    found = {
        model: [
            (row.record_id, getattr(row, "organisation_id", other.id))
            for row in session.scalars(select(model).order_by(model.record_id))
        ]
        for model in models
    }
    of_what_stays = (into.id, other.id)
    counts = {model: rows.count(of_what_stays) == len(rows) for model, rows in found.items()}
    assert counts == dict.fromkeys(found, True)
    assert [len(rows) for rows in found.values()] == [1, 1, 3]


def test_what_a_report_rests_on_is_words_of_what_stays(
    session: Session, make: Make, actors: Actors
) -> None:
    gone, into = make("document", passages=[{"quote": "rust en ruimte"}]), make("document")
    rests = {"document": gone.reference, "quote": "rust en ruimte", "why": "staat daar"}
    said = {"state": "on_track", "text": "Volgens plan.", "evidence": [rests]}
    about = make("initiative", keeper_id=actors["member"].home_id)
    updates.report(actors["member"], INITIATIVE, about, said)
    merge(actors["secretariat"], DOCUMENT, gone, into, "zelfde brief")
    found = session.scalars(select(Evidence)).one()
    assert found.document_id == into.id
    assert found.passage is not None
    assert found.passage.parent_id == into.id
