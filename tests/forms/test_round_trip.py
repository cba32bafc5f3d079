"""A form that is opened and saved as it is changes nothing."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import editing, schema
from registry.access import Actor, acting_as
from registry.forms import SchemaForm, mapping
from registry.kind import Kind
from registry.record import Record
from tests.databases import on_sqlite
from tests.factories import Make
from tests.forms.drawing import untouched
from tests.payloads import KINDS, OF_LETTERS, Full, kind_of


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
        read = mapping.read(form.schema, form.posted, form.current, form.asking)
        assert read.keys() == stored.keys()
        again = schema.load_onto(kind.schema(), entity, read)
        assert again == schema.load_onto(kind.schema(), entity, {})
        assert form.payload() == {}
    assert kind_of(kind.model) is kind


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("kind", OF_LETTERS)
@on_sqlite
def test_every_record_of_the_letters_can_be_saved_untouched(
    kind: Kind, session: Session, actors: dict[str, Actor]
) -> None:
    secretariat = actors["secretariat"]
    references = session.scalars(select(Record.reference).where(Record.kind == kind.name)).all()
    assert references
    with acting_as(secretariat):
        for reference in references:
            entity = editing.one(kind, secretariat, reference)
            version = entity.record.version
            form = SchemaForm(kind, secretariat, "nl", entity)
            form.take(untouched(form))
            read = mapping.read(form.schema, form.posted, form.current, form.asking)
            editing.revise(secretariat, kind, entity, read, version=version)
            assert form.payload() == {}
            assert entity.record.version == version, reference
