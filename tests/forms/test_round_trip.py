"""A form that is opened and saved as it is changes nothing."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import editing, schema
from registry.access import Actor, acting_as
from registry.forms import SchemaForm
from registry.kind import Kind, kind_named
from registry.record import Record
from tests.databases import on_sqlite
from tests.factories import Make
from tests.forms.drawing import untouched
from tests.payloads import KINDS, Full, kind_of


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["nl", "en"])
@on_sqlite
def test_every_field_of_every_kind_comes_back_as_it_was_drawn(
    kind: Kind, lang: str, session: Session, actors: dict[str, Actor], make: Make
) -> None:
    secretariat = actors["secretariat"]
    full = Full(lambda to: make.reference(to.name))
    with acting_as(secretariat):
        entity = editing.create(secretariat, kind, full.payload(kind.schema()))
        entity = editing.one(kind, secretariat, entity.reference)
        form = SchemaForm(kind, secretariat, lang, entity)
        form.take(untouched(form))
        stored = schema.editable(kind.schema(), entity)
        again = schema.load_onto(kind.schema(), entity, form.payload())
        assert form.payload().keys() == stored.keys()
        assert again == schema.load_onto(kind.schema(), entity, {})
    assert kind_of(kind.model) is kind


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("name", [kind.values[0].name for kind in KINDS])
@on_sqlite
def test_every_record_of_the_letters_can_be_saved_untouched(
    name: str, session: Session, actors: dict[str, Actor]
) -> None:
    kind, secretariat = kind_named(name), actors["secretariat"]
    references = session.scalars(select(Record.reference).where(Record.kind == name)).all()
    assert references
    with acting_as(secretariat):
        for reference in references:
            entity = editing.one(kind, secretariat, reference)
            version = entity.record.version
            form = SchemaForm(kind, secretariat, "nl", entity)
            form.take(untouched(form))
            editing.revise(secretariat, kind, entity, form.payload(), version=version)
            assert entity.record.version == version, reference
