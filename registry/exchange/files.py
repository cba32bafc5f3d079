"""The files of the import format: `<collection>.csv`, and one table per nested list.

A workbook has the same tables as sheets. In a folder of files records have ids of those files, in
what was downloaded their public references."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import Message
from ..tables import Fault, Row, headed
from ..tables import read as read_file

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
ALONE = Message(
    "The collection's own file, {name}, is not in the folder.",
    "Het bestand van de verzameling zelf, {name}, staat niet in de map.",
    "unknown_file",
)
TWICE = Message(
    "This stands in an earlier row too.", "Dit staat ook in een eerdere rij.", "duplicate"
)
ORPHAN = Message(
    "There is no such row in the collection's own file.",
    "Deze rij staat niet in het bestand van de verzameling zelf.",
    "unknown_reference",
)


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
    return None if own.exists() else ALONE.format(name=own.name)


def read(folder: Path, collection: str, faults: list[Fault]) -> list[Item]:
    """The records of one collection, in the order of the file. What is wrong goes to `faults`."""
    items: dict[str, Item] = {}
    for row in _rows(folder / f"{collection}.csv", "id", faults):
        add(items, row.cells["id"], row, "id", faults)
    for path in sorted(folder.glob(f"{collection}.*.csv")):
        name = path.stem.split(".", 1)[1]
        attach(items, name, _rows(path, "record", faults), "record", faults)
    return list(items.values())


def add(items: dict[str, Item], key: str, row: Row, column: str, faults: list[Fault]) -> None:
    """Enter a record under its key, which it shares with no other."""
    if key in items or not key:
        faults.append(row.fault(column, TWICE))
        return
    items[key] = Item(key, row)


def attach(
    items: Mapping[str, Item], name: str, rows: Iterable[Row], column: str, faults: list[Fault]
) -> None:
    """Give each record its rows of the list called `name`; `column` says whose a row is."""
    for item in items.values():  # a list that has a file is whole in it
        item.lists.setdefault(name, [])
    for row in rows:
        parent = items.get(row.cells[column])
        if parent is None:
            faults.append(row.fault(column, ORPHAN))
        else:
            parent.lists[name].append(row)


def placed(item: Item, kept: Mapping[str, list[Row]], errors: Any) -> Iterable[Fault]:
    """What a command refuses, at the rows and columns that it came from. `kept`: the rows of each
    list in the payload."""
    for name, found in errors.items():
        if not isinstance(found, dict):
            yield from (item.row.fault(name, message) for message in found)
            continue
        rows = kept.get(name, [])
        for index, inner in found.items():
            within = isinstance(index, int) and index < len(rows)
            row = rows[index] if within else item.row
            for column, messages in _flat(inner if within else {name: inner}):
                yield from (row.fault(column, message) for message in messages)


def _flat(tree: Any, prefix: str = "") -> Iterable[tuple[str, list[Message]]]:
    if not isinstance(tree, dict):
        yield prefix or "_schema", tree
        return
    for name, inner in tree.items():
        yield from _flat(inner, f"{prefix}.{name}" if prefix else str(name))


def _rows(path: Path, first: str, faults: list[Fault]) -> list[Row]:
    found: list[Row] = []
    for grid in read_file(path, path.name, faults):
        if grid.lines and first not in grid.lines[0].cells:
            faults.append(Fault(path.name, 1, first, HEADLESS.format(name=first)))
            continue
        faults += grid.faults
        found += headed(grid, faults)
    return found
