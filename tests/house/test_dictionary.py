"""Every column is in a dictionary, and every dictionary is complete."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest
from marshmallow.fields import Field
from sqlalchemy import inspect

from registry import fields, vocabulary
from registry.commitments.places import MadeAt
from registry.db import Base
from registry.fields import Code, Computed, Described, LongText, Ref, Rows, Through
from registry.kind import Kind, kinds
from registry.ledger import Change, LedgerHead, Outbox
from registry.listing import filters, spans
from registry.listing.question import COMMON
from registry.record import Entity, ExternalKey, Nested, Record, ReferenceCounter
from registry.schema import BaseSchema, RecordSchema, RowSchema
from registry.search import SearchEntry
from registry.updates.models import Evidence
from registry.updates.schemas import EvidenceSchema, UpdateSchema
from tests.payloads import KINDS, kind_of

INTERNAL: Mapping[str, str] = {
    "id": "the identity: people know the reference, rows their key",
    "parent_id": "the record that a row belongs to: it is the place in the JSON",
    "position": "the order of rows: it is the order in the JSON",
    "effective_from": "computed from `from`, for the status on a day",
    "effective_until": "computed from `until` and the next row, for the status on a day",
}
"""Columns that no dictionary speaks of, each with the reason."""
RECORD: Mapping[str, str] = {
    "id": "the identity: people know the reference",
    "kind": "it is the collection",
    "title": "a copy of the title of the entity",
    "title_en": "a copy of the title of the entity",
    "sort_title": "computed from the title",
    "owner_id": "who made it: it is in the history",
    "keeper_id": "it is told as the organisation: `keeper`",
    "embargo_until": "until when it is hidden: whoever sees it need not be told",
    "last_seq": "the last line in the history",
    "published_at": "it is in the history",
    "submitter_id": "who handed it in: it is in the history",
    "submitted_at": "it is in the history",
    "reviewer_id": "who judged it: it is in the history",
    "reviewed_at": "it is in the history",
    "review_note": "it is the reason in the history",
    "deleted_at": "who sees a record sees that it is not deleted",
    "merged_into_id": "whoever asks for it is led on",
}
"""The same for the identity of records; a kernel's other tables are its own affair."""
PLUMBING = (Change, Outbox, LedgerHead, ExternalKey, ReferenceCounter, SearchEntry)


def schemas() -> Iterator[type[BaseSchema]]:
    """Every dictionary of a record or a row that a record leads to."""
    waiting: list[type[BaseSchema]] = [*(kind.schema for kind in kinds()), UpdateSchema]
    seen: set[type[BaseSchema]] = set()
    while waiting:
        schema = waiting.pop()
        if schema not in seen:
            seen.add(schema)
            yield schema
            inner = schema().fields.values()
            waiting += [type(field.schema) for field in inner if isinstance(field, Rows)]


SCHEMAS = sorted(schemas(), key=lambda schema: schema.__name__)
DICTIONARIES = [pytest.param(schema, id=schema.__name__) for schema in SCHEMAS]
FIELDS = [
    pytest.param(field, id=f"{schema.__name__}.{name}")
    for schema in SCHEMAS
    for name, field in schema().described().items()
    if name != "key"
]


def columns_of(model: Any, name: str, field: Field[Any]) -> set[str]:
    """The columns that a field of the dictionary speaks of."""
    attribute = field.attribute or name
    if isinstance(field, Computed | Rows):
        return set()
    if isinstance(field, Ref | Through):
        return {f"{attribute}_id"}
    if isinstance(field, MadeAt):
        return {f"{attribute}_{part}_id" for part in field.parts}
    composite = inspect(model).composites.get(attribute)
    return {column.key for column in composite.columns} if composite else {attribute}


@pytest.mark.parametrize("schema", DICTIONARIES)
def test_every_column_is_in_the_dictionary(schema: Any) -> None:
    if schema in (UpdateSchema, EvidenceSchema):  # of a report that hangs on a record
        return
    model = schema.model
    spoken = [columns_of(model, name, field) for name, field in schema().fields.items()]
    columns = {attribute.key for attribute in inspect(model).column_attrs}
    assert columns - set().union(*spoken) - (set(INTERNAL) - {"parent_id"}) <= (
        set() if issubclass(model, Entity) else {"parent_id"}
    )


def test_every_table_of_the_domain_has_a_dictionary() -> None:
    models = {mapper.class_ for mapper in Base.registry.mappers}
    domain = {model for model in models if issubclass(model, Entity | Nested)}
    assert domain == {schema.model for schema in SCHEMAS if hasattr(schema, "model")} - {Evidence}


def test_every_column_of_the_identity_is_told_or_has_a_reason() -> None:
    told = {
        (field.attribute or name).removeprefix("record.")
        for name, field in RecordSchema().fields.items()
    }
    columns = {attribute.key for attribute in inspect(Record).column_attrs}
    told |= {"created_at", "updated_at"}
    assert columns - told == set(RECORD)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_has_words_in_both_languages(field: Described) -> None:
    assert field.about.words.nl.strip()
    assert field.about.words.en.strip()
    if field.about.hint is not None:
        assert field.about.hint.nl.strip()
        assert field.about.hint.en.strip()


@pytest.mark.parametrize("schema", DICTIONARIES)
def test_no_two_fields_of_a_dictionary_have_the_same_words(schema: Any) -> None:
    shown = [field for name, field in schema().described().items() if name != "key"]
    for language in ("nl", "en"):
        words = [field.about.words.in_(language) for field in shown]
        assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("field", [p for p in FIELDS if isinstance(p.values[0], Code)])
def test_every_list_of_codes_exists(field: Code) -> None:
    assert field.of in vocabulary.LISTS


def test_every_list_of_codes_is_used() -> None:
    fields_ = [param.values[0] for param in FIELDS]
    like = [field.like for field in fields_ if isinstance(field, Computed)]
    used = {field.of for field in [*fields_, *like] if isinstance(field, Code)}
    of_no_field = {
        "state",
        "revision-state",
        "audience",
        "role",
        "date-kind",
        "recess",
        "chamber",
        "plan-readiness",
        "line-agreement",
        "annex-change",
    }
    assert set(vocabulary.LISTS) == used | of_no_field


@pytest.mark.parametrize("field", [p for p in FIELDS if isinstance(p.values[0], Ref)])
def test_a_pointer_points_at_a_kind(field: Ref) -> None:
    assert kind_of(field.to).model is field.to


@pytest.mark.parametrize(
    "schema", [p for p in DICTIONARIES if issubclass(cast(Any, p.values[0]), RowSchema)]
)
def test_a_row_is_told_from_others_by_fields_that_it_has(schema: Any) -> None:
    names = {field.data_key for field in schema().load_fields.values()}
    assert schema.natural
    assert set(schema.natural) <= names
    assert {fields.json_name(name) for name in schema.filters.values()} <= names


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_named_in_both_languages(kind: Kind) -> None:
    for words in (kind.words, kind.plural, kind.intro):
        assert words.nl.strip()
        assert words.en.strip()
    assert len(kind.prefix) == 3
    assert kind.prefix.isupper()


def test_kinds_do_not_share_a_name() -> None:
    kinds = [param.values[0] for param in KINDS]
    for attribute in ("name", "prefix", "collection", "order", "model", "schema", "plural"):
        values = [getattr(kind, attribute) for kind in kinds]
        assert len(values) == len(set(values)), attribute


@pytest.mark.parametrize("kind", KINDS)
def test_a_title_is_required_searched_and_sorted_on(kind: Kind) -> None:
    title = kind.schema().fields[kind.title_field]
    assert isinstance(title, Described)
    assert title.required
    assert title.about.search
    assert title.about.sort
    assert title.about.column


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_tells_its_sources(kind: Kind) -> None:
    assert "sources" in kind.schema().fields


UNFILTERED: Mapping[str, str] = {
    "version": "it says how often a record changed; updatedSince asks when",
}
"""What a record tells and no list can be narrowed to, each with the reason. In long texts words are
found by `q`, and so are the words of rows."""


def asked_by(kind: Kind) -> set[str]:
    """What the parameters of a list ask of: a span is called after its field."""
    bounds = ("Since", "Before", "After", "Min", "Max")
    named = {span.name.removesuffix(bound) for span in spans(kind).values() for bound in bounds}
    return {*filters(kind), *named, *(f"{name}At" for name in named)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_can_be_narrowed_by_everything_it_tells(kind: Kind) -> None:
    told = {str(f.data_key or n): f for n, f in kind.dictionary.fields.items()}
    short = {
        name
        for name, field in told.items()
        if not isinstance(field, Rows)
        and not isinstance(getattr(field, "like", field), LongText)
        and not isinstance(getattr(field, "parts", None), Mapping)
    }
    assert short - asked_by(kind) == set(UNFILTERED)


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_can_be_narrowed_by_the_codes_and_pointers_of_its_rows(kind: Kind) -> None:
    for name, field in kind.dictionary.described().items():
        if not isinstance(field, Rows):
            parts = getattr(field, "parts", ())
            parts = parts if isinstance(parts, Mapping) else ()
            assert {f"{field.data_key}{part.capitalize()}" for part in parts} <= {*filters(kind)}
            continue
        inner = field.schema.described()
        named = {attribute: called for called, attribute in field.schema.filters.items()}
        wanted = {
            named.get(n, f"{field.data_key}{str(f.data_key)[0].upper()}{str(f.data_key)[1:]}")
            for n, f in inner.items()
            if isinstance(f, Code | Ref)
        }
        assert wanted <= {*filters(kind)}, name


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_parameters_of_a_list_share_a_name(kind: Kind) -> None:
    names = [*COMMON, "facet", *filters(kind), *spans(kind)]
    assert sorted(names) == sorted(set(names))
