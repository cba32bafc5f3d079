"""Who sees and may do what: the clause of the database and its twin in Python say the same."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from registry import clock, editing
from registry.access import (
    MATRIX,
    Actor,
    Permission,
    Role,
    acting_as,
    can,
    can_see,
    system,
    visible_to,
)
from registry.db import session as current
from registry.errors import NotFound
from registry.initiatives.schemas import INITIATIVE
from registry.kind import Kind, kind_named
from registry.projection import project
from registry.record import Audience, Record, State
from tests.factories import Make
from tests.payloads import KINDS

EMBARGOES = {"none": None, "past": timedelta(days=-1), "coming": timedelta(days=1)}


def situations(actors: Mapping[str, Actor]) -> list[dict[str, Any]]:
    """A record in every state, for every audience, embargoed or not, kept by anybody."""
    member, other = actors["member"], actors["other_member"]
    keepers: list[dict[str, Any]] = [
        {"owner_id": None, "keeper_id": None},
        {"owner_id": member.account_id, "keeper_id": None},
        {"owner_id": other.account_id, "keeper_id": member.home_id},
        {"owner_id": None, "keeper_id": actors["partner"].home_id},
    ]
    return [
        {"state": state, "audience": audience, "embargo_until": after and now() + after,
         "deleted_at": now() if deleted else None, **keeper}
        for state, audience, after, deleted, keeper in product(
            State, Audience, EMBARGOES.values(), (False, True), keepers
        )
    ]  # fmt: skip


def now() -> Any:
    return clock.now()


@pytest.fixture
def records(session: Session, actors: dict[str, Actor]) -> dict[int, Record]:
    """One record per situation, written past the commands: some situations no command makes."""
    moment = now()
    rows = [
        {"id": 1000 + n, "kind": "initiative", "reference": f"X-{n}", "title": "", "version": 1,
         "sort_title": "", "created_at": moment, "updated_at": moment, "last_seq": 0, **situation}
        for n, situation in enumerate(situations(actors))
    ]  # fmt: skip
    session.connection().execute(insert(Record), rows)
    found = session.scalars(select(Record).where(Record.id >= 1000))
    return {record.id: record for record in found}


@pytest.mark.parametrize("role", [*Role, "nobody"])
def test_the_clause_and_its_twin_see_the_same(
    session: Session, records: dict[int, Record], actors: dict[str, Actor], role: str
) -> None:
    like = {"nobody": "public", Role.PUBLIC: "public"}.get(role, role)
    actor = actors[like]
    clause = select(Record.id).where(Record.id >= 1000, visible_to(actor))
    assert set(session.scalars(clause)) == {
        id_ for id_, record in records.items() if can_see(actor, record)
    }


EXPECTED = {
    # who: what they see of a published record of nobody, by audience
    "administrator": "secretariat core_group partners public",
    "secretariat": "secretariat core_group partners public",
    "member": "core_group partners public",
    "other_member": "core_group partners public",
    "partner": "partners public",
    "public": "public",
}


@pytest.mark.parametrize("who", EXPECTED)
@pytest.mark.parametrize("state", ["published", "archived"])
def test_an_audience_sees_what_is_for_it(
    session: Session, make: Make, actors: dict[str, Actor], who: str, state: str
) -> None:
    made = {a: make("theme", state=state, audience=a).reference for a in Audience}
    seen = [audience for audience, ref in made.items() if is_seen(actors[who], "theme", ref)]
    assert seen == EXPECTED[who].split()


@pytest.mark.parametrize(
    ("who", "sees"),
    [("administrator", True), ("secretariat", True), ("member", True), ("other_member", False),
     ("partner", False), ("public", False)],
)  # fmt: skip
def test_a_draft_is_of_who_made_it_and_the_secretariat(
    session: Session, make: Make, actors: dict[str, Actor], who: str, *, sees: bool
) -> None:
    draft = make("initiative", by="member", state="draft")
    assert is_seen(actors[who], "initiative", draft.reference) is sees


@pytest.mark.parametrize(("who", "sees"), [("member", True), ("public", False)])
def test_an_embargo_holds_until_its_moment(
    session: Session, make: Make, actors: dict[str, Actor], who: str, *, sees: bool
) -> None:
    later, earlier = now() + timedelta(hours=1), now() - timedelta(hours=1)
    mine = make("initiative", by="member", embargo_until=later)
    assert is_seen(actors[who], "initiative", mine.reference) is sees
    assert is_seen(actors["secretariat"], "initiative", mine.reference)
    released = make("initiative", embargo_until=earlier)
    assert is_seen(actors[who], "initiative", released.reference)


def test_colleagues_share_what_their_organisation_keeps(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    draft = make("initiative", by="member", state="draft")
    assert draft.record.keeper_id == actors["member"].home_id
    colleague = Actor(999, "Collega", frozenset({Role.PARTNER}), actors["member"].organisations)
    assert is_seen(colleague, "initiative", draft.reference)


def is_seen(actor: Actor, kind: str, reference: str) -> bool:
    """Whether `actor` finds the record, by each of the two roads: the entity and its JSON."""
    book = kind_named(kind)
    try:
        editing.one(book, actor, reference)
        one = True
    except NotFound:
        one = False
    dialect = current().get_bind().dialect.name
    query = project(book.schema(), actor, dialect).where(Record.reference == reference)
    with acting_as(actor):
        found = current().scalar(query)
    assert (found is not None) is one
    return one


@pytest.mark.parametrize("permission", Permission)
def test_the_public_may_do_nothing(permission: Permission) -> None:
    assert permission not in MATRIX[Role.PUBLIC]


def test_every_role_is_in_the_matrix() -> None:
    assert set(MATRIX) == set(Role)
    assert MATRIX[Role.ADMINISTRATOR] == set(Permission)


CHANGES = [
    # who, whose, in what state, may it be changed
    ("member", "member", "draft", True),
    ("member", "member", "published", False),
    ("member", "secretariat", "published", False),
    ("partner", "partner", "draft", True),
    ("partner", "member", "draft", False),
    ("secretariat", "member", "draft", True),
    ("secretariat", "member", "archived", True),
    ("public", "secretariat", "published", False),
]


@pytest.mark.parametrize(("who", "whose", "state", "may"), CHANGES)
def test_who_may_change_a_contribution(
    session: Session, make: Make, actors: dict[str, Actor], who: str, whose: str, state: str,
    *, may: bool,
) -> None:  # fmt: skip
    entity = make("initiative", by=whose, state=state)
    assert can(actors[who], INITIATIVE.edit, entity.record) is may


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["member", "partner"])
def test_the_core_group_logs_contributions_only(
    actors: dict[str, Actor], kind: Kind, who: str
) -> None:
    assert can(actors[who], kind.create) is kind.contributed


def test_the_registry_itself_sees_and_may_everything() -> None:
    actor = system("Import", "import")
    assert actor.editorial
    assert all(can(actor, permission) for permission in Permission)
