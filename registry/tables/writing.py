"""Writing rows as a workbook or as CSV, one after the other, in constant memory."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TextIO

from ..words import Words
from .delimited import marked, safe
from .grid import letter
from .limits import LONGEST_CELL

Value = str | float | int | bool | date | None
Choices = Mapping[str, Sequence[str]]
NO_CHOICES: Choices = {}
ARROW = 4  # room for the sign of the filter in a heading
WIDTHS = {"": 22, "id": 14, "number": 12, "day": 12, "long": 60}
CODES = "_codes"
"""The hidden sheet with the choices of columns that have many: it is not read again."""
LONGEST_CHOICE = 255  # characters of all choices together that a cell itself can hold
MOST_LINES = 20_000  # below the header in which choices are offered
EARLIEST = date(1900, 3, 1)  # before it spreadsheets do not agree which day a number is


ELSE = Words("Dit staat niet in de lijst", "This is not in the list")
ELSE_HINT = Words(
    "Kies een van de codes; wat ze betekenen staat in de veldgids.",
    "Choose one of the codes; the field guide says what they mean.",
)


class Sheets(Protocol):
    """Something that rows are written to, per sheet."""

    def start(self, name: str, columns: Mapping[str, str], choices: Choices = NO_CHOICES) -> None:
        """Begin a sheet. `columns`: heading → the look of its cells; `choices`: heading → what its
        cells offer."""

    def add(self, name: str, values: Sequence[Value]) -> None:
        """Write the next row of a sheet."""


class Workbook:
    """An .xlsx file in which no text is ever run or made into a link."""

    def __init__(self, path: Path, lang: str) -> None:
        import xlsxwriter  # dear to import, and few requests need it

        self.book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "tmpdir": str(path.parent),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "yyyy-mm-dd",
            },
        )
        self.head = self.book.add_format({"bold": True, "bg_color": "#E5E5E5"})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.top = self.book.add_format({"valign": "top"})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.lang = lang
        self.lists: dict[tuple[str, ...], str] = {}
        self.rows: dict[str, int] = {}
        self.looks: dict[str, list[str]] = {}

    def start(self, name: str, columns: Mapping[str, str], choices: Choices = NO_CHOICES) -> None:
        sheet = self.book.add_worksheet(name)
        self.rows[name], self.looks[name] = 1, list(columns.values())
        for index, (heading, look) in enumerate(columns.items()):
            sheet.set_column(index, index, max(WIDTHS[look], len(heading) + ARROW))
            sheet.write_string(0, index, heading, self.head)
            if offered := choices.get(heading):
                sheet.data_validation(1, index, MOST_LINES, index, self._offer(offered))
        sheet.freeze_panes(1, 1)
        if columns:
            sheet.autofilter(0, 0, 0, len(columns) - 1)

    def _offer(self, choices: Sequence[str]) -> dict[str, Any]:
        """A list to choose from. Something else may be typed, such as the word of a code: what it
        is worth is judged when the file is read."""
        text = ",".join(choices)
        short = len(text) <= LONGEST_CHOICE and text.count(",") == len(choices) - 1
        return {
            "validate": "list",
            "source": list(choices) if short else self._kept(tuple(choices)),
            "error_type": "warning",
            "error_title": ELSE.in_(self.lang),
            "error_message": ELSE_HINT.in_(self.lang),
        }

    def _kept(self, choices: tuple[str, ...]) -> str:
        """Where these choices stand on the hidden sheet: each list is a row of it."""
        if choices not in self.lists:
            sheet = self.book.get_worksheet_by_name(CODES) or self.book.add_worksheet(CODES)
            sheet.hide()
            row = len(self.lists)
            for index, choice in enumerate(choices):
                sheet.write_string(row, index, choice)
            last = letter(len(choices) - 1)
            self.lists[choices] = f"={CODES}!$A${row + 1}:${last}${row + 1}"
        return self.lists[choices]

    def add(self, name: str, values: Sequence[Value]) -> None:
        sheet, row = self.book.get_worksheet_by_name(name), self.rows[name]
        self.rows[name] += 1
        for index, value in enumerate(values):
            self._cell(sheet, row, index, value, self.looks[name][index])

    def _cell(self, sheet: Any, row: int, index: int, value: Value, look: str) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, index, value, self.top)
        elif isinstance(value, int | float):
            sheet.write_number(row, index, value, self.top)
        elif isinstance(value, date) and value >= EARLIEST:
            sheet.write_datetime(row, index, value, self.day)
        else:
            text = marked(str(value))[:LONGEST_CELL]
            sheet.write_string(row, index, text, self.wrapped if look == "long" else self.top)

    def close(self) -> None:
        """Write the file itself; until then its rows are in files beside it."""
        self.book.close()


class Delimited:
    """One .csv file as a spreadsheet in the language of the person opens it: of several sheets
    only the first is in it."""

    def __init__(self, file: TextIO, lang: str) -> None:
        self.lang = lang
        self.writer = csv.writer(file, delimiter="," if lang == "en" else ";")
        self.name: str | None = None

    def start(self, name: str, columns: Mapping[str, str], choices: Choices = NO_CHOICES) -> None:
        if self.name is None:
            self.name = name
            self.writer.writerow(columns)

    def add(self, name: str, values: Sequence[Value]) -> None:
        if name == self.name:
            self.writer.writerow(list(self._written(values)))

    def _written(self, values: Sequence[Value]) -> Iterable[str]:
        for value in values:
            if value is None:
                yield ""
            elif isinstance(value, bool):
                yield "true" if value else "false"
            elif isinstance(value, int | float):
                text = str(value)
                yield text if self.lang == "en" else text.replace(".", ",")
            else:
                yield safe(str(value))
