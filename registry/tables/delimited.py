"""Text files of rows: any usual encoding and delimiter, and formula-safe to write."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import PurePath

from ..errors import Message
from .grid import Fault, Grid, Line, letter
from .limits import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_LINES

DELIMITERS = ";,\t|"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would run, and what was made safe before: both get one apostrophe."""
NO_TEXT = Message(
    "Here is something that is no text, so this is no table. Send an .xlsx or .csv file.",
    "Hier staat iets dat geen tekst is, dus dit is geen tabel. Stuur een .xlsx- of .csv-bestand.",
    "file_type",
)
MARKUP = Message(
    "This is a web page or XML and not a table. Save it as .xlsx or .csv.",
    "Dit is een webpagina of XML en geen tabel. Bewaar het als .xlsx of .csv.",
    "file_type",
)
BROKEN = Message(
    "From here the file cannot be read as CSV: {why}.",
    "Vanaf hier is het bestand niet te lezen als CSV: {why}.",
    "file",
)
MANY = Message("At most {most} rows.", "Hoogstens {most} rijen.", "too_many")
WIDE = Message("At most {most} columns.", "Hoogstens {most} kolommen.", "too_many")
FULL = Message("At most {most} cells.", "Hoogstens {most} cellen.", "too_many")
LONG = Message(
    "A cell has at most {most} characters.", "Een cel heeft hoogstens {most} tekens.", "too_long"
)

csv.field_size_limit(LONGEST_CELL * 4)


def read_text(data: bytes, name: str, faults: list[Fault], first: int | None = None) -> list[Grid]:
    """The lines of a text file."""
    text = _decoded(data)
    if text is None or "\0" in text:
        line = text.partition("\0")[0].count("\n") + 1 if text else 1
        faults.append(Fault(name, line, "A", NO_TEXT))
        return []
    if re.match(r"\s*<(?:!doctype|html|\?xml|table)", text[:200], re.IGNORECASE):
        faults.append(Fault(name, 1, "A", MARKUP))
        return []
    grid = Grid(name, PurePath(name).stem)
    grid.lines += bounded(islice(_lines(text, grid), first), grid)
    return [grid]


def _decoded(data: bytes) -> str | None:
    """UTF-8 or -16 with or without a mark, else Windows-1252; None for what is no text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _in(data, encoding)
    if guess := _unmarked_utf_16(data[:2000]):
        return _in(data, guess)
    found = _in(data, "utf-8")
    return found if found is not None else _in(data, "cp1252")


def _unmarked_utf_16(start: bytes) -> str | None:
    """UTF-16 of western text has a zero in every other byte."""
    half = len(start) // 2
    if half < 2:
        return None
    if start[1::2].count(0) > half * 0.6 and start[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if start[::2].count(0) > half * 0.6 and start[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return None


def _in(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _lines(text: str, grid: Grid) -> Iterator[Line]:
    first, _, rest = text.partition("\n")
    delimiter = _delimiter(text)
    if re.fullmatch(r"sep=.\r?", first, re.IGNORECASE):  # the spreadsheet's own mark
        delimiter, text = first[4], rest
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):  # as a spreadsheet counts them
            yield Line(number, tuple(bare(cell.strip()) for cell in cells))
    except csv.Error as error:
        grid.faults.append(Fault(grid.place, number + 1, "A", BROKEN.format(why=error)))


def _delimiter(text: str) -> str:
    """The one that divides the first lines into the most, and equally many, cells."""
    best, chosen = 0, ";"
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter)
        counts = []
        try:
            for cells in reader:
                if any(cells):
                    counts.append(len(cells))
                if len(counts) == 10:
                    break
        except csv.Error:
            continue
        if not counts or counts[0] < 2:
            continue
        score = counts[0] * sum(count == counts[0] for count in counts)
        if score > best:
            best, chosen = score, delimiter
    return chosen


def bounded(lines: Iterable[Line], grid: Grid, used: int = 0) -> list[Line]:
    """The lines that have something in them, until a bound is passed: that is a fault."""
    kept: list[Line] = []
    for line in lines:
        cells = line.cells
        while cells and not cells[-1]:
            cells = cells[:-1]
        if not cells:
            continue
        used += len(cells)
        wrong = _too_much(len(kept), cells, used)
        if wrong is not None:
            grid.faults.append(Fault(grid.place, line.number, *wrong))
            break
        kept.append(Line(line.number, cells))
    return kept


def _too_much(count: int, cells: tuple[str, ...], used: int) -> tuple[str, Message] | None:
    if count > MOST_LINES:
        return "A", MANY.format(most=MOST_LINES)
    if len(cells) > MOST_COLUMNS:
        return letter(MOST_COLUMNS), WIDE.format(most=MOST_COLUMNS)
    if used > MOST_CELLS:
        return "A", FULL.format(most=MOST_CELLS)
    for index, cell in enumerate(cells):
        if len(cell) > LONGEST_CELL:
            return letter(index), LONG.format(most=LONGEST_CELL)
    return None


def safe(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def marked(cell: str) -> str:
    """A cell of a workbook, where text is never run: only what `bare` would take is doubled."""
    return f"'{cell}" if cell.startswith("'") and FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """The cell again as it was before `safe`."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
