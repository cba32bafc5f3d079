"""Every fact has a source, and every source speaks of a fact that is there."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from registry.fields import Rows
from registry.kind import kind_named
from registry.schema import BaseSchema
from tests import databases
from tests.letters.reading import LETTERS, Item, Letters

pytestmark = databases.on_sqlite

KINDS = (
    *("document", "event", "office", "person", "partner", "theme", "sector", "group", "cause"),
    *("view", "indicator", "initiative", "commitment", "plan", "milestone"),
)
PATH = re.compile(r"(\w+)(?:\[([^\]]+)\])?(?:\.(\w+))?")
LITERAL = {"stated", "derived", "across"}
every_kind = pytest.mark.parametrize("kind", KINDS)


def facts(schema: BaseSchema, item: Item, prefix: str = "") -> Iterator[str]:
    """The paths of all filled fields that state a fact, those of nested rows included."""
    for name, field in schema.described().items():
        key = field.data_key or name
        value = item.get(key)
        if isinstance(field, Rows):
            for row in value or []:
                yield from facts(field.schema, row, f"{prefix}{key}[{row['key']}].")
        elif field.about.fact and filled(value):
            yield f"{prefix}{key}"


def filled(value: Any) -> bool:
    return value not in (None, "", [], {})


def at(item: Item, path: str) -> Any:
    """What stands at a path of a record: `due`, `madeAt.event`, `statuses[paused].from`."""
    found = PATH.fullmatch(path)
    if found is None:
        return None
    name, key, inner = found.groups()
    value = item.get(name)
    if key is not None:
        value = next((row for row in value or [] if row["key"] == key), None)
    return value.get(inner) if inner and value else value


@every_kind
def test_every_fact_has_a_source(read: Letters, kind: str) -> None:
    schema = kind_named(kind).schema()
    bare = {
        id_: missing
        for id_, item in read.all(kind).items()
        if (missing := set(facts(schema, item)) - {s["field"] for s in item["sources"]})
    }
    assert bare == {}


@every_kind
def test_every_source_is_of_a_field_that_is_filled(read: Letters, kind: str) -> None:
    lost = [
        f"{id_}: {source['field']}"
        for id_, item in read.all(kind).items()
        for source in item["sources"]
        if not filled(at(item, source["field"]))
    ]
    assert lost == []


@every_kind
def test_every_source_says_why_it_counts(read: Letters, kind: str) -> None:
    silent = [
        f"{id_}: {source['field']}"
        for id_, item in read.all(kind).items()
        for source in item["sources"]
        if not source["why"]
    ]
    assert silent == []


@every_kind
def test_what_the_letters_say_is_quoted_from_one_of_them(read: Letters, kind: str) -> None:
    unquoted = [
        f"{id_}: {source['field']}"
        for id_, item in read.all(kind).items()
        for source in item["sources"]
        if source["basis"] in LITERAL
        if not (source["quote"] and source["lines"] and read.id(source["document"]) in LETTERS)
    ]
    assert unquoted == []


def test_every_classification_of_an_initiative_has_a_reason(read: Letters) -> None:
    bare = [
        f"{id_}: {name}[{row['key']}]"
        for id_, initiative in read.all("initiative").items()
        for name in ("themes", "sectors", "groups", "causes")
        for row in initiative[name]
        if not row["why"] or (row["basis"] == "classified" and not (row["by"] and row["when"]))
    ]
    assert bare == []


def test_every_passage_supports_something(read: Letters) -> None:
    idle = [
        f"{letter}: {passage['key']}"
        for letter in LETTERS
        for passage in read[letter]["passages"]
        if not passage["supports"]
    ]
    assert idle == []


def test_the_kinds_of_these_tests_are_all_the_kinds_that_the_letters_fill(read: Letters) -> None:
    assert {kind for kind, _ in read.places.values()} == set(KINDS)
