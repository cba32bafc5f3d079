"""Every id of the reading of the letters leads to a record, and the page that says so is fresh."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from registry.exchange.mapping import PARTS, TABLE, page
from tests.databases import on_sqlite
from tests.letters.reading import Letters

with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
PLACE = re.compile(r"(\w+)\[([^\]]+)\]")


def numbered(letter: str, last: int) -> list[str]:
    return [f"{letter}{n:02}" for n in range(1, last + 1)]


READING: dict[str, Iterable[str]] = {
    "footnotes": [f"405-fn{n}" for n in range(1, 25)] + [f"370-fn{n}" for n in range(1, 7)],
    "organisations": numbered("P", 27),
    "categories": numbered("G", 27),
    "persons": numbered("H", 7),
    "themes": [f"2.1-{n}" for n in range(1, 6)],
    "sectors": [f"2.2-{n}" for n in range(1, 7)],
    "groups": numbered("D", 15),
    "initiatives": numbered("I", 23),
    "commitments": numbered("T", 31),
    "milestones": numbered("M", 28),
    "figures": numbered("N", 22),
    "causes": numbered("F", 31),
    "views": [f"7.5-{n}" for n in range(1, 10)],
    "events": [*numbered("E", 8), *(f"E09{x}" for x in "abcde"), "E10", "E11", "E12"],
}


def ids(part: str) -> list[str]:
    return [row["id"] for row in ROWS if row["part"] == part]


@pytest.mark.parametrize("part", READING)
def test_every_id_of_the_reading_is_mapped_once(part: str) -> None:
    assert ids(part) == list(READING[part])


def test_the_twelve_kamerstukken_are_mapped() -> None:
    assert len(set(ids("kamerstukken"))) == 12


def test_every_part_has_a_heading() -> None:
    assert {row["part"] for row in ROWS} == set(PARTS)


@on_sqlite
def test_every_record_of_the_letters_is_in_the_mapping(read: Letters) -> None:
    named = {id_ for row in ROWS for id_ in row["record"].split()}
    named |= {id_ for row in ROWS for id_ in re.findall(r"\{(\S+?)\}", row["where"])}
    assert named == set(read.places)


@on_sqlite
def test_every_place_in_a_record_is_there(read: Letters) -> None:
    lost = [
        f"{row['id']}: {id_} {name}[{key}]"
        for row in ROWS
        for id_, name, key in places(row)
        if key not in [nested["key"] for nested in read[id_][name]]
    ]
    assert lost == []


def places(row: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for id_ in row["record"].split():
        for name, key in PLACE.findall(row["where"]):
            yield id_, name, key


def test_the_page_is_fresh(read: Letters, root: Path) -> None:
    """Stale? Then: `flask --app wsgi mapping > docs/mapping.md`, with only the letters loaded."""
    assert page() == (root / "docs" / "mapping.md").read_text("utf-8")
