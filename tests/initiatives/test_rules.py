"""Whoever classifies an initiative signs for it, as an organisation and not as a person."""

from typing import Any

from sqlalchemy.orm import Session

from registry import clock, editing
from registry.access import Actor
from registry.initiatives.schemas import INITIATIVE
from tests.factories import Make


def _row(make: Make, **said: Any) -> dict[str, Any]:
    return {"theme": make.reference("theme"), "basis": "classified", **said}


def test_the_secretariat_signs_as_the_secretariat_today(make: Make) -> None:
    (row,) = make("initiative", themes=[_row(make)]).themes
    assert (row.by, row.when) == ("Secretariaat", clock.now().date())


def test_a_member_signs_as_their_organisation(make: Make) -> None:
    (row,) = make("initiative", by="member", state="draft", themes=[_row(make)]).themes
    assert row.by == "OVAL"


def test_who_is_named_stays_named(make: Make) -> None:
    (row,) = make("initiative", themes=[_row(make, by="TNO", when="2020-11-01")]).themes
    assert (row.by, row.when.isoformat()) == ("TNO", "2020-11-01")


def test_saving_again_does_not_sign_again(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity = make("initiative", themes=[_row(make)])
    key = entity.themes[0].key
    theme = entity.themes[0].theme.reference
    unsigned = {"key": key, "theme": theme, "basis": "classified", "by": None}
    editing.revise(actors["secretariat"], INITIATIVE, entity, {"themes": [unsigned]})
    editing.revise(actors["secretariat"], INITIATIVE, entity, {"summary": "Anders"})
    assert entity.themes[0].by is None
