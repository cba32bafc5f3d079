"""Every refused input names field, reason and allowed values, all at once, in both languages."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.errors import Invalid, Message
from registry.kind import kind_named
from registry.record import Record
from tests import databases
from tests.factories import Make, minimal

pytestmark = databases.on_sqlite

LONG = "x" * 10_001


@pytest.fixture
def refused(session: Session, actors: dict[str, Actor]) -> Any:
    """The errors of a payload that is refused, by place: {"editions.0.title": "required"}."""

    def refused(kind: str, entity: Any = None, /, **payload: Any) -> dict[str, str]:
        book, secretariat = kind_named(kind), actors["secretariat"]
        before = session.scalar(select(func.count()).select_from(Record))
        verb: Any = editing.create if entity is None else editing.revise
        rest = (minimal(kind, **payload),) if entity is None else (entity, payload)
        with pytest.raises(Invalid) as caught:
            verb(secretariat, book, *rest)
        assert session.scalar(select(func.count()).select_from(Record)) == before
        return {place: message.code for place, message in messages(caught.value.errors)}

    return refused


def messages(tree: Any, place: str = "") -> list[tuple[str, Message]]:
    """The messages of a tree of errors with their places; each in two languages."""
    if isinstance(tree, list):
        assert all(isinstance(message, Message) for message in tree), tree
        assert all(message.in_("nl") and message.in_("en") for message in tree)
        return [(place, message) for message in tree]
    branches = [messages(below, f"{place}.{name}".strip(".")) for name, below in tree.items()]
    return [leaf for branch in branches for leaf in branch]


WRONG: list[Any] = [
    ("initiative", "title", None, "required"),
    ("initiative", "title", "  ", "required"),
    ("initiative", "title", 7, "wrong_type"),
    ("initiative", "title", ["a"], "wrong_type"),
    ("initiative", "title", {"nl": "a"}, "wrong_type"),
    ("initiative", "title", True, "wrong_type"),
    ("initiative", "title", "x" * 301, "too_long"),
    ("initiative", "title", "a\x00b", "control_character"),
    ("initiative", "title", "a\x1bb", "control_character"),
    ("initiative", "title", "a\x85b", "control_character"),
    ("initiative", "title", "a\nb", "control_character"),
    ("initiative", "title", "a\rb", "control_character"),
    ("initiative", "title", "a\ud800b", "control_character"),
    ("initiative", "title", "a\ufffeb", "control_character"),
    ("initiative", "title", "a\u202eb", "control_character"),
    ("initiative", "title", "a\u2066b", "control_character"),
    ("initiative", "description", "a\u2069b", "control_character"),
    ("initiative", "description", LONG, "too_long"),
    ("initiative", "description", "\udfff", "control_character"),
    ("initiative", "kind", "feest", "not_allowed"),
    ("initiative", "kind", 3, "not_allowed"),
    ("initiative", "kind", ["campaign"], "not_allowed"),
    ("initiative", "website", "javascript:alert(1)", "url"),
    ("initiative", "website", "https://a b", "url"),
    ("initiative", "website", "http://[::1", "url"),
    ("initiative", "website", "https://voorbeeld.nl:poort/", "url"),
    ("initiative", "website", "https://jan:geheim@voorbeeld.nl/", "url"),
    ("initiative", "website", "https://voorbeeld.nl@elders.nl/", "url"),
    ("initiative", "website", "https://voor\u200bbeeld.nl/", "url"),
    ("initiative", "website", "https://voorbeeld.nl/\u2060", "url"),
    ("initiative", "website", "https://voorbeeld.nl/\u202e", "control_character"),
    ("initiative", "period", 2020, "wrong_type"),
    ("initiative", "period", {"words": "x"}, "wrong_type"),
    ("initiative", "period", {"text": "x" * 301}, "too_long"),
    ("initiative", "period", {"earliest": "2020-13-01"}, "wrong_type"),
    ("initiative", "period", {"earliest": "2021-02-01", "latest": "2021-01-31"}, "window"),
    ("initiative", "period", {"text": "2021", "kind": "decade"}, "not_allowed"),
    ("initiative", "status", "running", "unknown_field"),
    ("initiative", "reference", "INI-0001", "unknown_field"),
    ("initiative", "version", 3, "unknown_field"),
    ("initiative", "nonsense", 1, "unknown_field"),
    ("initiative", "editions", "2020", "wrong_type"),
    ("initiative", "editions", {"0": {}}, "wrong_type"),
    ("initiative", "editions", [{"title": "x"}] * 501, "too_many"),
    ("milestone", "owner", "ORG-9999", "unknown_reference"),
    ("milestone", "owner", 4, "wrong_type"),
    ("milestone", "owner", {"name": "OVAL"}, "wrong_type"),
    ("milestone", "owner", "ORG-\x00", "unknown_reference"),
    ("milestone", "owner", "\ud800", "unknown_reference"),
    ("theme", "order", "veel", "wrong_type"),
    ("theme", "order", 1.5, "wrong_type"),
    ("theme", "order", True, "wrong_type"),
    ("theme", "order", 10**30, "range"),
    ("theme", "order", -1, "range"),
    ("theme", "order", float("nan"), "wrong_type"),
    ("partner", "isGroup", "misschien", "wrong_type"),
    ("partner", "isGroup", [], "wrong_type"),
    ("document", "officialDate", "16-11-2020", "wrong_type"),
    ("document", "officialDate", 20201116, "wrong_type"),
    ("document", "referenceYear", 99999, "range"),
    ("document", "dossier", "25 883", "pattern"),
    ("document", "dossier", "²5883", "pattern"),
    ("document", "addition", "xv", "pattern"),
    ("document", "addition", "X-V", "pattern"),
    ("document", "number", "4/5", "pattern"),
    ("document", "number", "n° 1", "pattern"),
    ("document", "sha256", "0" * 63, "pattern"),
    ("document", "sha256", "g" * 64, "pattern"),
    ("commitment", "madeAt", "debat", "wrong_type"),
]
WRONG_ROWS = [
    ("initiative", "editions", 7, "_schema", "wrong_type"),
    ("initiative", "editions", {}, "title", "required"),
    ("initiative", "editions", {"title": "a", "motto": "x" * 201}, "motto", "too_long"),
    ("initiative", "editions", {"title": "a", "x": 1}, "x", "unknown_field"),
    ("initiative", "editions", {"title": "a", "key": "k" * 25}, "key", "key"),
    ("initiative", "editions", {"title": "a", "key": ["k"]}, "key", "key"),
    ("initiative", "money", {"amount": "veel", "currency": "EUR"}, "amount", "wrong_type"),
    ("initiative", "money", {"amount": "NaN", "currency": "EUR"}, "amount", "wrong_type"),
    ("initiative", "money", {"amount": "-1", "currency": "EUR"}, "amount", "range"),
    ("initiative", "money", {"amount": "1e99", "currency": "EUR"}, "amount", "wrong_type"),
    ("initiative", "money", {"amount": "1" + "0" * 13, "currency": "EUR"}, "amount", "range"),
    ("initiative", "money", {"amount": "1.005", "currency": "EUR"}, "amount", "decimals"),
    ("initiative", "money", {"amount": 0.001, "currency": "EUR"}, "amount", "decimals"),
    ("initiative", "money", {"amount": f"1.{'0' * 40}1", "currency": "EUR"}, "amount", "decimals"),
    ("initiative", "money", {"amount": "1", "currency": "XYZ"}, "currency", "currency"),
    ("initiative", "money", {"amount": "1", "currency": "€"}, "currency", "currency"),
    ("partner", "identifiers", {"scheme": "rsin", "value": "123456789"}, "value", "identifier"),
    ("partner", "identifiers", {"scheme": "kvk", "value": "١٢٣٤٥٦٧٨"}, "value", "identifier"),
    ("indicator", "observations", {"value": "inf"}, "value", "wrong_type"),
    ("indicator", "observations", {"year": 2020}, "value", "required"),
    ("indicator", "observations", {"value": 3, "valueTo": 2}, "valueTo", "window"),
    ("partner", "identifiers", {"scheme": "kvk", "value": "1"}, "value", "identifier"),
    ("partner", "memberships", {"body": "club", "status": "member"}, "body", "not_allowed"),
    ("partner", "sources", {"field": "name", "basis": "stated"}, "quote", "required"),
    ("commitment", "by", {"note": "x"}, "note", "unknown_field"),
    ("commitment", "by", {}, "words", "required"),
    ("cause", "claims", {"stance": "names"}, "words", "required"),
]


@pytest.mark.parametrize(("kind", "field", "value", "code"), WRONG)
def test_a_wrong_value_is_refused_at_its_field(
    refused: Any, kind: str, field: str, value: Any, code: str
) -> None:
    assert refused(kind, **{field: value}) == {field: code}


@pytest.mark.parametrize(("kind", "list_", "row", "field", "code"), WRONG_ROWS)
def test_a_wrong_row_is_refused_at_its_place(
    refused: Any, kind: str, list_: str, row: Any, field: str, code: str
) -> None:
    assert refused(kind, **{list_: [row]}) == {f"{list_}.0.{field}": code}


@pytest.mark.parametrize("amount", ["1.500", "1.5", 1.25, 0, "0.0000", "1E+3"])
def test_an_amount_may_have_cents_and_zeros(make: Make, amount: Any) -> None:
    made = make("initiative", money=[{"amount": amount, "currency": "EUR"}])
    assert made.money[0].amount == Decimal(str(amount))


@pytest.mark.parametrize("title", ["👩\u200d🔬 en 🏳️\u200d🌈", "می\u200cخواهم", "שלום\u200f!"])
def test_joiners_and_marks_of_scripts_are_text(make: Make, title: str) -> None:
    assert make("initiative", title=title).title == title


@pytest.mark.parametrize("part", ["1", "12a", "A"])
def test_a_kamerstuk_is_numbered_by_letters_and_digits(make: Make, part: str) -> None:
    made = make("document", dossier="35000", addition="XV", number=part, sha256="aF" * 32)
    assert made.identification == f"35 000 XV, nr. {part}"


def test_every_error_is_told_at_once(refused: Any, make: Make) -> None:
    entity = make("initiative", editions=[{"title": "2020"}])
    key = entity.editions[0].key
    found = refused(
        "initiative",
        entity,
        title="",
        kind="feest",
        x=1,
        period={"words": ""},
        editions=[{"key": key, "title": ""}, {"title": "b", "participants": "x"}],
    )
    assert found == {
        "title": "required", "kind": "not_allowed", "x": "unknown_field", "period": "wrong_type",
        "editions.0.title": "required", "editions.1.participants": "wrong_type",
    }  # fmt: skip


@pytest.mark.parametrize("payload", [None, [], "tekst", 3])
def test_a_payload_that_is_no_object_is_refused(
    session: Session, actors: dict[str, Actor], payload: Any
) -> None:
    with pytest.raises(Invalid) as caught:
        editing.create(actors["secretariat"], kind_named("initiative"), payload)
    assert messages(caught.value.errors)[0][1].code == "wrong_type"


def test_the_allowed_values_are_named(session: Session, actors: dict[str, Actor]) -> None:
    with pytest.raises(Invalid) as caught:
        editing.create(actors["secretariat"], kind_named("theme"), minimal("theme", phase="x"))
    ((_, message),) = messages(caught.value.errors)
    assert "current, later" in message.in_("nl")
    assert "current, later" in message.in_("en")


@pytest.mark.parametrize("length", [1, 2, 3])
@pytest.mark.parametrize("kind", ["partner", "sector"])
def test_parents_make_no_circle(refused: Any, make: Make, kind: str, length: int) -> None:
    first = last = make(kind)
    for _ in range(length - 1):
        last = make(kind, parent=last.reference)
    assert refused(kind, first, parent=last.reference) == {"parent": "cycle"}


@pytest.mark.parametrize("length", [1, 2, 3])
def test_milestones_do_not_wait_for_themselves(refused: Any, make: Make, length: int) -> None:
    first = last = make("milestone")
    for _ in range(length - 1):
        last = make("milestone", dependsOn=[{"milestone": last.reference}])
    rows = [{"milestone": last.reference}]
    place = "dependsOn" if length > 1 else "dependsOn.0.milestone"
    assert refused("milestone", first, dependsOn=rows) == {place: "cycle"}


def test_a_record_is_not_related_to_itself(refused: Any, make: Make) -> None:
    other, entity = make.reference("initiative"), make("initiative")
    rows = [{"initiative": other}, {"initiative": entity.reference}]
    assert refused("initiative", entity, related=rows) == {"related.1.initiative": "itself"}


def test_what_tells_rows_apart_does_not_stand_twice(refused: Any, make: Make) -> None:
    theme, partner = make.reference("theme"), make.reference("partner")
    themes = [{"theme": theme, "basis": "classified", "why": why} for why in "ab"]
    roles = [{"partner": partner, "role": "lead", "from": "2020"} for _ in range(2)]
    assert refused("initiative", themes=themes, participations=roles) == {
        "themes.1.theme": "duplicate",
        "participations.1.partner": "duplicate",
    }


def test_a_role_may_be_held_twice_at_different_times(make: Make) -> None:
    partner = make.reference("partner")
    rows = [{"partner": partner, "role": "lead", "from": year} for year in ("2018", "2020")]
    assert len(make("initiative", participations=rows).participations) == 2


def test_two_roads_to_one_milestone_are_no_circle(make: Make) -> None:
    with make.app.app_context():
        start = make.reference("milestone")
        left, right = (
            make.reference("milestone", dependsOn=[{"milestone": start}]) for _ in range(2)
        )
        both = make("milestone", dependsOn=[{"milestone": left}, {"milestone": right}])
        assert len(both.depends_on) == 2


def test_a_kamerstuk_is_registered_once(refused: Any, make: Make) -> None:
    kamerstuk: dict[str, Any] = {"dossier": "25883", "number": "405"}
    make("document", **kamerstuk)
    assert refused("document", **kamerstuk) == {"number": "duplicate"}
    assert refused("document", make("document"), **kamerstuk) == {"number": "duplicate"}


def test_what_is_hidden_cannot_be_pointed_at(make: Make, actors: dict[str, Actor]) -> None:
    with make.app.app_context():
        hidden = make.reference("partner", audience="secretariat")
        payload = minimal("milestone", owner=hidden)
        with pytest.raises(Invalid) as caught:
            editing.create(actors["member"], kind_named("milestone"), payload)
        assert messages(caught.value.errors)[0][1].code == "unknown_reference"
