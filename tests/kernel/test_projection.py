"""The JSON that the database builds is the JSON that the schema would have built."""

from typing import Any

import orjson
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import schema
from registry.access import Actor, acting_as, visible_to
from registry.db import session as current
from registry.initiatives.schemas import INITIATIVE
from registry.kind import Kind, kind_named
from registry.partners.schemas import PARTNER
from registry.projection import project
from registry.record import Audience, Record
from tests import people
from tests.factories import Make
from tests.payloads import OF_LETTERS


def projected(kind: Kind, actor: Actor, *references: str) -> dict[str, Any]:
    """The JSON of the database by reference, keys in their order."""
    query = project(kind.schema(), actor, current().get_bind().dialect.name)
    if references:
        query = query.where(Record.reference.in_(references))
    with acting_as(actor):
        found = [orjson.loads(text) for text in current().scalars(query)]
    return {item["reference"]: item for item in found}


def dumped(kind: Kind, actor: Actor, *references: str) -> dict[str, Any]:
    """The same by the oracle: what the actor may see of the entities, dumped by the schema."""
    query = select(kind.model).join(Record, Record.id == kind.model.id).where(visible_to(actor))
    if references:
        query = query.where(Record.reference.in_(references))
    oracle = kind.schema(only=tuple(schema.only_shown(kind.schema(), actor.view)))
    with acting_as(actor):
        found = current().scalars(query.options(*schema.loading(oracle, kind.model)))
        return {entity.reference: plain(oracle.dump(entity)) for entity in found}


def plain(item: Any) -> Any:
    """As it comes out of JSON."""
    return orjson.loads(orjson.dumps(item))


@pytest.mark.parametrize("who", ["secretariat", "member", "partner", "public"])
@pytest.mark.parametrize("kind", OF_LETTERS)
def test_the_letters_read_the_same(
    letters: Any, session: Session, actors: dict[str, Actor], kind: Kind, who: str
) -> None:
    found = projected(kind, actors[who])
    assert found == dumped(kind, actors[who])
    number = select(func.count()).select_from(Record).where(Record.kind == kind.name)
    assert len(found) == (session.scalar(number) or 0) > 0


@pytest.mark.parametrize("who", people.EVERYBODY)
def test_what_points_at_something_hidden_reads_the_same(
    session: Session, make: Make, actors: dict[str, Actor], who: str
) -> None:
    rows = [
        {"partner": make.reference("partner", audience=audience), "role": "participant"}
        for audience in Audience
    ]
    hidden = make.reference("theme", audience="secretariat")
    themes = [{"theme": hidden, "basis": "classified"}]
    made = make.reference("initiative", participations=rows, themes=themes)
    found = projected(INITIATIVE, actors[who], made)
    assert found == dumped(INITIATIVE, actors[who], made)
    assert len(found[made]["participations"]) == {
        "public": 1, "partner": 2, "member": 3, "other_member": 3,
    }.get(who, 4)  # fmt: skip


@pytest.mark.parametrize(("who", "there"), [("public", False), ("partner", False),
                                            ("member", True), ("secretariat", True)])  # fmt: skip
def test_a_field_that_is_forbidden_is_absent(
    session: Session, make: Make, actors: dict[str, Actor], who: str, *, there: bool
) -> None:
    made = make.reference("partner", contacts=[{"name": "Iemand"}])
    found = projected(PARTNER, actors[who], made)
    assert found == dumped(PARTNER, actors[who], made)
    assert ("contacts" in found[made]) is there


def test_moments_are_written_in_one_way(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    made = make.reference("theme")
    item = projected(kind_named("theme"), actors["public"], made)[made]
    assert item["createdAt"].endswith("Z")
    assert len(item["createdAt"]) == len("2020-12-31T00:00:00.000000Z")
