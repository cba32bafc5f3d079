"""The book of changes: what changed, from what into what, by whom, in the words of the JSON."""

from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.initiatives.models import Initiative, Participation
from registry.initiatives.schemas import INITIATIVE
from registry.kind import Kind, kind_named
from registry.ledger import Change, LedgerHead, Unaudited
from registry.partners.models import Partner
from registry.partners.schemas import PARTNER
from registry.record import Record
from tests.factories import Make
from tests.payloads import KINDS, Full, filled


@pytest.fixture
def secretariat(actors: dict[str, Actor]) -> Actor:
    return actors["secretariat"]


def last(session: Session, entity: Any) -> Change:
    """The last change of a record."""
    query = select(Change).where(Change.record_id == entity.id).order_by(Change.seq.desc())
    return session.scalars(query).all()[0]


def changes(session: Session, entity: Any) -> dict[str, tuple[Any, Any]]:
    """What the last change of a record changed, by path: (old, new)."""
    return {c["path"]: (c["old"], c["new"]) for c in last(session, entity).changes}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_that_changes_is_in_the_book(
    session: Session, full: Full, make: Make, secretariat: Actor, kind: Kind
) -> None:
    entity, schema = make(kind.name), kind.schema()
    payload = full.payload(schema)
    editing.revise(secretariat, kind, editing.one(kind, secretariat, entity.reference), payload)
    written = {path.split("[")[0] for path in changes(session, entity)}
    parts = {"madeAt": "madeAtEvent"}
    fields = (name for name, _ in filled(schema))
    asked = {parts.get(name, name) for name in fields if payload[name] is not False}
    assert asked - written == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_new_row_is_in_the_book(
    session: Session, full: Full, make: Make, secretariat: Actor, kind: Kind
) -> None:
    entity, schema = make(kind.name), kind.schema()
    payload = full.payload(schema)
    editing.revise(secretariat, kind, editing.one(kind, secretariat, entity.reference), payload)
    rows = {name: field.schema for name, field in filled(schema) if hasattr(field, "schema")}
    asked = {(name, part) for name, row in rows.items() for part, _ in filled(row)}
    written = {
        (path.split("[")[0], path.partition("].")[2])
        for path in changes(session, entity)
        if "]." in path
    }
    renamed = {(name, {"passage": "quote"}.get(part, part)) for name, part in written}
    assert asked - renamed == set()


def test_a_change_has_the_old_and_the_new(session: Session, make: Make, secretariat: Actor) -> None:
    entity = make("initiative", title="Eerst", goal="Rust")
    editing.revise(secretariat, INITIATIVE, entity, {"title": "Nu", "goal": None, "summary": "S"})
    assert changes(session, entity) == {
        "title": ("Eerst", "Nu"),
        "goal": ("Rust", None),
        "summary": (None, "S"),
    }


def test_a_change_says_who_made_it_how_and_why(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    entity = make("initiative", by="member", state="draft")
    editing.revise(actors["member"], INITIATIVE, entity, {"goal": "x"}, reason="afgesproken")
    written = last(session, entity)
    assert (written.actor_name, written.door, written.action, written.reason) == (
        "Member", "screen", "revise", "afgesproken",
    )  # fmt: skip


def test_a_policy_date_changes_as_one(session: Session, make: Make, secretariat: Actor) -> None:
    entity = make("initiative", period="medio 2021")
    editing.revise(secretariat, INITIATIVE, entity, {"period": "2020"})
    ((path, (old, new)),) = changes(session, entity).items()
    assert (path, old["text"], new["text"]) == ("period", "medio 2021", "2020")
    assert new["earliest"] == "2020-01-01"


def test_a_pointer_is_written_as_a_reference(
    session: Session, make: Make, secretariat: Actor
) -> None:
    first, second = make("partner"), make("partner")
    theme = make("theme", lead=first.reference)
    editing.revise(secretariat, kind_named("theme"), theme, {"lead": second.reference})
    assert changes(session, theme) == {"lead": (first.reference, second.reference)}


def test_rows_are_named_by_their_key(session: Session, make: Make, secretariat: Actor) -> None:
    partner = make.reference("partner")
    entity = make("initiative", participations=[{"partner": partner, "role": "lead"}])
    (row,) = entity.participations
    payload = {"participations": [{"key": row.key, "role": "participant"}]}
    editing.revise(secretariat, INITIATIVE, entity, payload)
    assert changes(session, entity) == {f"participations[{row.key}].role": ("lead", "participant")}


def test_a_row_that_goes_is_written_with_all_that_it_held(
    session: Session, make: Make, secretariat: Actor
) -> None:
    partner = make.reference("partner")
    entity = make("initiative", participations=[{"partner": partner, "role": "lead"}])
    (row,) = entity.participations
    editing.revise(secretariat, INITIATIVE, entity, {"participations": []})
    assert changes(session, entity) == {
        f"participations[{row.key}].partner": (partner, None),
        f"participations[{row.key}].position": (0, None),
        f"participations[{row.key}].role": ("lead", None),
    }


def test_a_changed_row_alone_moves_the_version(
    session: Session, make: Make, secretariat: Actor
) -> None:
    entity = make("partner", identifiers=[{"scheme": "kvk", "value": "27376655"}])
    before, moment = entity.record.version, entity.record.updated_at
    key = entity.identifiers[0].key
    payload = {"identifiers": [{"key": key, "verified": True}]}
    editing.revise(secretariat, PARTNER, entity, payload)
    assert entity.record.version == before + 1
    assert entity.record.updated_at > moment


def test_the_version_in_the_book_is_that_of_the_record(
    session: Session, make: Make, secretariat: Actor
) -> None:
    entity = make("initiative")
    assert last(session, entity).version == entity.record.version
    editing.revise(secretariat, INITIATIVE, entity, {"goal": "x"})
    session.expire_all()
    record = session.get_one(Record, entity.id)
    written = last(session, entity)
    assert (written.version, written.seq) == (record.version, record.last_seq)


def test_what_changes_nothing_is_not_in_the_book(
    session: Session, make: Make, secretariat: Actor
) -> None:
    entity = make("initiative", title="Zo", themes=[])
    before, version = last(session, entity).seq, entity.record.version
    editing.revise(secretariat, INITIATIVE, entity, {"title": "Zo "})
    assert (last(session, entity).seq, entity.record.version) == (before, version)


def test_two_commands_in_one_are_one_line_per_record(
    session: Session, make: Make, secretariat: Actor
) -> None:
    entity = make("initiative", state="draft")
    before = session.scalar(select(func.count()).select_from(Change))
    editing.publish(secretariat, INITIATIVE, entity, audience="partners")
    assert changes(session, entity)["workflow"] == ("draft", "published")
    assert changes(session, entity)["audience"] == ("public", "partners")
    assert session.scalar(select(func.count()).select_from(Change)) == (before or 0) + 1


@pytest.mark.parametrize("verb", ["update change set door = 'x'", "delete from change"])
def test_the_database_itself_keeps_the_book(session: Session, make: Make, verb: str) -> None:
    make("initiative")
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(verb))


def test_a_change_outside_a_command_is_refused(session: Session, make: Make) -> None:
    entity = make("initiative")
    entity.title = "Buitenom"
    with pytest.raises(Unaudited):
        session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        update(Record).values(state="published"),
        update(Initiative).values(title="x"),
        delete(Participation),
        delete(Change),
        insert(Record).values(kind="x", reference="X-1"),
        insert(Partner).values(id=1, name="x"),
    ],
    ids=str,
)
def test_changes_in_bulk_are_refused(session: Session, statement: Any) -> None:
    with pytest.raises(Unaudited):
        session.execute(statement)


def test_numbers_run_on_without_gaps(session: Session, make: Make, secretariat: Actor) -> None:
    head = session.scalar(select(LedgerHead.seq))
    entity = make("initiative", state="draft")
    with pytest.raises(Exception, match="not valid"):
        editing.revise(secretariat, INITIATIVE, entity, {"title": ""})
    editing.revise(secretariat, INITIATIVE, entity, {"title": "Ander"})
    numbers = list(session.scalars(select(Change.seq).order_by(Change.seq)))
    assert numbers == list(range(1, (head or 0) + 3))
