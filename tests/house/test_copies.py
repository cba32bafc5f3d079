"""What is kept twice says twice the same, in the letters and after every change."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import editing, search
from registry.access import Actor
from registry.kind import Kind, kinds
from registry.ledger import Change
from registry.record import Record
from registry.schema import loading
from registry.search import SearchEntry
from tests.factories import Make
from tests.payloads import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_the_identity_has_the_titles_of_the_entity(
    letters: Any, session: Session, kind: Kind
) -> None:
    for entity in session.scalars(select(kind.model)):
        assert entity.titles() == (entity.record.title, entity.record.title_en)
        assert entity.record.sort_title == search.fold(entity.record.title)
        assert entity.record.kind == kind.name
        assert entity.reference.startswith(f"{kind.prefix}-")


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_title_is_copied(
    session: Session, make: Make, actors: dict[str, Actor], kind: Kind
) -> None:
    entity = make(kind.name)
    editing.revise(actors["secretariat"], kind, entity, {kind.title_field: "Éven anders"})
    session.expire_all()
    record = session.get_one(Record, entity.id)
    assert (record.title, record.sort_title) == ("Éven anders", "even anders")


def test_every_record_knows_its_last_change(letters: Any, session: Session) -> None:
    last: dict[int | None, tuple[int, int]] = {}
    for change in session.scalars(select(Change).order_by(Change.seq)):
        assert change.record_id is not None
        last[change.record_id] = change.seq, change.version
    records = session.scalars(select(Record)).all()
    assert {r.id: (r.last_seq, r.version) for r in records} == last


def test_every_record_can_be_found(letters: Any, session: Session) -> None:
    known, entries = select(Record.id), select(SearchEntry.record_id)
    assert set(session.scalars(known)) == set(session.scalars(entries))


def test_the_words_of_the_search_are_those_of_the_records(letters: Any, session: Session) -> None:
    kept = {
        entry.record_id: (entry.body, entry.title_stems, entry.body_stems)
        for entry in session.scalars(select(SearchEntry))
    }
    for kind in kinds():
        options = loading(kind.schema(), kind.model)
        for entity in session.scalars(select(kind.model).options(*options)):
            search.index(session, kind.schema(), entity)
    session.flush()
    again = {
        entry.record_id: (entry.body, entry.title_stems, entry.body_stems)
        for entry in session.scalars(select(SearchEntry))
    }
    assert again == kept
