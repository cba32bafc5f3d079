"""Lines of an annex: written, asked, agreed to and remarked on, each by who may."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor, system
from registry.commitments.schemas import COMMITMENT
from registry.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.ledger import Change, Outbox
from registry.notifications.letters import write
from registry.privacy.commands import erase
from registry.privacy.queries import held
from registry.reports import commands, queries
from registry.reports.schemas import ANNEX
from registry.sources.schemas import DOCUMENT
from registry.updates import commands as updates
from tests import databases, people
from tests.factories import Make

Actors = dict[str, Actor]
LATER = {"day": "2020-12-01", "state": "on_track", "text": "Er is overlegd."}


@pytest.fixture
def annex(session: Session, make: Make, actors: Actors) -> Any:
    """An annex that the core group sees."""
    return queries.annex(actors["secretariat"], make.reference("annex"))


@pytest.fixture
def promise(make: Make, actors: Actors) -> Any:
    """A promise that the organisation of "member" keeps."""
    return make("commitment", keeper_id=actors["member"].home_id)


def test_the_owner_agrees_and_a_new_text_takes_that_back(
    session: Session, actors: Actors, annex: Any, promise: Any
) -> None:
    line = commands.agree(actors["member"], annex, promise.reference)
    assert (line.agreement, line.organisation_id) == ("agreed", actors["member"].home_id)
    with pytest.raises(Conflict):
        commands.agree(actors["member"], annex, promise.reference)
    text = {"text": "Het overleg is gaande."}
    line = commands.write(actors["secretariat"], annex, promise.reference, text, version=1)
    assert (line.agreement, line.text, line.version) == ("not_asked", *text.values(), 2)
    told = select(Change.action, Change.changes).where(Change.subject == queries.LINE)
    (first, _), (last, pairs) = session.execute(told.order_by(Change.seq))
    assert (first, last) == ("agree_line", "write_line")
    assert {"path": "agreement", "old": "agreed", "new": "not_asked"} in pairs
    remark = {"remark": "Dit klopt niet."}
    assert commands.remark(actors["member"], annex, promise.reference, remark).agreement == "remark"


def test_only_who_owns_a_line_agrees_to_it_and_only_the_secretariat_writes(
    session: Session, make: Make, actors: Actors, annex: Any, promise: Any
) -> None:
    for who in ("other_member", "public", "partner"):
        with pytest.raises((Forbidden, NotFound)):
            commands.agree(actors[who], annex, promise.reference)
    with pytest.raises(Forbidden):
        commands.write(actors["member"], annex, promise.reference, {"text": "Van een lid"})
    assert commands.agree(actors["secretariat"], annex, promise.reference).organisation_id is None
    hidden = make("commitment", keeper_id=None, audience="secretariat")
    agreed = make("commitment", strength="agreement")
    for other in (hidden.reference, agreed.reference, "COM-9999", "a\0"):
        with pytest.raises(NotFound):
            commands.agree(actors["member"], annex, other)


@databases.on_sqlite
def test_two_writers_of_one_line_do_not_overwrite_each_other(
    session: Session, actors: Actors, annex: Any, promise: Any
) -> None:
    secretariat = actors["secretariat"]
    commands.write(secretariat, annex, promise.reference, {"text": "Een"}, version=0)
    with pytest.raises(Stale):
        commands.write(secretariat, annex, promise.reference, {"text": "Twee"}, version=0)
    with pytest.raises(Invalid):
        commands.write(secretariat, annex, promise.reference, {"text": "a" * 100_000})


def test_each_person_is_asked_by_one_letter_of_the_lines_that_they_own(
    session: Session, make: Make, actors: Actors, annex: Any, promise: Any
) -> None:
    make("commitment", keeper_id=actors["member"].home_id)
    loose = make("commitment")
    asked = commands.ask(actors["secretariat"], annex)
    assert (asked.lines, asked.mails, asked.nobody) == (2, 1, [loose.reference])
    (letter,) = session.scalars(select(Outbox.payload).where(Outbox.topic == commands.TOPIC))
    assert (letter["account"], letter["lines"]) == (actors["member"].account_id, 2)
    mail = write(commands.TOPIC, people.account("member"), letter)
    assert f"/annexes/{annex.reference}\n" in mail.text
    with pytest.raises(Invalid):
        commands.ask(actors["secretariat"], annex)
    draft = make("annex", state="draft")
    with pytest.raises(Conflict):
        commands.ask(
            actors["secretariat"], queries.annex(actors["secretariat"], draft.reference), None
        )


def test_an_agreement_is_to_the_report_that_was_read(
    session: Session, actors: Actors, annex: Any, promise: Any
) -> None:
    report = updates.report(actors["member"], COMMITMENT, promise, LATER)
    updates.release(actors["secretariat"], COMMITMENT, promise, report)
    line = commands.agree(actors["member"], annex, promise.reference)
    assert line.update_key == report.key


@databases.on_sqlite
def test_who_is_erased_leaves_the_lines(
    session: Session, actors: Actors, annex: Any, promise: Any
) -> None:
    remark = {"remark": f"Vraag {people.email('member')}."}
    commands.remark(actors["member"], annex, promise.reference, remark)
    assert len(held(people.email("member"))["lines"]) == 1
    erase(system("Register (privacy)", "cli"), people.email("member"))
    session.expire_all()
    line = queries.said_of(annex, promise.record)
    assert line is not None
    assert (line.actor_name, line.actor_id, line.remark) == ("[gewist]", None, "Vraag [gewist].")


@databases.on_sqlite
def test_an_annex_is_shown_to_the_core_group_at_most(
    session: Session, actors: Actors, annex: Any
) -> None:
    for audience in ("partners", "public"):
        with pytest.raises(Conflict):
            editing.publish(actors["secretariat"], ANNEX, annex, audience=audience)
    with pytest.raises(NotFound):
        queries.annex(actors["partner"], annex.reference)


@databases.on_sqlite
def test_a_coming_letter_has_no_number_and_holds_what_comes_back_in_it(
    session: Session, make: Make, actors: Actors
) -> None:
    coming = {"kind": "letter", "planned": True, "expected": "in juni 2021"}
    letter = make("document", payload=coming)
    made = make("commitment", expectedIn=letter.reference)
    assert made.expected_in is letter
    sent: dict[str, Any] = {"officialDate": "2021-06-28", "dossier": "25883", "number": "420"}
    with pytest.raises(Invalid):
        editing.revise(actors["secretariat"], DOCUMENT, letter, sent)
    sent["planned"] = False
    editing.revise(actors["secretariat"], DOCUMENT, letter, sent)
