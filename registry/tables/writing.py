"""Writing rows as a workbook or as CSV, one after the other, in constant memory."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TextIO

from .delimited import marked, safe
from .limits import LONGEST_CELL

Value = str | float | int | bool | date | None
WIDTHS = {"": 22, "id": 14, "number": 12, "day": 12, "long": 60}
EARLIEST = date(1900, 3, 1)  # before it spreadsheets do not agree which day a number is


class Sheets(Protocol):
    """Something that rows are written to, per sheet."""

    def start(self, name: str, columns: Mapping[str, str]) -> None:
        """Begin a sheet. `columns`: heading → the look of its cells."""

    def add(self, name: str, values: Sequence[Value]) -> None:
        """Write the next row of a sheet."""


class Workbook:
    """An .xlsx file in which no text is ever run or made into a link."""

    def __init__(self, path: Path) -> None:
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
        self.rows: dict[str, int] = {}
        self.looks: dict[str, list[str]] = {}

    def start(self, name: str, columns: Mapping[str, str]) -> None:
        sheet = self.book.add_worksheet(name)
        self.rows[name], self.looks[name] = 1, list(columns.values())
        for index, (heading, look) in enumerate(columns.items()):
            sheet.set_column(index, index, WIDTHS[look])
            sheet.write_string(0, index, heading, self.head)
        sheet.freeze_panes(1, 1)
        if columns:
            sheet.autofilter(0, 0, 0, len(columns) - 1)

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

    def start(self, name: str, columns: Mapping[str, str]) -> None:
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
