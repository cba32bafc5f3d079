"""How a payload is laid over a record: absent stays, blank empties, rows have names."""

from typing import Any

import pytest

from registry import editing
from registry.access import Actor
from registry.initiatives.schemas import INITIATIVE
from registry.kind import Kind
from registry.partners.schemas import PARTNER
from registry.plan.schemas import MILESTONE
from tests.factories import Make

pytestmark = pytest.mark.usefixtures("session")
EDITION = {"title": "2020", "motto": "Blijf in balans", "participants": 600}


@pytest.fixture
def revise(actors: dict[str, Actor]) -> Any:
    def revise(kind: Kind, entity: Any, /, **payload: Any) -> Any:
        return editing.revise(actors["secretariat"], kind, entity, payload)

    return revise


def test_what_is_absent_stays(make: Make, revise: Any) -> None:
    entity = make("initiative", goal="Rust", editions=[EDITION], period="2020")
    revise(INITIATIVE, entity, summary="Kort")
    assert (entity.goal, entity.editions[0].motto) == ("Rust", "Blijf in balans")
    assert entity.period.text == "2020"


@pytest.mark.parametrize("blank", [None, "", "  ", "\n\t"])
def test_what_is_blank_is_emptied(make: Make, revise: Any, blank: str | None) -> None:
    entity = make("initiative", goal="Rust", website="https://a.example", kind="campaign",
                  period="2020")  # fmt: skip
    revise(INITIATIVE, entity, goal=blank, website=blank, kind=blank, period=blank)
    assert [entity.goal, entity.website, entity.kind, entity.period] == [None] * 4


def test_a_pointer_is_emptied_too(make: Make, revise: Any) -> None:
    milestone = make("milestone", owner=make.reference("partner"))
    revise(MILESTONE, milestone, owner="")
    assert milestone.owner is None


def test_a_pointer_may_be_the_object_that_was_read(make: Make, revise: Any) -> None:
    partner = make("partner")
    milestone = make("milestone")
    revise(MILESTONE, milestone, owner={"reference": partner.reference, "name": "x"})
    assert milestone.owner is partner


def test_a_row_is_found_by_its_key(make: Make, revise: Any) -> None:
    entity = make("initiative", editions=[EDITION, {"title": "2019"}])
    first, second = entity.editions
    revise(INITIATIVE, entity, editions=[
        {"key": second.key, "motto": "Samen"}, {"key": first.key, "title": "2021"},
    ])  # fmt: skip
    assert [(row.title, row.motto) for row in entity.editions] == [
        ("2019", "Samen"), ("2021", "Blijf in balans"),
    ]  # fmt: skip
    assert entity.editions == [second, first]


def test_a_row_without_a_key_is_found_by_what_names_it(make: Make, revise: Any) -> None:
    partner = make.reference("partner")
    entity = make("initiative", participations=[{"partner": partner, "role": "lead", "note": "n"}])
    (before,) = entity.participations
    row = {"partner": partner, "role": "lead", "from": "2020"}
    revise(INITIATIVE, entity, participations=[row])
    (after,) = entity.participations
    assert after is before
    assert (after.note, after.from_.text) == ("n", "2020")


def test_a_row_that_nothing_names_is_new(make: Make, revise: Any) -> None:
    entity = make("initiative", editions=[EDITION])
    before = entity.editions[0].key
    revise(INITIATIVE, entity, editions=[EDITION, {"title": "2021"}])
    assert [row.title for row in entity.editions] == ["2020", "2021"]
    assert [row.key == before for row in entity.editions] == [True, False]


def test_a_key_from_elsewhere_names_a_new_row(make: Make, revise: Any) -> None:
    entity = make("initiative")
    revise(INITIATIVE, entity, editions=[{"key": "wvdw-2020", "title": "2020"}])
    assert entity.editions[0].key == "wvdw-2020"


def test_rows_that_are_left_out_go(make: Make, revise: Any) -> None:
    entity = make("initiative", editions=[EDITION, {"title": "2019"}])
    kept = entity.editions[1].key
    revise(INITIATIVE, entity, editions=[{"key": kept}])
    assert [row.title for row in entity.editions] == ["2019"]


@pytest.mark.parametrize("none", [None, [], ""])
def test_a_list_is_emptied(make: Make, revise: Any, none: Any) -> None:
    entity = make("initiative", editions=[EDITION])
    revise(INITIATIVE, entity, editions=none)
    assert entity.editions == []


def test_a_row_laid_over_itself_changes_nothing(make: Make, revise: Any) -> None:
    entity = make("initiative", editions=[EDITION], money=[{"amount": "2", "currency": "EUR"}])
    version = entity.record.version
    revise(INITIATIVE, entity, money=[{"amount": "2.00", "currency": "EUR"}], editions=[EDITION])
    assert entity.record.version == version


def test_two_rows_of_one_name_keep_their_own(make: Make, revise: Any) -> None:
    rows = [{"title": "zelfde", "motto": "a"}, {"title": "zelfde", "motto": "b"}]
    entity = make("initiative", editions=rows)
    revise(INITIATIVE, entity, editions=[{"title": "zelfde"}, {"title": "zelfde"}])
    assert sorted(row.motto for row in entity.editions) == ["a", "b"]


def test_a_row_with_a_key_is_not_taken_by_one_without(make: Make, revise: Any) -> None:
    entity = make("initiative", editions=[EDITION])
    key = entity.editions[0].key
    revise(INITIATIVE, entity, editions=[{"title": "2020"}, {"key": key, "title": "2020"}])
    assert [row.key == key for row in entity.editions] == [False, True]


def test_the_same_words_are_the_same_passage(make: Make, revise: Any) -> None:
    document = make("document", passages=[{"quote": "Werkdruk is hoog."}])
    source = {"document": document.reference, "quote": "Werkdruk is hoog.", "field": "name",
              "basis": "stated"}  # fmt: skip
    partner = make("partner", sources=[source])
    revise(PARTNER, partner, sources=[source, {**source, "field": "kind"}])
    assert {row.passage for row in partner.sources} == {document.passages[0]}


def test_words_that_no_passage_has_become_one(make: Make) -> None:
    document = make.reference("document")
    source = {"document": document, "quote": "Nieuw.", "field": "name", "basis": "stated"}
    partner = make("partner", sources=[source])
    assert partner.sources[0].passage.quote == "Nieuw."


def test_a_guessed_key_gives_no_hold_on_a_hidden_row(
    make: Make, revise: Any, actors: dict[str, Actor]
) -> None:
    hidden = make.reference("partner", state="draft")
    entity = make("initiative", by="member", state="draft")
    row = {"key": "geheim", "partner": hidden, "role": "lead"}
    revise(INITIATIVE, entity, participations=[row])
    payload = {"participations": [{"key": "geheim", "partner": make.reference("partner"),
                                   "role": "participant"}]}  # fmt: skip
    editing.revise(actors["member"], INITIATIVE, entity, payload)
    roles = {row.key: row.role for row in entity.participations}
    assert roles.pop("geheim") == "lead"
    assert list(roles.values()) == ["participant"]
