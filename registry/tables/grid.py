"""Lines of cells as a file has them, the rows under a header, and what is wrong where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import Message

NAMELESS = Message("This column has no heading.", "Deze kolom heeft geen opschrift.", "header")
SAME = Message("Two columns are called {name}.", "Twee kolommen heten {name}.", "header")
WIDE = Message(
    "This row has more cells than the header has columns.",
    "Deze rij heeft meer cellen dan de kop kolommen heeft.",
    "columns",
)


class Plain(str):
    """The text of a cell that a spreadsheet holds as a number, a day or yes or no: it is written
    with a point and as YYYY-MM-DD, whatever the language of the person."""

    __slots__ = ()


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


@dataclass(frozen=True)
class Line:
    """One line of a sheet as it stands, with its number in the file."""

    number: int
    cells: tuple[str, ...]


@dataclass
class Grid:
    """One sheet of a workbook, or a whole CSV file: the lines that have something in them.

    `place` is how a message calls it, `name` what the file calls it, `faults` what is wrong with
    it: that matters only where the sheet is read.
    """

    place: str
    name: str
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def letter(index: int) -> str:
    """The letters of a column by its position: 0 is A."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(65 + rest) + found
    return found


def headed(
    grid: Grid, faults: list[Fault], *, head: int = 0, columns: Mapping[str, str] | None = None
) -> list[Row]:
    """The rows under the line at `head`. `columns`: heading → name; others are left out."""
    if not grid.lines:
        return []
    top = grid.lines[head]
    names = _names(grid, top, faults, columns)
    return [
        row
        for line in grid.lines[head + 1 :]
        if (row := _row(grid, names, line, faults)) is not None
    ]


def _names(
    grid: Grid, top: Line, faults: list[Fault], columns: Mapping[str, str] | None
) -> Sequence[str | None]:
    names = [heading.strip() for heading in top.cells]
    if columns is not None:
        return [columns.get(name) for name in names]
    seen: set[str] = set()
    for name in filter(None, names):
        if name in seen:
            faults.append(Fault(grid.place, top.number, name, SAME.format(name=name)))
        seen.add(name)
    return [name or "" for name in names]


def _row(grid: Grid, names: Sequence[str | None], line: Line, faults: list[Fault]) -> Row | None:
    cells: dict[str, str] = {}
    for name, index, cell in _filled(names, line):
        if name:
            cells[name] = cell
        elif name == "" and cell:
            message = WIDE if index >= len(names) else NAMELESS
            faults.append(Fault(grid.place, line.number, letter(index), message))
            return None
    return Row(grid.place, line.number, cells) if any(cells.values()) else None


def _filled(names: Sequence[str | None], line: Line) -> Iterator[tuple[str | None, int, str]]:
    """(name, position, cell): a cell that is missing is empty, one too many has no name."""
    length = max(len(names), len(line.cells))
    for index in range(length):
        cell = line.cells[index] if index < len(line.cells) else ""
        yield names[index] if index < len(names) else "", index, cell
