"""What a member registers has its organisation as the source of every fact."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.accounts.queries import actor
from registry.kind import kind_named
from tests.browsing import SignedIn
from tests.databases import on_sqlite
from tests.factories import Make
from tests.people import account


def sources(actor: Actor, reference: str) -> dict[str, tuple[str, str | None]]:
    entity = editing.one(kind_named("initiative"), actor, reference)
    return {c.field: (c.basis, c.why) for c in entity.sources}


@on_sqlite
def test_every_fact_that_a_member_fills_in_is_reported(
    session: Session, actors: dict[str, Actor], make: Make
) -> None:
    made = make(
        "initiative",
        by="member",
        state="draft",
        goal="Minder uitval",
        summary="Kort",
        results=[{"title": "Boek"}],
    )
    found = sources(actors["member"], made.reference)
    row = made.results[0].key
    assert set(found) == {"title", "goal", f"results[{row}].title"}
    assert {basis for basis, _ in found.values()} == {"reported"}
    assert all(why and why.startswith("Opgave van OVAL, ") for _, why in found.values())
    assert session is not None


@on_sqlite
@pytest.mark.parametrize(
    "hiding", [{"audience": "secretariat"}, {"embargo_until": datetime(2999, 1, 1, tzinfo=UTC)}]
)
def test_a_statement_names_no_organisation_that_is_hidden(
    session: Session, actors: dict[str, Actor], make: Make, hiding: dict[str, Any]
) -> None:
    kind = kind_named("partner")
    organisation = session.get_one(kind.model, actors["member"].home_id)
    editing.publish(actors["secretariat"], kind, organisation, **hiding)
    made = make("initiative", by="member", state="draft")
    ((_, why),) = sources(actors["member"], made.reference).values()
    assert str(why).startswith("Opgave van een organisatie, ")


@on_sqlite
def test_a_statement_for_no_organisation_names_no_person(session: Session, make: Make) -> None:
    partner = account("partner")
    partner.grants[0].organisation_id = None
    session.commit()
    kind, alone = kind_named("initiative"), actor(partner, "screen")
    made = editing.create(alone, kind, {"title": "Alleen"})
    ((_, why),) = sources(alone, made.reference).values()
    assert str(why).startswith("Opgave van een invoerder, ")


@on_sqlite
def test_a_statement_goes_with_its_fact_and_comes_once(
    session: Session, actors: dict[str, Actor], make: Make
) -> None:
    member, kind = actors["member"], kind_named("initiative")
    made = make("initiative", by="member", state="draft", goal="Doel")
    entity = editing.one(kind, member, made.reference)
    editing.revise(member, kind, entity, {"goal": None, "website": "https://registry.example"})
    assert set(sources(member, made.reference)) == {"title", "website"}
    assert session is not None


@on_sqlite
def test_the_secretariat_names_its_sources_itself(
    session: Session, actors: dict[str, Actor], make: Make
) -> None:
    made = make("initiative", goal="Doel")
    assert sources(actors["secretariat"], made.reference) == {}
    assert session is not None


@on_sqlite
def test_only_the_secretariat_is_asked_for_sources_and_for_how_something_is_known(
    signed_in: SignedIn,
) -> None:
    member = signed_in("member").page("/initiatives/new")
    assert not member.all(".//*[@id='rijen-sources']")
    assert signed_in("secretariat").page("/initiatives/new").all(".//*[@id='rijen-sources']")


@on_sqlite
def test_a_member_classifies_as_reported(signed_in: SignedIn, make: Make) -> None:
    theme = make.reference("theme", name="Preventie")
    member = signed_in("member")
    form = member.page("/initiatives/new").form("_lists").fill(title="Iets")
    form = member.submit(form, button="_add=themes").form("_lists")
    shown = member.submit(form.put({"themes-0-theme": theme}))
    assert "Preventie" in shown.text
    assert "opgave van de organisatie" in shown.text
