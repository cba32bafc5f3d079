"""Two records of the same thing become one: nothing is lost, and everything leads to the one."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import editing, moved, workflow
from registry.access import Actor
from registry.accounts.models import Grant
from registry.command import command
from registry.db import session as current
from registry.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.initiatives.schemas import INITIATIVE
from registry.kind import kind_named
from registry.ledger import Change
from registry.merging.commands import FEWER, merge
from registry.merging.pointers import count, pointers
from registry.partners.schemas import PARTNER
from registry.past import verification
from registry.record import ALSO, ExternalKey, Record
from registry.sources.schemas import DOCUMENT
from tests.factories import Make

Actors = dict[str, Actor]


def again(kind: Any, actors: Actors, entity: Any) -> Any:
    """The same record as it is stored."""
    reference = entity if isinstance(entity, str) else entity.record.reference
    current().expire_all()
    return editing.one(kind, actors["secretariat"], reference)


def last_of(entity: Any) -> Change:
    return current().get_one(Change, entity.record.last_seq)


@pytest.fixture
def twice(session: Session, make: Make) -> tuple[Any, Any]:
    """An organisation that stands there twice."""
    return make("partner", name="O.V.A.L.", description="Eigen tekst"), make("partner", name="OVL")


def taking_part(partner: Any, role: str = "participant", **more: Any) -> dict[str, Any]:
    return {"partner": partner.reference, "role": role, **more}


# --- what points at it --------------------------------------------------------------------


def test_pointers_in_rows_and_fields_point_at_what_stays(
    session: Session, make: Make, actors: Actors, twice: tuple[Any, Any]
) -> None:
    gone, into = twice
    row = make("initiative", participations=[taking_part(gone)])
    field = make("theme", lead=gone.reference)
    child = make("partner", parent=gone.reference)
    kept = make("initiative", keeper_id=gone.id)
    assert count(PARTNER, gone.record) == 4
    merge(actors["secretariat"], PARTNER, gone, into, "dezelfde")
    assert again(INITIATIVE, actors, row).participations[0].partner_id == into.id
    assert again(kind_named("theme"), actors, field).lead_id == into.id
    assert again(PARTNER, actors, child).parent.id == into.id
    assert again(INITIATIVE, actors, kept).record.keeper_id == into.id
    told = last_of(again(INITIATIVE, actors, row))
    assert told.action == "repoint"
    assert told.reason == f"{gone.reference} → {into.reference}: dezelfde"
    assert [p["new"] for p in told.changes] == [into.reference]
    assert count(PARTNER, gone.record) == 0
    assert verification.verify() is None


def test_a_row_that_would_stand_twice_goes_and_its_sources_go_to_its_twin(
    session: Session, make: Make, actors: Actors, twice: tuple[Any, Any]
) -> None:
    gone, into = twice
    rows = [taking_part(gone), taking_part(into), taking_part(gone, "lead")]
    made = make("initiative", participations=rows)
    key = made.participations[0].key
    twin = made.participations[1].key
    source = {"field": f"participations[{key}].role", "basis": "classified"}
    editing.revise(actors["secretariat"], INITIATIVE, made, {"sources": [source]})
    merge(actors["secretariat"], PARTNER, gone, into, "dezelfde")
    found = again(INITIATIVE, actors, made)
    assert [(r.partner_id, r.role) for r in found.participations] == [
        (into.id, "participant"),
        (into.id, "lead"),
    ]
    assert [c.field for c in found.sources] == [f"participations[{twin}].role"]
    dropped = {p["path"]: p["old"] for p in last_of(found).changes if p["new"] is None}
    assert dropped[f"participations[{key}].role"] == "participant"
    assert verification.verify() is None


def test_what_would_point_at_itself_lets_go(
    session: Session, make: Make, actors: Actors, twice: tuple[Any, Any]
) -> None:
    gone, _ = twice
    into = make("partner", parent=gone.reference)
    merge(actors["secretariat"], PARTNER, gone, into, "dezelfde")
    assert again(PARTNER, actors, into).parent is None
    assert verification.verify() is None


def test_what_would_make_a_circle_is_refused_and_nothing_changes(
    session: Session, make: Make, actors: Actors, twice: tuple[Any, Any]
) -> None:
    gone, _ = twice
    middle = make("partner", parent=gone.reference)
    into = make("partner", parent=middle.reference)
    with pytest.raises(Invalid):
        merge(actors["secretariat"], PARTNER, gone, into, "dezelfde")
    assert again(PARTNER, actors, middle).parent.id == gone.id
    assert gone.record.deleted_at is None


def test_words_of_a_merged_document_are_cited_as_words_of_the_other(
    session: Session, make: Make, actors: Actors
) -> None:
    gone = make("document", passages=[{"quote": "rust en ruimte", "section": "2.1"}])
    into = make("document", passages=[{"quote": "iets anders"}])
    source = {"field": "goal", "basis": "stated", "document": gone.reference,
              "quote": "rust en ruimte"}  # fmt: skip
    made = make("initiative", goal="Rust", sources=[source])
    merge(actors["secretariat"], DOCUMENT, gone, into, "zelfde brief")
    cited = again(INITIATIVE, actors, made).sources[0]
    assert (cited.document_id, cited.passage.parent_id) == (into.id, into.id)
    assert (cited.passage.quote, cited.passage.section) == ("rust en ruimte", "2.1")
    assert verification.verify() is None


def test_names_elsewhere_rights_and_proposals_go_along(
    session: Session, make: Make, actors: Actors
) -> None:
    boss, member = actors["secretariat"], actors["member"]
    gone = editing.one(PARTNER, boss, current().get_one(Record, member.home_id).reference)
    into = make("partner")
    _named(boss, into, "P98")
    made = make("initiative", by="member")
    waiting = workflow.propose(member, INITIATIVE, made, {"participations": [taking_part(gone)]})
    _named(boss, gone, "P99")
    merge(boss, PARTNER, gone, into, "dezelfde")
    names = select(ExternalKey.system, ExternalKey.key).where(ExternalKey.record_id == into.id)
    assert set(session.execute(names.order_by(ExternalKey.key)).all()) == {
        ("letters", "P98"),
        (ALSO, "P99"),
    }
    grants = select(Grant.organisation_id).where(Grant.account_id == member.account_id)
    assert session.scalars(grants).all() == [into.id]
    session.refresh(waiting)
    assert waiting.payload["participations"][0]["partner"] == into.reference
    assert waiting.author_rights["organisations"] == [into.id]
    workflow.adopt(boss, INITIATIVE, again(INITIATIVE, actors, made), waiting)
    assert verification.verify() is None


def _named(actor: Actor, entity: Any, key: str) -> None:
    @command
    def name(_actor: Actor) -> None:
        current().add(ExternalKey(record_id=entity.id, system="letters", key=key))

    name(actor)


def test_a_proposal_for_what_is_merged_goes_back_to_who_made_it(
    session: Session, make: Make, actors: Actors
) -> None:
    gone, into = make("initiative", by="member"), make("initiative")
    waiting = workflow.propose(actors["member"], INITIATIVE, gone, {"participations": []})
    merge(actors["secretariat"], INITIATIVE, gone, into, "dubbel")
    session.refresh(waiting)
    assert (waiting.state, waiting.record_id) == ("returned", gone.id)
    assert f"{gone.reference} is samengevoegd met {into.reference}." in (waiting.note or "")
    assert verification.verify() is None


# --- what becomes of it -------------------------------------------------------------------


def test_both_histories_stay_and_say_what_happened(
    session: Session, make: Make, actors: Actors, twice: tuple[Any, Any]
) -> None:
    gone, into = twice
    merge(actors["secretariat"], PARTNER, gone, into, "dezelfde")
    assert (last_of(gone).action, last_of(gone).reason) == ("merge", "dezelfde")
    assert {"path": "mergedInto", "old": None, "new": into.reference} in last_of(gone).changes
    assert last_of(into).action == "absorb"
    assert gone.reference in (last_of(into).reason or "")
    with pytest.raises(NotFound):
        editing.one(PARTNER, actors["secretariat"], gone.reference)
    with pytest.raises(NotFound):
        editing.restore(actors["secretariat"], PARTNER, gone.reference)
    assert editing.create(actors["secretariat"], PARTNER, {"name": "Nieuw"}).reference not in (
        gone.reference,
        into.reference,
    )


def test_who_may_merge_and_what(
    session: Session, make: Make, actors: Actors, twice: tuple[Any, Any]
) -> None:
    gone, into = twice
    boss = actors["secretariat"]
    with pytest.raises(Forbidden):
        merge(actors["member"], PARTNER, gone, into, "dezelfde")
    for other, why in ((gone, "dezelfde"), (make("theme"), "dezelfde"), (into, " ")):
        with pytest.raises(Invalid):
            merge(boss, PARTNER, gone, other, why)
    with pytest.raises(Stale):
        merge(boss, PARTNER, gone, into, "dezelfde", version=gone.record.version + 1)
    editing.remove(boss, PARTNER, into, reason="weg")
    with pytest.raises((NotFound, Conflict)):
        merge(boss, PARTNER, gone, into, "dezelfde")


def test_who_could_not_see_it_does_not_learn_where_it_went(
    session: Session, make: Make, actors: Actors
) -> None:
    gone, into = make("theme", audience="core_group"), make("theme")
    theme = kind_named("theme")
    merge(actors["secretariat"], theme, gone, into, "dubbel")
    assert moved.target(theme, actors["member"], gone.reference) == into.reference
    assert moved.target(theme, actors["public"], gone.reference) is None
    assert last_of(again(theme, actors, into)).reason is None


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": "draft"},
        {"audience": "partners"},
        {"embargo_until": datetime(2100, 1, 1, tzinfo=UTC)},
    ],
)
def test_what_people_see_is_not_merged_into_what_they_may_not_see(
    session: Session, make: Make, actors: Actors, hidden: dict[str, Any]
) -> None:
    gone, into, theme = make("theme"), make("theme", **hidden), kind_named("theme")
    with pytest.raises(Invalid) as refused:
        merge(actors["secretariat"], theme, gone, into, "dubbel")
    assert refused.value.errors == {"into": [FEWER]}
    assert gone.record.deleted_at is None
    merge(actors["secretariat"], theme, into, gone, "dubbel")
    draft, other = make("theme", state="draft"), make("theme", **hidden)
    merge(actors["secretariat"], theme, draft, other, "dubbel")


@pytest.mark.parametrize("kind", ["partner", "document", "theme", "initiative"])
def test_everything_that_points_is_known_by_the_models(session: Session, kind: str) -> None:
    found = {(p.model.__tablename__, p.attribute) for p in pointers(kind_named(kind))}
    wanted = {
        "partner": ("participation", "partner_id"),
        "document": ("citation", "document_id"),
        "theme": ("initiative_theme", "theme_id"),
        "initiative": ("milestone", "initiative_id"),
    }
    assert wanted[kind] in found


def test_of_the_letters_any_two_can_be_merged(
    letters: Any, session: Session, actors: Actors
) -> None:
    boss = actors["secretariat"]
    for kind in ("partner", "document", "theme", "initiative", "commitment", "event", "office"):
        of = kind_named(kind)
        query = select(Record.reference).where(Record.kind == kind, Record.deleted_at.is_(None))
        gone, into = session.scalars(query.order_by(Record.id.desc()).limit(2))
        merge(boss, of, editing.one(of, boss, gone), editing.one(of, boss, into), "proef")
    assert session.scalar(select(func.count()).where(Record.merged_into_id.is_not(None))) == 7
    assert verification.verify() is None
