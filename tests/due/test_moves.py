"""A published term does not change in silence: every move of it is kept."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry import editing, workflow
from registry.access import Actor
from registry.errors import Invalid
from registry.kind import kind_named
from registry.past import commands as putting
from tests import databases
from tests.browsing import Client, SignedIn
from tests.factories import Make

MOVE = {"change": "moved", "why": "Het onderzoek liep uit.", "by": "de staatssecretaris"}


def revise(who: Actor, kind: str, entity: Any, **payload: Any) -> Any:
    return editing.revise(who, kind_named(kind), entity, payload)


@pytest.mark.parametrize("kind", ["commitment", "milestone"])
def test_a_move_keeps_from_what_to_what(
    session: Session, make: Make, actors: dict[str, Actor], kind: str
) -> None:
    entity = make(kind, due="medio 2021")
    revise(actors["secretariat"], kind, entity, due="eind 2021", moves=[MOVE])
    (row,) = entity.moves
    assert (row.from_.text, row.to.text) == ("medio 2021", "eind 2021")
    assert row.to.latest == entity.due.latest
    assert row.when is not None


@databases.on_sqlite
@pytest.mark.parametrize("due", ["eind 2021", None])
def test_a_published_term_does_not_change_without_a_reason(
    session: Session, make: Make, actors: dict[str, Actor], due: str | None
) -> None:
    entity = make("commitment", due="medio 2021")
    with pytest.raises(Invalid) as refused:
        revise(actors["secretariat"], "commitment", entity, due=due)
    assert list(refused.value.errors["moves"]) == [0]


@databases.on_sqlite
def test_a_draft_and_a_first_term_need_no_reason(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    draft, undated = make("commitment", due="medio 2021", state="draft"), make("commitment")
    for entity in (draft, undated):
        revise(actors["secretariat"], "commitment", entity, due="eind 2021")
        assert entity.moves == []


@databases.on_sqlite
def test_the_chain_cannot_be_shortened(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity = make("commitment", due="medio 2021")
    revise(actors["secretariat"], "commitment", entity, due="eind 2021", moves=[MOVE])
    with pytest.raises(Invalid):
        revise(actors["secretariat"], "commitment", entity, moves=[])


@databases.on_sqlite
def test_putting_back_an_earlier_version_adds_to_the_chain(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity = make("commitment", due="medio 2021")
    before = entity.record.version
    revise(actors["secretariat"], "commitment", entity, due="eind 2021", moves=[MOVE])
    putting.put_back(
        actors["secretariat"], kind_named("commitment"), entity, before, reason="Vergissing."
    )
    assert entity.due.text == "medio 2021"
    assert [row.change for row in entity.moves] == ["moved", "corrected"]
    assert (entity.moves[1].from_.text, entity.moves[1].why) == ("eind 2021", "Vergissing.")


@databases.on_sqlite
def test_a_proposal_says_why_too(session: Session, make: Make, actors: dict[str, Actor]) -> None:
    kind = kind_named("commitment")
    entity = make("commitment", by="partner", due="medio 2021")
    with pytest.raises(Invalid):
        workflow.propose(actors["partner"], kind, entity, {"due": "eind 2021"})


@databases.on_sqlite
def test_the_page_tells_the_moves_and_no_correction(make: Make, client: Client, api: Any) -> None:
    reference = make.reference("commitment", due="medio 2020", by="secretariat")
    fixed = {"change": "corrected", "why": "Tikfout"}
    for due, row in (("medio 2021", fixed), ("eind 2021", MOVE), ("begin 2022", MOVE)):
        secretariat, url = api("secretariat"), f"/api/v1/commitments/{reference}"
        there = secretariat.get(url)
        rows = [*there.get_json()["moves"], {**row, "why": f"{row['why']} {due}"}]
        sent = secretariat.patch(
            url,
            json={"due": due, "moves": rows},
            content_type="application/merge-patch+json",
            headers={"If-Match": there.headers["ETag"]},
        )
        assert sent.status_code == 200, sent.text
    page = client.page(f"/commitments/{reference}").text
    assert "Oorspronkelijk medio 2021, verplaatst naar eind 2021 door de staatssecretaris" in page
    assert "Daarna verplaatst naar begin 2022" in page
    assert "omdat: Het onderzoek liep uit. eind 2021." in page
    assert "verbeterd: er stond een fout" in page


@databases.on_sqlite
def test_the_form_asks_for_the_reason_when_the_term_changes(
    make: Make, signed_in: SignedIn
) -> None:
    reference = make.reference("commitment", due="medio 2021")
    browser = signed_in("secretariat")
    form = browser.page(f"/commitments/{reference}/edit").form("_lists")
    asked = browser.post(form.action, data={**form.fields, "due-text": "eind 2021"})
    assert asked.status_code == 400
    assert "kies of hij verplaatst of verbeterd is" in asked.text
    again = browser.parsed(asked).form("_lists")
    said = {"moves-0-change": "moved", "moves-0-why": "Meer tijd nodig."}
    assert said.keys() <= again.fields.keys()
    assert "verplaatst naar eind 2021" in browser.submit(again.put(said)).text
