"""Every quote stands in the letter, word for word, on the lines that it gives."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.letters.reading import LETTERS, SEED
from tests.letters.wording import fingerprint, printed

MOST_WORDS = 25
LINES = re.compile(r"(\d+)(?:-(\d+))?")
# A footnote mark is glued to the word before it: oktober 201923, miljard10, «…»1, 2019.1.
GLUED = re.compile(r"[^\W\d_]\d{1,2}\b|[»)]\d{1,2}\b|[^\W\d_]\.\d|\b20\d{4}\b")
A_FOOTNOTE = re.compile(r"^\d{1,2} |https?://|doi:")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PASSAGES = [p for p in rows(SEED / "documents.passages.csv") if p["record"] in LETTERS]
each_letter = pytest.mark.parametrize("letter", LETTERS)


def cited() -> Iterator[tuple[str, str]]:
    """The document and the words of every source that quotes a letter."""
    for path in sorted(SEED.glob("*.sources.csv")):
        for source in rows(path):
            if source["document"] in LETTERS and source["quote"]:
                yield source["document"], source["quote"]


@each_letter
def test_the_letter_is_the_one_that_was_read(letter: str) -> None:
    stored = {row["id"]: row["sha256"] for row in rows(SEED / "documents.csv")}
    assert stored[letter] == fingerprint(letter)


@each_letter
def test_every_passage_stands_word_for_word_on_its_lines(letter: str) -> None:
    missing = [
        f"{p['key']}: {p['quote']}"
        for p in PASSAGES
        if p["record"] == letter and not whole(p["quote"]).search(printed(letter, *lines_of(p)))
    ]
    assert missing == []


def whole(quote: str) -> re.Pattern[str]:
    """The quote, not cut off inside a word; only a footnote mark may be glued to its end."""
    before = r"(?<!\w)" if quote[0].isalnum() else ""
    after = r"(?![^\W\d_])" if quote[-1].isalnum() else ""
    return re.compile(f"{before}{re.escape(quote)}{after}")


@each_letter
def test_every_passage_begins_and_ends_on_the_lines_that_it_gives(letter: str) -> None:
    printed(letter, 1, 1)
    wider = []
    for passage in (p for p in PASSAGES if p["record"] == letter):
        first, last = lines_of(passage)
        narrower = printed(letter, first + 1, last), printed(letter, first, last - 1)
        if any(passage["quote"] in text for text in narrower):
            wider.append(f"{passage['key']}: {passage['lines']}")
    assert wider == []


def lines_of(passage: dict[str, str]) -> tuple[int, int]:
    found = LINES.fullmatch(passage["lines"])
    assert found is not None
    return int(found[1]), int(found[2] or found[1])


def test_a_quote_is_short() -> None:
    long = [p["quote"] for p in PASSAGES if len(p["quote"].split()) > MOST_WORDS]
    assert long == []


def test_a_quote_runs_over_no_footnote_mark() -> None:
    running = [p["quote"] for p in PASSAGES if not A_FOOTNOTE.search(p["quote"])]
    assert [quote for quote in running if GLUED.search(quote)] == []


def test_every_quote_that_is_cited_is_a_passage_of_its_document() -> None:
    known = {(p["record"], p["quote"]) for p in PASSAGES}
    assert set(cited()) - known == set()


def test_every_passage_of_a_letter_is_cited() -> None:
    assert {(p["record"], p["quote"]) for p in PASSAGES} - set(cited()) == set()


def test_the_key_of_a_passage_is_its_first_line_and_stays() -> None:
    odd = [p["key"] for p in PASSAGES if not re.fullmatch(rf"p{lines_of(p)[0]}[a-z]*", p["key"])]
    assert odd == []


def test_only_the_two_letters_are_quoted() -> None:
    quoted = {row["record"] for row in rows(SEED / "documents.passages.csv")}
    assert quoted == set(LETTERS)
