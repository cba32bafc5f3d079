"""The files of the import format: `<collection>.csv`, and one table per nested list."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import Message

BROKEN = Message(
    "The file cannot be read as CSV in UTF-8: {why}.",
    "Het bestand is niet te lezen als CSV in UTF-8: {why}.",
    "file",
)
HEADLESS = Message(
    "The first column must be called {name}.", "De eerste kolom moet {name} heten.", "header"
)
NO_CSV = Message(
    "Only files whose name ends in .csv are read.",
    "Alleen bestanden waarvan de naam eindigt op .csv worden gelezen.",
    "unknown_file",
)
NO_COLLECTION = Message(
    "There is no such collection. There are: {allowed}.",
    "Deze verzameling bestaat niet. Wel: {allowed}.",
    "unknown_file",
)
NO_LIST = Message(
    "There is no such list in this collection. There are: {allowed}.",
    "Deze lijst bestaat niet in deze verzameling. Wel: {allowed}.",
    "unknown_file",
)
ORPHAN = Message(
    "The collection's own file, {name}, is not in the folder.",
    "Het bestand van de verzameling zelf, {name}, staat niet in de map.",
    "unknown_file",
)
TWICE = Message(
    "This stands in an earlier row too.", "Dit staat ook in een eerdere rij.", "duplicate"
)
WIDE = Message(
    "This row has more cells than the header has columns.",
    "Deze rij heeft meer cellen dan de kop kolommen heeft.",
    "columns",
)


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: file, row (1 is the header), column."""

    file: str
    row: int
    column: str
    message: Message

    def text(self, lang: str) -> str:
        return f"{self.file}:{self.row} [{self.column}] {self.message.in_(lang)}"


@dataclass(frozen=True)
class Row:
    """One row of a file, by column."""

    file: str
    number: int
    cells: Mapping[str, str]

    def fault(self, column: str, message: Message) -> Fault:
        return Fault(self.file, self.number, column, message)


@dataclass
class Item:
    """One record as the files have it: its own row and the rows of its lists."""

    id: str
    row: Row
    lists: dict[str, list[Row]] = field(default_factory=dict)


def strangers(folder: Path, known: Mapping[str, Set[str]]) -> Iterator[Fault]:
    """The files of `folder` that nothing would read; `known` are the collections, with their
    lists. A hidden file is not of the format."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith("."):
            message = _strange(path, known)
            if message is not None:
                yield Fault(path.name, 1, "record" if "." in path.stem else "id", message)


def _strange(path: Path, known: Mapping[str, Set[str]]) -> Message | None:
    collection, dot, name = path.stem.partition(".")
    if path.suffix != ".csv":
        return NO_CSV
    if collection not in known:
        return NO_COLLECTION.format(allowed=", ".join(sorted(known)))
    if dot and name not in known[collection]:
        return NO_LIST.format(allowed=", ".join(sorted(known[collection])))
    own = path.with_name(f"{collection}.csv")
    return None if own.exists() else ORPHAN.format(name=own.name)


def read(folder: Path, collection: str, faults: list[Fault]) -> list[Item]:
    """The records of one collection, in the order of the file. What is wrong goes to `faults`."""
    items: dict[str, Item] = {}
    for row in _rows(folder / f"{collection}.csv", "id", faults):
        key = row.cells["id"]
        if key in items or not key:
            faults.append(row.fault("id", TWICE))
            continue
        items[key] = Item(key, row)
    for path in sorted(folder.glob(f"{collection}.*.csv")):
        _attach(path, items, faults)
    return list(items.values())


def _attach(path: Path, items: Mapping[str, Item], faults: list[Fault]) -> None:
    name = path.stem.split(".", 1)[1]
    for item in items.values():  # a list that has a file is whole in it
        item.lists.setdefault(name, [])
    for row in _rows(path, "record", faults):
        parent = items.get(row.cells["record"])
        if parent is None:
            faults.append(
                row.fault(
                    "record",
                    Message(
                        "There is no such row in the collection's own file.",
                        "Deze rij staat niet in het bestand van de verzameling zelf.",
                        "unknown_reference",
                    ),
                )
            )
            continue
        parent.lists[name].append(row)


def _rows(path: Path, first: str, faults: list[Fault]) -> Iterable[Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
        lines = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.append(Fault(path.name, 1, first, BROKEN.format(why=error)))
        return
    if first not in (reader.fieldnames or ()):
        faults.append(Fault(path.name, 1, first, HEADLESS.format(name=first)))
        return
    for number, line in enumerate(lines, 2):
        if None in line:
            faults.append(Fault(path.name, number, first, WIDE))
            continue
        cells = {name: (value or "").strip() for name, value in line.items()}
        yield Row(path.name, number, cells)
