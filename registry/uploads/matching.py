"""Which sheet holds what, and which heading means which field: guessed, and a person corrects."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from ..access import Actor
from ..downloads.columns import columns, lists
from ..downloads.guide import NAMES
from ..errors import Message
from ..exchange.files import Item, add, attach
from ..fields import Code, Ref, Rows
from ..kind import Kind
from ..naming import REFERENCE
from ..search import fold
from ..tables import Fault, Grid, Row, headed
from ..tables.writing import CODES
from ..words import Words

ALIKE = 0.84
MOST = 20_000
"""Records in one file."""
SEPARATOR = re.compile(r"\s*[;\n]\s*")
OWN = {
    "reference": Words("Kenmerk", "Reference"),
    "version": Words("Versie", "Version"),
}
NOTHING = Message("There is no row under the header.", "Er staat geen rij onder de kop.", "empty")
MANY = Message(
    "At most {most} records in one file.", "Hoogstens {most} gegevens in één bestand.", "too_many"
)
WHOLE = Message(
    "The rows of a record that exists are changed on the sheet of that list.",
    "De rijen van een gegeven dat er al is, wijzigt u op het blad van die lijst.",
    "forbidden",
)


@dataclass
class Sheets:
    """The sheets of one file: the records, their lists, and what is left unread."""

    main: Grid | None = None
    lists: dict[str, Grid] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with the sheets that are read."""
        grids = [*([self.main] if self.main is not None else []), *self.lists.values()]
        return [fault for grid in grids for fault in grid.faults]

    @property
    def headings(self) -> list[str]:
        """The headings of the sheet with the records."""
        if self.main is None or not self.main.lines:
            return []
        return [cell.strip() for cell in self.main.lines[self.head].cells if cell.strip()]

    @property
    def head(self) -> int:
        """Which line holds the headings: the first with at least two cells filled."""
        lines = self.main.lines[:20] if self.main is not None else []
        filled = (i for i, line in enumerate(lines) if sum(map(bool, line.cells)) > 1)
        return next(filled, 0)


def sheets(grids: list[Grid], kind: Kind, actor: Actor) -> Sheets:
    """Which sheet is what: by its name, and else the first that has something in it."""
    found, known = Sheets(), lists(kind, actor.view)
    rest = [grid for grid in grids if grid.lines and grid.name not in (*NAMES, CODES)]
    found.main = next((grid for grid in rest if grid.name == kind.collection), None)
    found.main = found.main or next((grid for grid in rest if grid.name not in known), None)
    for grid in rest:
        if grid is found.main:
            continue
        if grid.name in known and "reference" in grid.lines[0].cells:
            found.lists[grid.name] = grid
        else:
            found.unread.append(grid.name)
    return found


def fields(kind: Kind, actor: Actor) -> dict[str, Words]:
    """What a column can be: its name in the format → what people call it."""
    own = [
        column
        for column in columns(kind.dictionary, actor.view)
        if not column.read_only and column.field.about.editors <= actor.view
    ]
    return {**OWN, **{column.name: column.words for column in own}, **dict(_simple(kind, actor))}


def _simple(kind: Kind, actor: Actor) -> Iterator[tuple[str, Words]]:
    """Lists of which one cell can fill rows: “themes.theme”, several with a semicolon between."""
    for name, rows in lists(kind, actor.view).items():
        inner = _only(rows)
        if inner is not None and rows.about.editors <= actor.view:
            yield f"{name}.{inner}", rows.about.words


def _only(rows: Rows) -> str | None:
    """The one field of a row that must be filled in, apart from how something is known."""
    needed = [
        str(inner.data_key or name)
        for name, inner in rows.schema.load_fields.items()
        if inner.required and not (isinstance(inner, Code) and inner.of == "basis")
    ]
    described = rows.schema.described()
    one = needed[0] if len(needed) == 1 else None
    return one if one and isinstance(described.get(one), Ref | Code) else None


def guessed(headings: list[str], kind: Kind, actor: Actor) -> dict[str, str]:
    """Heading → name of the field that it most likely means; each field once."""
    known = fields(kind, actor)
    scores = sorted(
        (-_alike(heading, name, words), position, heading, name)
        for heading in dict.fromkeys(headings)
        for position, (name, words) in enumerate(known.items())
    )
    found: dict[str, str] = {}
    for score, _, heading, name in scores:
        if -score >= ALIKE and heading not in found and name not in found.values():
            found[heading] = name
    return found


def _alike(heading: str, name: str, words: Words) -> float:
    wanted = _letters(heading)
    known = {_letters(name), *map(_letters, words)}
    known |= {_letters(part.partition(",")[0]) for part in words}
    if not wanted:
        return 0
    return 1 if wanted in known else max(_ratio(wanted, one) for one in known if one)


def _ratio(wanted: str, known: str) -> float:
    return SequenceMatcher(None, wanted, known).ratio() * 0.99


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def as_downloaded(found: Sheets, kind: Kind, actor: Actor) -> bool:
    """Whether the headings are those of the format, so that nothing is left to match."""
    if found.main is None or found.head != 0:
        return False
    known = {column.name for column in columns(kind.dictionary, actor.view)} | OWN.keys()
    return bool(found.headings) and set(found.headings) <= known


def items(
    found: Sheets,
    kind: Kind,
    actor: Actor,
    faults: list[Fault],
    matched: Mapping[str, str] | None = None,
) -> list[Item]:
    """The records of a file with the rows of their lists. `matched`: heading → field."""
    made: dict[str, Item] = {}
    if found.main is None:
        return []
    for row in headed(found.main, faults, head=found.head, columns=matched):
        own = row.cells.get("reference", "").strip()
        match = REFERENCE.fullmatch(own)
        add(made, match[1] if match else own or f"#{row.number}", row, "reference", faults)
    if not made and not faults:
        faults.append(Fault(found.main.place, 1, "A", NOTHING))
    for name, grid in found.lists.items():
        _attach(made, name, grid, faults)
    for item in made.values():
        _unfold(item, kind, actor, faults)
    if len(made) > MOST:
        row = list(made.values())[MOST].row
        faults.append(row.fault("", MANY.format(most=MOST)))
    return list(made.values())


def _attach(made: dict[str, Item], name: str, grid: Grid, faults: list[Fault]) -> None:
    rows = headed(grid, faults)
    named = []
    for row in rows:
        match = REFERENCE.fullmatch(row.cells["reference"])
        cells = {**row.cells, "reference": match[1]} if match else row.cells
        named.append(Row(row.file, row.number, cells))
    attach(made, name, named, "reference", faults)


def _unfold(item: Item, kind: Kind, actor: Actor, faults: list[Fault]) -> None:
    """Of a new record, the rows of lists that stand in one cell of its own row."""
    own = {name: cell for name, cell in item.row.cells.items() if "." in name}
    basis = "classified" if actor.editorial else "reported"
    for name, _ in _simple(kind, actor):
        if name not in own:
            continue
        listed, _, inner = name.partition(".")
        cells = dict(item.row.cells)
        pieces = [piece for piece in SEPARATOR.split(cells.pop(name)) if piece]
        item.row = Row(item.row.file, item.row.number, cells)
        schema: Any = lists(kind, actor.view)[listed].schema
        more = {"basis": basis} if "basis" in schema.load_fields else {}
        if pieces and REFERENCE.fullmatch(item.id):
            faults.append(item.row.fault(name, WHOLE))
            continue
        item.lists[listed] = [
            Row(item.row.file, item.row.number, {inner: piece, **more})
            for piece in dict.fromkeys(pieces)
        ]


def unmatched(found: Sheets, matched: Mapping[str, str]) -> list[str]:
    """The headings that are left out."""
    return [heading for heading in found.headings if heading not in matched]
