"""Changes of what is published: proposed, compared, adopted, sent back and taken back."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import editing, workflow
from registry.errors import Conflict, Forbidden, Invalid, NotFound
from registry.initiatives.schemas import INITIATIVE
from registry.ledger import Change
from registry.partners.schemas import PARTNER
from registry.workflow import RevisionState, queries
from registry.workflow.comparing import differences
from tests.databases import on_sqlite
from tests.factories import Make
from tests.workflow.cases import Actors, again, propose, reference


def test_readers_keep_what_is_published_until_a_proposal_is_adopted(
    published: Any, actors: Actors, session: Session
) -> None:
    version = published.record.version
    revision = propose(actors, published, goal="Meer rust")
    assert (published.goal, published.record.version) == ("Minder werkdruk", version)
    workflow.adopt(actors["secretariat"], INITIATIVE, published, revision)
    assert published.goal == "Meer rust"
    assert (revision.state, revision.reviewer_name) == (RevisionState.PUBLISHED, "Secretariat")
    last = session.scalars(select(Change).order_by(Change.seq.desc())).first()
    assert last is not None
    assert (last.action, last.actor_name) == ("adopt", "Secretariat")
    assert last.reason == "Voorstel van OVAL"  # everybody reads it: no name of a person


@on_sqlite
def test_the_history_names_no_organisation_that_is_hidden(
    published: Any, actors: Actors, session: Session
) -> None:
    revision = propose(actors, published, goal="Meer rust")
    organisation = editing.one(PARTNER, actors["member"], reference(actors["member"]))
    editing.publish(actors["secretariat"], PARTNER, organisation, audience="secretariat")
    workflow.adopt(actors["secretariat"], INITIATIVE, again(actors, published), revision)
    last = session.scalars(select(Change).order_by(Change.seq.desc())).first()
    assert last is not None
    assert last.reason == "Voorstel van een organisatie"


def test_what_a_member_proposes_is_cited_as_their_statement(published: Any, actors: Actors) -> None:
    revision = propose(actors, published, website="https://oval.example/werkdruk")
    workflow.adopt(actors["secretariat"], INITIATIVE, published, revision)
    (cited,) = [c for c in published.sources if c.field == "website"]
    assert cited.basis == "reported"
    assert "OVAL" in str(cited.why)


def test_who_takes_part_may_propose_and_who_does_not_may_not(
    published: Any, make: Make, actors: Actors
) -> None:
    with pytest.raises(Forbidden):
        propose(actors, published, "other_member", goal="Van mij")
    partner = reference(actors["other_member"])
    published = again(actors, published)
    rows = [{"key": p.key} for p in published.participations]
    editing.revise(
        actors["secretariat"],
        INITIATIVE,
        published,
        {"participations": [*rows, {"partner": partner, "role": "participant"}]},
    )
    assert propose(actors, published, "other_member", goal="Samen").state == RevisionState.SUBMITTED


def test_proposing_again_adds_to_what_is_open(published: Any, actors: Actors) -> None:
    first = propose(actors, published, goal="Een")
    second = propose(actors, published, summary="Twee")
    assert first is second
    assert second.payload == {"goal": "Een", "summary": "Twee"}


def test_a_proposal_is_validated_when_it_is_made(published: Any, actors: Actors) -> None:
    with pytest.raises(Invalid):
        propose(actors, published, title="")
    with pytest.raises(Invalid):
        propose(actors, published)


def test_a_proposal_does_not_overwrite_what_changed_since(published: Any, actors: Actors) -> None:
    revision = propose(actors, published, goal="Van het lid")
    editing.revise(actors["secretariat"], INITIATIVE, published, {"goal": "Van het secretariaat"})
    with pytest.raises(Conflict) as judged:
        workflow.adopt(actors["secretariat"], INITIATIVE, published, revision)
    assert again(actors, published).goal == "Van het secretariaat"
    assert revision.state == RevisionState.SUBMITTED
    assert "(Doel). Stuur het voorstel terug" in judged.value.detail.nl
    assert "(Goal). Send the proposal back" in judged.value.detail.en
    with pytest.raises(Conflict) as own:
        propose(actors, published, summary="Kort")
    assert "(Doel). Neem dit terug uit uw voorstel" in own.value.detail.nl
    assert "(Goal). Take this back from your proposal" in own.value.detail.en


def test_a_proposal_survives_a_change_of_something_else(published: Any, actors: Actors) -> None:
    revision = propose(actors, published, goal="Van het lid")
    editing.revise(actors["secretariat"], INITIATIVE, published, {"summary": "Kort"})
    workflow.adopt(actors["secretariat"], INITIATIVE, published, revision)
    assert (published.goal, published.summary) == ("Van het lid", "Kort")


def test_a_returned_proposal_is_improved_and_waits_again(published: Any, actors: Actors) -> None:
    revision = propose(actors, published, goal="Een")
    workflow.return_revision(actors["secretariat"], revision, note="Korter")
    assert (revision.state, revision.note) == (RevisionState.RETURNED, "Korter")
    again = propose(actors, published, goal="1")
    assert again is revision
    assert again.state == RevisionState.SUBMITTED


def test_only_its_author_takes_a_proposal_back(published: Any, actors: Actors) -> None:
    revision = propose(actors, published, goal="Een")
    with pytest.raises(Forbidden):
        workflow.retract(actors["secretariat"], revision)
    workflow.retract(actors["member"], revision)
    assert revision.state == RevisionState.WITHDRAWN
    with pytest.raises(Conflict):
        workflow.adopt(actors["secretariat"], INITIATIVE, published, revision)


def test_a_proposal_is_seen_by_its_author_the_keeper_and_the_secretariat(
    published: Any, actors: Actors
) -> None:
    key = propose(actors, published, goal="Een").key
    for who in ("member", "secretariat", "administrator"):
        assert queries.revision(actors[who], key).key == key
    for who in ("other_member", "partner", "public"):
        with pytest.raises(NotFound):
            queries.revision(actors[who], key)


def test_the_counts_of_what_waits(published: Any, actors: Actors) -> None:
    before = queries.waiting(actors["secretariat"])
    revision = propose(actors, published, goal="Een")
    assert queries.waiting(actors["secretariat"]) == before + 1
    assert queries.waiting(actors["member"]) == 0
    workflow.return_revision(actors["secretariat"], revision, note="Nee")
    assert queries.waiting(actors["secretariat"]) == before
    assert queries.returned(actors["member"]) == 1


def test_what_somebody_who_was_erased_proposed_is_not_everybodys(
    published: Any, actors: Actors, session: Session
) -> None:
    revision = propose(actors, published, goal="Een")
    revision.author_id = None
    session.commit()
    with pytest.raises(NotFound):
        queries.revision(actors["public"], revision.key)
    assert session.scalars(queries.revisions(actors["public"])).all() == []


def test_adding_to_a_proposal_does_not_hide_what_overtook_it(
    published: Any, actors: Actors
) -> None:
    propose(actors, published, goal="Van het lid")
    editing.revise(actors["secretariat"], INITIATIVE, again(actors, published), {"goal": "Van ons"})
    with pytest.raises(Conflict):
        propose(actors, published, summary="Erbij")
    assert propose(actors, published, goal="Opnieuw").payload == {"goal": "Opnieuw"}


def test_a_proposal_for_what_is_not_published_any_more_waits(
    published: Any, actors: Actors
) -> None:
    revision = propose(actors, published, goal="Een")
    before = queries.waiting(actors["secretariat"])
    entity = again(actors, published)
    editing.withdraw(actors["secretariat"], INITIATIVE, entity, reason="Nog niet")
    assert queries.waiting(actors["secretariat"]) == before - 1
    with pytest.raises(Conflict):
        workflow.adopt(actors["secretariat"], INITIATIVE, entity, revision)


def test_rows_that_the_author_does_not_see_are_not_told_as_dropped(
    published: Any, actors: Actors, make: Make
) -> None:
    hidden = make.reference("partner", state="draft")
    entity = again(actors, published)
    rows = [{"key": row.key} for row in entity.participations]
    editing.revise(
        actors["secretariat"],
        INITIATIVE,
        entity,
        {"participations": [*rows, {"partner": hidden, "role": "executor"}]},
    )
    entity = again(actors, published)
    kept = [{"key": row["key"], "note": "Erbij"} for row in rows]
    revision = propose(actors, published, participations=kept)
    told = differences(INITIATIVE, entity, revision, actors["secretariat"])
    assert [pair["path"].rpartition(".")[2] for pair in told] == ["note"]
