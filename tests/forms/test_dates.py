"""How words of time and their days travel through a form."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.access import Actor
from registry.fields import Policy
from registry.forms.asking import Asking
from registry.forms.choices import Choices
from registry.forms.policy import PolicyControl
from tests.databases import on_sqlite

pytestmark = on_sqlite
FIELD = Policy("Termijn", "Due")
ANCHORED = {
    "text": "begin volgend jaar",
    "earliest": "2021-01-01",
    "latest": "2021-03-31",
    "kind": "vague",
    "anchor": "2020-12-31",
}
CORRECTED = {**ANCHORED, "latest": "2021-02-15"}
BLANK = {"text": "", "earliest": "", "latest": ""}


@pytest.fixture
def asking(session: Session, actors: dict[str, Actor]) -> Asking:
    assert session is not None
    return Asking(actors["secretariat"], "nl", Choices(actors["secretariat"], "nl"))


@pytest.mark.parametrize(
    ("stored", "drawn"),
    [
        (None, BLANK),
        (ANCHORED, {**BLANK, "text": "begin volgend jaar"}),
        (
            CORRECTED,
            {"text": "begin volgend jaar", "earliest": "2021-01-01", "latest": "2021-02-15"},
        ),
    ],
)
def test_days_are_shown_only_where_they_differ_from_how_the_words_read(
    stored: Any, drawn: dict[str, str], asking: Asking
) -> None:
    assert PolicyControl().drawn(FIELD, stored, asking) == drawn


@pytest.mark.parametrize("stored", [ANCHORED, CORRECTED])
def test_words_that_are_left_alone_keep_what_is_stored(stored: Any, asking: Asking) -> None:
    drawn = PolicyControl().drawn(FIELD, stored, asking)
    assert PolicyControl().read(FIELD, drawn, stored, asking) == stored


def test_other_days_for_the_same_words_still_count_from_the_same_day(asking: Asking) -> None:
    answer = {"text": "begin volgend jaar", "earliest": "", "latest": "2021-02-01"}
    read = PolicyControl().read(FIELD, answer, ANCHORED, asking)
    assert read == {**answer, "earliest": None, "anchor": "2020-12-31"}


def test_other_words_are_read_anew(asking: Asking) -> None:
    read = PolicyControl().read(FIELD, {**BLANK, "text": " medio 2021 "}, ANCHORED, asking)
    assert read == {"text": "medio 2021", "earliest": None, "latest": None}


def test_words_that_are_emptied_are_gone(asking: Asking) -> None:
    assert PolicyControl().read(FIELD, BLANK, ANCHORED, asking) is None
