"""From draft to published: who hands in, who judges, and what readers see meanwhile."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import editing, workflow
from registry.access import Role
from registry.accounts.models import Account, Grant
from registry.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.initiatives.schemas import INITIATIVE
from registry.ledger import Change
from registry.record import State
from tests.factories import Make
from tests.workflow.cases import Actors, ready

# --- handing in ---------------------------------------------------------------------------


def test_a_draft_needs_only_a_title_and_submitting_names_all_that_is_missing(
    session: Session, make: Make, actors: Actors
) -> None:
    bare = make("initiative", by="member", state="draft")
    with pytest.raises(Invalid) as caught:
        workflow.submit(actors["member"], INITIATIVE, bare)
    assert set(caught.value.errors) == {"goal", "themes", "period", "participations"}
    assert bare.record.state == State.DRAFT


def test_the_part_of_another_organisation_is_not_ones_own(
    session: Session, make: Make, actors: Actors
) -> None:
    fields = ready(make, actors) | {
        "participations": [{"partner": make.reference("partner"), "role": "lead"}]
    }
    entity = make("initiative", by="member", state="draft", **fields)
    with pytest.raises(Invalid) as caught:
        workflow.submit(actors["member"], INITIATIVE, entity)
    assert set(caught.value.errors) == {"participations"}


def test_author_submitter_and_reviewer_are_kept_apart(published: Any, actors: Actors) -> None:
    record = published.record
    assert record.owner_id == record.submitter_id == actors["member"].account_id
    assert record.reviewer_id == actors["secretariat"].account_id
    assert record.submitted_at < record.reviewed_at


def test_what_is_submitted_is_not_changed_by_its_maker_but_can_be_taken_back(
    submitted: Any, actors: Actors
) -> None:
    with pytest.raises(Forbidden):
        editing.revise(actors["member"], INITIATIVE, submitted, {"goal": "Anders"})
    editing.withdraw(actors["member"], INITIATIVE, submitted)
    assert submitted.record.state == State.DRAFT


def test_what_is_submitted_is_hidden_from_others(submitted: Any, actors: Actors) -> None:
    for who in ("other_member", "partner", "public"):
        with pytest.raises(NotFound):
            editing.one(INITIATIVE, actors[who], submitted.reference)


def test_it_cannot_be_submitted_twice(submitted: Any, actors: Actors) -> None:
    with pytest.raises(Conflict):
        workflow.submit(actors["secretariat"], INITIATIVE, submitted)


def test_it_is_returned_with_a_note_and_submitted_again(submitted: Any, actors: Actors) -> None:
    with pytest.raises(Invalid):
        workflow.send_back(actors["secretariat"], INITIATIVE, submitted, note="  ")
    entity = editing.one(INITIATIVE, actors["secretariat"], submitted.reference)
    workflow.send_back(actors["secretariat"], INITIATIVE, entity, note="Noem het doel korter.")
    assert (entity.record.state, entity.record.review_note) == ("returned", "Noem het doel korter.")
    editing.revise(actors["member"], INITIATIVE, entity, {"goal": "Rust"})
    workflow.submit(actors["member"], INITIATIVE, entity)
    assert (entity.record.state, entity.record.review_note) == ("submitted", None)


def test_only_the_secretariat_sends_back(submitted: Any, actors: Actors) -> None:
    with pytest.raises(Forbidden):
        workflow.send_back(actors["member"], INITIATIVE, submitted, note="Nee")


def test_two_reviewers_at_once_do_not_both_judge(submitted: Any, actors: Actors) -> None:
    seen = submitted.record.version
    editing.publish(actors["secretariat"], INITIATIVE, submitted, version=seen)
    entity = editing.one(INITIATIVE, actors["administrator"], submitted.reference)
    with pytest.raises(Stale):
        workflow.send_back(
            actors["administrator"], INITIATIVE, entity, note="Te laat", version=seen
        )
    assert entity.record.state == State.PUBLISHED


# --- nobody judges their own work ---------------------------------------------------------


@pytest.fixture
def own(session: Session, make: Make, actors: Actors) -> Any:
    """Submitted by the secretariat itself."""
    entity = make("initiative", state="draft", **ready(make, actors))
    return workflow.submit(actors["secretariat"], INITIATIVE, entity)


def test_nobody_publishes_what_they_submitted(own: Any, actors: Actors) -> None:
    with pytest.raises(Forbidden):
        editing.publish(actors["secretariat"], INITIATIVE, own)


def test_who_is_alone_in_the_role_does_and_it_is_marked(
    own: Any, session: Session, actors: Actors
) -> None:
    for grant in session.scalars(select(Grant).where(Grant.role == Role.ADMINISTRATOR)):
        session.get_one(Account, grant.account_id).active = False
    session.commit()
    editing.publish(actors["secretariat"], INITIATIVE, own)
    last = session.scalars(select(Change).order_by(Change.seq.desc())).first()
    assert last is not None
    assert last.reason == "Zelf beoordeeld: niemand anders kon het"
