"""The code lists: in both languages, in step with the code, and changed where people may."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry import editing, policydate, vocabulary
from registry.access import Actor, Role
from registry.errors import Invalid
from registry.initiatives.schemas import INITIATIVE
from registry.policydate import DateKind
from registry.record import Audience, State
from registry.vocabulary import LISTS, ReadingConvention, VocabularyTerm
from tests.factories import Make

OPEN = "initiative-kind"


def test_every_term_is_written_in_both_languages() -> None:
    lacking = [
        (name, code)
        for name, known in LISTS.items()
        for code, term in known.terms.items()
        if not (term.words.nl.strip() and term.words.en.strip())
    ]
    assert lacking == []


def test_every_list_has_a_name_and_terms() -> None:
    assert all(known.words.nl and known.words.en and known.terms for known in LISTS.values())


def test_every_code_is_an_english_word_that_fits_its_column() -> None:
    codes = {code for known in LISTS.values() for code in known.terms}
    assert [code for code in codes if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", code)] == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [("state", State), ("audience", Audience), ("role", Role), ("date-kind", DateKind)],
)
def test_a_list_of_the_code_names_all_its_values(name: str, codes: Any) -> None:
    assert set(LISTS[name].terms) == set(codes)


def test_what_holds_for_everybody_cannot_be_extended() -> None:
    closed = ("state", "audience", "role", "date-kind", "basis", "strength")
    assert not any(LISTS[name].open for name in closed)


@pytest.fixture
def change(session: Session) -> Any:
    """Writes a term, or changes one, as an administrator's screen does."""

    def change(name: str, code: str, **values: Any) -> None:
        words = {"nl": "Proef", "en": "Trial"}
        session.add(VocabularyTerm(vocabulary=name, code=code, **{**words, **values}))
        session.flush()
        session.info.pop("vocabulary", None)

    return change


def test_a_term_that_people_add_can_be_chosen(change: Any, make: Make) -> None:
    change(OPEN, "trial")
    assert make("initiative", payload={"kind": "trial"}).kind == "trial"
    assert vocabulary.label(OPEN, "trial").en == "Trial"


def test_a_term_that_people_reword_reads_anew(change: Any) -> None:
    code = next(iter(LISTS[OPEN].terms))
    change(OPEN, code)
    assert vocabulary.label(OPEN, code).nl == "Proef"


def test_a_retired_term_stays_where_it_is_and_cannot_be_chosen_any_more(
    change: Any, make: Make, actors: dict[str, Actor]
) -> None:
    code = next(iter(LISTS[OPEN].terms))
    entity = make("initiative", payload={"kind": code})
    change(OPEN, code, retired=True)
    editing.revise(actors["secretariat"], INITIATIVE, entity, {"kind": code, "goal": "Rust"})
    assert (entity.kind, entity.goal) == (code, "Rust")
    with pytest.raises(Invalid):
        make("initiative", payload={"kind": code})


def test_a_closed_list_stays_as_it_is(change: Any) -> None:
    change("strength", "trial")
    assert "trial" not in vocabulary.terms("strength")


def test_a_code_that_is_gone_reads_as_itself(session: Session) -> None:
    assert vocabulary.label(OPEN, "gone").nl == "gone"


def test_a_changed_reading_agreement_reads_anew(session: Session, make: Make) -> None:
    start, ends = date(2000, 5, 1), date(2000, 5, 31)
    session.add(ReadingConvention(word="medio", year=None, start=start, ends=ends))
    session.flush()
    session.info.pop("conventions", None)
    period = make("initiative", period="medio 2021").period
    assert (period.earliest, period.latest) == (date(2021, 5, 1), date(2021, 5, 31))
    default = policydate.read("medio 2021", conventions=policydate.DEFAULTS).value
    assert default.earliest != period.earliest
