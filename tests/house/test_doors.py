"""One path, every door: a rule says the same on the form, in the API and in a file."""

from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.access import Actor, acting_as
from registry.db import session
from registry.kind import kind_in
from registry.projection import project
from registry.record import Record
from tests.databases import on_sqlite
from tests.doors import Door, Payload

pytestmark = on_sqlite
RULES: dict[str, tuple[str, Payload, dict[str, str]]] = {
    "a title is required": ("initiatives", {"title": " "}, {"title": "Vul dit in."}),
    "a text is no longer than its field": (
        "initiatives",
        {"title": "x" * 301},
        {"title": "Hoogstens 300 tekens; dit zijn er 301."},
    ),
    "control characters are refused": (
        "initiatives",
        {"title": "a\x1bb"},
        {"title": "Verwijder tekens die niet getoond kunnen worden."},
    ),
    "an address is one": (
        "initiatives",
        {"title": "a", "website": "javascript:x"},
        {"website": "Geef een webadres dat begint met https://."},
    ),
    "a code is one of the list": (
        "themes",
        {"name": "a", "phase": "ooit"},
        {"phase": "Kies een van: current, later."},
    ),
    "a window ends after it starts": (
        "initiatives",
        {"title": "a", "period": {"text": "", "earliest": "2021-02-01", "latest": "2021-01-01"}},
        {"period": "“Uiterlijk” ligt vóór “op zijn vroegst”."},
    ),
    "a number is whole": (
        "themes",
        {"name": "a", "order": "²"},
        {"order": "Geef een geheel getal."},
    ),
    "a day is one": (
        "documents",
        {"title": "a", "officialDate": "2020-31-12"},
        {"officialDate": "Geef een dag als JJJJ-MM-DD."},
    ),
    "a row is refused at its place": (
        "initiatives",
        {"title": "a", "editions": [{"title": "2019"}, {"title": "2020", "participants": "veel"}]},
        {"editions.1.participants": "Geef een geheel getal."},
    ),
    "a rule over several fields of a row holds": (
        "partners",
        {"name": "a", "identifiers": [{"scheme": "kvk", "value": "1"}]},
        {"identifiers.0.value": "Zo wordt dit kenmerk niet geschreven."},
    ),
    "all errors are told at once": (
        "themes",
        {"name": "", "phase": "ooit", "order": "x"},
        {
            "name": "Vul dit in.",
            "phase": "Kies een van: current, later.",
            "order": "Geef een geheel getal.",
        },
    ),
}
WHOLE = {
    "title": "Week van de Werkstress",
    "summary": 'Met "aanhaling", <b>haken</b> & 😀',
    "description": "Eerste alinea.\n\nTweede; met puntkomma, komma.",
    "website": "https://registry.example/a?b=c",
    "period": {"text": "medio 2021"},
    "editions": [{"title": "2020", "motto": "Blijf in balans", "participants": 600}],
    "money": [{"amount": "1250.50", "currency": "EUR"}],
}


def count() -> int:
    return session().scalar(select(func.count()).select_from(Record)) or 0


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_holds_through_every_door(app: Flask, door: Door, rule: str) -> None:
    collection, payload, expected = RULES[rule]
    with app.app_context():
        before = count()
    assert door.create(collection, payload) == expected
    with app.app_context():
        assert count() == before


def test_a_record_is_the_same_through_every_door(
    app: Flask, door: Door, actors: dict[str, Actor]
) -> None:
    assert door.create("initiatives", WHOLE) == {}
    with app.app_context():
        (item,) = read("initiatives", actors["secretariat"])
    assert like(WHOLE, item) == WHOLE
    assert item["period"]["earliest"] is not None


def read(collection: str, who: Actor) -> list[dict[str, Any]]:
    kind = kind_in(collection)
    assert kind is not None
    with acting_as(who):
        found = session().scalars(project(kind.schema(), who, "sqlite"))
        return [orjson.loads(text) for text in found]


def like(wanted: Any, item: Any) -> Any:
    """As much of `item` as `wanted` speaks of."""
    if isinstance(wanted, dict):
        return {name: like(value, item[name]) for name, value in wanted.items()}
    if isinstance(wanted, list):
        return [like(a, b) for a, b in zip(wanted, item, strict=True)]
    return item
