"""Loading is importing: safe to repeat, and a broken file says where and loads nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.access import system
from registry.exchange.cli import ACTOR
from registry.exchange.loading import BadFiles, Report, load
from registry.ledger import Change
from registry.record import Record
from registry.tables import Fault
from tests.databases import on_sqlite
from tests.letters.reading import SEED, Letters

SMALL = ("offices", "persons", "sectors", "sectors.designations")
Break = Callable[[Path], None]


def read_in(folder: Path) -> Report:
    return load(system(ACTOR, "seed"), folder)


def changes(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Change)) or 0


def records(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Record)) or 0


def test_a_second_load_changes_nothing(read: Letters, session: Session) -> None:
    before, everything = changes(session), len(read.places)
    report = read_in(SEED)
    assert (report.created, report.changed, report.unchanged) == (0, 0, everything)
    assert changes(session) == before


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    """A few files as those of seed/, which load by themselves and quickly."""
    folder = tmp_path / "seed"
    folder.mkdir()
    for name in SMALL:
        shutil.copy(SEED / f"{name}.csv", folder)
    # The first eight Kamerstukken, and the events of the first debates.
    for name, kept in (("documents", 9), ("events", 5)):
        lines = (SEED / f"{name}.csv").read_text("utf-8").splitlines(keepends=True)
        (folder / f"{name}.csv").write_text("".join(lines[:kept]), "utf-8")
    return folder


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def change(name: str, old: str, new: str) -> Break:
    return lambda folder: replaced(folder / name, old, new)


def add(name: str, line: str) -> Break:
    def append(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    return append


def as_a_picture(folder: Path) -> None:
    (folder / "persons.csv").write_bytes(b"GIF89a\1\0\1\0")


def renamed(folder: Path) -> None:
    (folder / "sectors.csv").rename(folder / "branches.csv")


def with_(name: str, text: str = "") -> Break:
    def write(folder: Path) -> None:
        (folder / name).write_text(text, "utf-8")

    return write


def without(name: str) -> Break:
    return lambda folder: (folder / name).unlink()


BROKEN: dict[str, tuple[Break, str, int, str, str, str]] = {
    "an unknown column": (
        change("sectors.csv", "order,note", "order,colour"),
        *("sectors.csv", 2, "colour"),
        *("Deze kolom bestaat hier niet", "There is no such column here"),
    ),
    "a reference to nothing": (
        change("events.csv", "kst-29544-911", "kst-29544-119"),
        *("events.csv", 2, "document"),
        *("kst-29544-119 staat niet in deze bestanden", "There is no kst-29544-119"),
    ),
    "a code that is not in the list": (
        change("events.csv", ",debate,", ",party,"),
        *("events.csv", 2, "kind"),
        *("Kies een van: debate", "Choose one of: debate"),
    ),
    "text that is too long": (
        change("offices.csv", "Minister van Sociale Zaken", "M" * 201),
        *("offices.csv", 4, "name"),
        *("Hoogstens 200 tekens", "At most 200 characters"),
    ),
    "an id that stands there twice": (
        add("sectors.csv", "sector-ict,ICT,ICT,,7,"),
        *("sectors.csv", 11, "id"),
        *("Dit staat ook in een eerdere rij", "This stands in an earlier row too"),
    ),
    "no text at all": (
        as_a_picture,
        *("persons.csv", 1, "A"),
        *("iets dat geen tekst is", "something that is no text"),
    ),
    "a row with too many cells": (
        add("sectors.csv", "sector-bouw,Bouw,Construction,,10,,,x"),
        *("sectors.csv", 11, "H"),
        *("meer cellen dan de kop kolommen", "more cells than the header has columns"),
    ),
    "a window that ends before it begins": (
        change(
            "events.csv", "manifest van de BA&O te reageren.,,,", "manifest,2020-11-12,2020-11-11,"
        ),
        *("events.csv", 5, "when"),
        *("vóór", "before the earliest"),
    ),
    "a list of a record that is not there": (
        add("sectors.designations.csv", "sector-bouw,risk-2019,risk_sector,,kst-25883-370,"),
        *("sectors.designations.csv", 21, "record"),
        *("niet in het bestand van de verzameling", "no such row in the collection"),
    ),
    "a code that is wrong in a nested row": (
        change("sectors.designations.csv", "faster_increase", "slower_increase"),
        *("sectors.designations.csv", 10, "designation"),
        *("Kies een van: risk_sector", "Choose one of: risk_sector"),
    ),
    "a list that the collection does not have": (
        with_("sectors.colours.csv", "record,colour\n"),
        *("sectors.colours.csv", 1, "record"),
        *("Deze lijst bestaat niet in deze verzameling", "There is no such list"),
    ),
    "a list without the file of its collection": (
        without("sectors.csv"),
        *("sectors.designations.csv", 1, "record"),
        *("sectors.csv, staat niet in de map", "sectors.csv, is not in the folder"),
    ),
    "a list of no collection": (
        with_("branches.sources.csv", "record\n"),
        *("branches.sources.csv", 1, "record"),
        *("Deze verzameling bestaat niet", "There is no such collection"),
    ),
    "a file of another sort": (
        with_("indicators.CSV", "id,name\n"),
        *("indicators.CSV", 1, "id"),
        *("Alleen bestanden waarvan de naam eindigt op .csv", "Only files whose name ends in"),
    ),
    "an empty file": (
        with_("groups.csv"),
        *("groups.csv", 1, "A"),
        *("Dit bestand is leeg", "This file is empty"),
    ),
    "a file without a header": (
        with_("groups.csv", "R01,Werknemers\n"),
        *("groups.csv", 1, "id"),
        *("De eerste kolom moet id heten", "The first column must be called id"),
    ),
    "a second number that another record has": (
        change("events.csv", "E02,M04,", "E02,M02,"),
        *("events.csv", 3, "also"),
        *("Dit staat ook in een eerdere rij", "This stands in an earlier row too"),
    ),
    "a file of no collection": (
        renamed,
        *("branches.csv", 1, "id"),
        *("Deze verzameling bestaat niet", "There is no such collection"),
    ),
}
every_break = pytest.mark.parametrize("broken", BROKEN)


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(BadFiles) as caught:
        read_in(folder)
    return caught.value.faults


def test_the_few_files_load_when_nothing_is_wrong(session: Session, seed: Path) -> None:
    assert read_in(seed).created > 0


def test_a_changed_cell_changes_one_record(session: Session, seed: Path) -> None:
    read_in(seed)
    replaced(seed / "sectors.csv", "Manufacturing", "Industry")
    before = changes(session)
    assert read_in(seed).changed == 1
    assert changes(session) == before + 1
    assert Letters(session)["sector-industrie"]["nameEn"] == "Industry"


@on_sqlite
@every_break
def test_a_broken_file_names_file_row_and_field(session: Session, seed: Path, broken: str) -> None:
    breaking, file, row, column, _, _ = BROKEN[broken]
    breaking(seed)
    assert (file, row, column) in [(f.file, f.row, f.column) for f in faults(seed)]


@on_sqlite
@every_break
def test_a_broken_file_says_why_in_both_languages(
    session: Session, seed: Path, broken: str
) -> None:
    breaking, file, row, column, dutch, english = BROKEN[broken]
    breaking(seed)
    fault = next(f for f in faults(seed) if (f.file, f.row, f.column) == (file, row, column))
    assert dutch in fault.text("nl")
    assert english in fault.text("en")


@on_sqlite
@every_break
def test_a_broken_file_loads_nothing(session: Session, seed: Path, broken: str) -> None:
    BROKEN[broken][0](seed)
    before = records(session), changes(session)
    faults(seed)
    assert (records(session), changes(session)) == before


@on_sqlite
def test_all_that_is_wrong_is_said_at_once(session: Session, seed: Path) -> None:
    several = "an unknown column", "a code that is not in the list", "text that is too long"
    for broken in several:
        BROKEN[broken][0](seed)
    found = {(fault.file, fault.row, fault.column) for fault in faults(seed)}
    assert {BROKEN[broken][1:4] for broken in several} <= found


@on_sqlite
def test_a_wrong_row_is_named_also_after_one_that_waits_for_a_later_record(
    session: Session, seed: Path
) -> None:
    (seed / "documents.relations.csv").write_text(
        "record,key,relation,document\n"
        "kst-25883-361,r01,cites,kst-25883-365\n"
        "kst-25883-361,r02,sites,kst-25883-370\n"
    )
    assert [(f.file, f.row, f.column) for f in faults(seed)] == [
        ("documents.relations.csv", 3, "relation")
    ]


@on_sqlite
def test_at_the_terminal_a_broken_file_ends_in_an_error(app: Flask, seed: Path) -> None:
    BROKEN["a code that is not in the list"][0](seed)
    ran = app.test_cli_runner().invoke(args=["load", str(seed)])
    assert ran.exit_code == 1
    assert "events.csv:2 [kind] Kies een van" in ran.output
    assert "Choose one of" in ran.output
