"""Reading a workbook without trusting it: bounded, no macros, no formulas, no entities."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

from ..errors import Message
from ..policydate.lexicon import MONTHS_NL
from .delimited import bare, bounded
from .grid import Fault, Grid, Line, Plain, letter
from .limits import MOST_COLUMNS, MOST_PARTS, MOST_SHEETS, MOST_STEPS, MOST_UNPACKED

ODS = Message(
    "This is an OpenDocument file. Save it as .xlsx or .csv.",
    "Dit is een OpenDocument-bestand. Bewaar het als .xlsx of .csv.",
    "file_type",
)
OTHER = Message(
    "This is a packed file and not a workbook. Send an .xlsx or .csv file.",
    "Dit is een ingepakt bestand en geen werkmap. Stuur een .xlsx- of .csv-bestand.",
    "file_type",
)
HUGE = Message(
    "Unpacked, this workbook is larger than {most} MB.",
    "Uitgepakt is deze werkmap groter dan {most} MB.",
    "too_large",
)
FAR = Message(
    "The rows of this workbook lie too far apart: more than {most} are empty.",
    "De rijen van deze werkmap liggen te ver uiteen: er zijn er meer dan {most} leeg.",
    "too_many",
)
DAMAGED = Message(
    "This workbook is damaged. Open it in a spreadsheet and save it again.",
    "Deze werkmap is beschadigd. Open hem in een rekenblad en bewaar hem opnieuw.",
    "file",
)
MERGED = Message(
    "The cells {range} are merged. Undo that and fill in every cell.",
    "De cellen {range} zijn samengevoegd. Maak dat ongedaan en vul elke cel in.",
    "merged",
)
UNCOUNTED = Message(
    "This cell holds a formula without a result. Replace it by its value.",
    "Deze cel bevat een formule zonder uitkomst. Vervang die door de waarde.",
    "formula",
)
ERROR = Message(
    "This cell holds an error ({value}).", "Deze cel bevat een fout ({value}).", "formula"
)
MERGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}([0-9]{1,7}))"')


def read_workbook(
    path: Path, name: str, faults: list[Fault], first: int | None = None
) -> list[Grid]:
    """The sheets of a workbook, hidden ones too."""
    refused = _refused(path)
    if refused is not None:
        faults.append(Fault(name, 1, "A", refused))
        return []
    try:
        return list(_sheets(path, name, first))
    except Exception:  # the library lets out whatever its parsers meet in a damaged file
        faults.append(Fault(name, 1, "A", DAMAGED))
        return []


def _refused(path: Path) -> Message | None:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if "mimetype" in names or "content.xml" in names:
                return ODS
            # What unpacking gives is cut off at the size that is declared here.
            if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS:
                return HUGE.format(most=MOST_UNPACKED // 1024 // 1024)
            if not any(part.startswith("xl/workbook") for part in names):
                return OTHER
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return DAMAGED
    return None


def _sheets(path: Path, name: str, first: int | None) -> Iterator[Grid]:
    from openpyxl import load_workbook  # dear to import, and few requests need it

    used, steps = 0, count()
    with path.open("rb") as one, path.open("rb") as two:  # by what it holds, not its name
        values = load_workbook(one, read_only=True, data_only=True, keep_links=False)
        formulas = load_workbook(two, read_only=True, data_only=False, keep_links=False)
        pairs = zip(values.worksheets, formulas.worksheets, strict=True)
        for sheet, behind in list(pairs)[:MOST_SHEETS]:
            place = f"{name} [{sheet.title}]" if len(values.worksheets) > 1 else name
            grid = Grid(place, sheet.title)
            sheet.reset_dimensions()  # what it says of its own size is not to be believed
            behind.reset_dimensions()
            grid.lines += bounded(islice(_lines(sheet, behind, grid, steps), first), grid, used)
            used += sum(len(line.cells) for line in grid.lines)
            grid.faults += _merged(path, sheet, grid)
            yield grid


def _lines(sheet: Any, behind: Any, grid: Grid, steps: Iterator[int]) -> Iterator[Line]:
    wide = MOST_COLUMNS + 1
    rows = zip(
        sheet.iter_rows(max_col=wide),
        behind.iter_rows(max_col=wide, values_only=True),
        strict=False,
    )
    empty: Any = None
    for number, (cells, sources) in enumerate(rows, 1):
        if next(steps) > MOST_STEPS:
            grid.faults.append(Fault(grid.place, number, "A", FAR.format(most=MOST_STEPS)))
            return
        # Rows that the file leaves out are one object, and there may be a million of them.
        if sources is empty or not any(value is not None for value in sources):
            empty = sources
            continue
        texts = []
        for index, (cell, source) in enumerate(zip(cells, sources, strict=False)):
            text, wrong = _text(cell, source)
            texts.append(text)
            if wrong is not None:
                grid.faults.append(Fault(grid.place, number, letter(index), wrong))
        yield Line(number, tuple(texts))


def _text(cell: Any, source: Any) -> tuple[str, Message | None]:
    """What a cell says, as text; and what is wrong with it."""
    value = cell.value
    if value is None:
        pending = source is not None and (not isinstance(source, str) or source[:1] == "=")
        return "", UNCOUNTED if pending else None
    if getattr(cell, "data_type", "") == "e":
        return "", ERROR.format(value=str(value)[:20])
    return _written(value, str(getattr(cell, "number_format", ""))), None


def _written(value: Any, shown_as: str) -> str:
    if isinstance(value, bool):
        return Plain("true" if value else "false")
    if isinstance(value, int | float):
        whole = isinstance(value, int) or value.is_integer()
        return Plain(int(value) if whole and abs(value) < 1e15 else repr(value))
    if isinstance(value, datetime | date):
        return _day(value, shown_as)
    if isinstance(value, time | timedelta):
        return Plain(value)
    return bare(str(value).replace("\r\n", "\n").replace("_x000D_", "").strip())


def _day(value: datetime | date, shown_as: str) -> str:
    """A day; a month where the spreadsheet shows no more than the month."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]', "", shown_as.lower())
    if "m" in bare and "y" in bare and "d" not in bare:
        return f"{MONTHS_NL[value.month - 1]} {value.year}"
    if isinstance(value, datetime) and value.time() != time():
        return Plain(value.isoformat(" "))
    return Plain(value.isoformat()[:10])


def _merged(path: Path, sheet: Any, grid: Grid) -> Iterator[Fault]:
    """Merged cells below the header: it is unclear for which rows their value holds."""
    head = grid.lines[0].number if grid.lines else 0
    for found, last in _merges(path, sheet):
        if head < last:
            column, row = re.fullmatch(r"([A-Z]+)([0-9]+):.*", found).groups()  # type: ignore[union-attr]
            yield Fault(grid.place, int(row), column, MERGED.format(range=found))


def _merges(path: Path, sheet: Any) -> list[tuple[str, int]]:
    """(range, last row) of the first merged ranges: they stand after the cells."""
    found: list[tuple[str, int]] = []
    tail = b""
    with zipfile.ZipFile(path) as packed, packed.open(sheet._worksheet_path) as part:
        while (chunk := part.read(64 * 1024)) and len(found) < 20:
            text = tail + chunk
            found += [(m[1].decode(), int(m[2])) for m in MERGE.finditer(text)]
            tail = text[text.rfind(b"<") :][-500:]
    return list(dict.fromkeys(found))
