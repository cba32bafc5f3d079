"""Words found in Dutch: the same on both engines, whatever is typed in the box."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import editing, search
from registry.access import Actor
from registry.initiatives.schemas import INITIATIVE
from registry.kind import kind_named
from registry.record import Record
from tests.factories import Make

PAIRS = [
    ("initiatief", "initiatieven"),
    ("werkstress", "werkstressen"),
    ("werkgever", "werkgevers"),
    ("organisatie", "organisaties"),
    ("brief", "brieven"),
    ("reis", "reizen"),
    ("huis", "huizen"),
    ("onderzoek", "onderzoeken"),
    ("klacht", "klachten"),
    ("ziekteverzuim", "Ziekteverzuim"),
    ("coöperatie", "cooperatie"),
    ("café", "cafe"),
    ("ministerie", "ministeries"),
]
HARMLESS = [
    "AND", "OR", "NOT", "NEAR(a b)", '"', "'", '"rust', "rust*", "*", "^rust", "a:b", "-rust",
    "title_stems:rust", "{a b}", "(", ")", "rust AND", "a & b | c", "!", "<->", "rust:*", ":*",
    "\\", "%", "_", "; DROP TABLE record", "\x00", "\ud800", "😀", "«»", "—", "…" * 500, "a" * 5000,
]  # fmt: skip


@pytest.fixture
def found(session: Session) -> Any:
    """The references of what is found, best first."""

    def found(query: str) -> list[str]:
        clause, rank = search.found(query, session.get_bind().dialect.name)
        wanted = select(Record.reference).where(clause).order_by(rank, Record.id)
        return list(session.scalars(wanted))

    return found


@pytest.mark.parametrize(("one", "other"), [*PAIRS, *(pair[::-1] for pair in PAIRS)])
def test_a_word_is_found_by_its_other_form(make: Make, found: Any, one: str, other: str) -> None:
    wanted = make.reference("initiative", title=f"Over {one} gaat het")
    make("initiative", title="Iets anders")
    assert found(other) == [wanted]


@pytest.mark.parametrize("query", HARMLESS)
def test_whatever_is_typed_is_only_words(make: Make, found: Any, query: str) -> None:
    make("initiative", title="Rust")
    assert isinstance(found(query), list)


@pytest.mark.parametrize("query", ["", "  ", '"', "*", "!?", "\x00"])
def test_no_word_finds_nothing(make: Make, found: Any, query: str) -> None:
    make("initiative")
    assert found(query) == []


def test_all_words_must_be_there(make: Make, found: Any) -> None:
    wanted = make.reference("initiative", title="Week van de Werkstress", goal="Blijf in balans")
    make("initiative", title="Week van het werk")
    assert found("werkstress balans") == [wanted]


def test_the_last_word_may_be_half_typed(make: Make, found: Any) -> None:
    wanted = make.reference("initiative", title="Handreiking psychosociale arbeidsbelasting")
    assert found("handreiking psychosoc") == [wanted]
    assert found("psychosoc handreiking") == []


def test_a_word_in_the_title_weighs_more(make: Make, found: Any) -> None:
    inside = make.reference("initiative", title="Een", description="Dit gaat over mantelzorg")
    titled = make.reference("initiative", title="Mantelzorg")
    assert found("mantelzorg") == [titled, inside]


def test_words_of_rows_are_found(make: Make, found: Any) -> None:
    wanted = make.reference("initiative", editions=[{"title": "2020", "motto": "Blijf in balans"}])
    assert found("balans") == [wanted]


def test_what_changes_is_found_by_its_new_words(
    make: Make, found: Any, actors: dict[str, Actor]
) -> None:
    entity = make("initiative", title="Oud")
    editing.revise(actors["secretariat"], INITIATIVE, entity, {"title": "Nieuw"})
    assert (found("oud"), found("nieuw")) == ([], [entity.reference])


def test_only_words_for_the_search_are_found(make: Make, found: Any) -> None:
    make("partner", contacts=[{"name": "Geheimnaam"}])
    assert found("geheimnaam") == []


@pytest.mark.parametrize(
    ("word", "number"),
    [("initiatieven", 1), ("werkstress", 1), ("burn-out", 5), ("TNO", 1), ("mantelzorgers", 1)],
)
def test_the_letters_are_found(letters: Any, found: Any, word: str, number: int) -> None:
    assert len(found(word)) >= number


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Twee initiatieven.", "initiatief", "Twee <mark>initiatieven</mark>."),
        ("<b>rust</b>", "rust", "&lt;b&gt;<mark>rust</mark>&lt;/b&gt;"),
        ("a & b", "b", "a &amp; <mark>b</mark>"),
        ("niets", "iets", "niets"),
        ("café", "cafe", "<mark>café</mark>"),
    ],
)
def test_words_are_marked_and_all_else_is_harmless(text: str, query: str, marked: str) -> None:
    assert str(search.marked(text, query)) == marked


def test_a_long_text_is_cut_around_the_first_hit() -> None:
    shown = str(search.marked("x " * 500 + "rust" + " y" * 500, "rust"))
    assert "<mark>rust</mark>" in shown
    assert len(shown) < 300


@pytest.mark.parametrize(("text", "key"), [("Éénmalig", "eenmalig"), ("ŒUVRE", "œuvre")])
def test_text_sorts_on_a_key_without_case_and_accents(text: str, key: str) -> None:
    assert search.fold(text) == key


def test_words_of_a_row_that_points_at_what_is_hidden_are_not_found(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    event = make("event")
    row = {"title": "Wombatfeest", "event": event.reference}
    initiative = make("initiative", editions=[row])
    secretariat, kind = actors["secretariat"], kind_named("event")

    def found() -> bool:
        clause, _ = search.found("wombatfeest", session.get_bind().dialect.name)
        return bool(session.scalar(select(Record.id).where(clause)) == initiative.id)

    assert found()
    editing.withdraw(secretariat, kind, event, reason="Nog niet")
    assert not found()
    editing.publish(secretariat, kind, event)
    assert found()
    editing.remove(secretariat, kind, event, reason="Dubbel")
    assert not found()
    editing.restore(secretariat, kind, event.reference)
    assert found()
