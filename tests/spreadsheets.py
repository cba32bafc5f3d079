"""Files as tests make and read them: every sheet as a list of rows by heading."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl import Workbook, load_workbook

Sheets = Mapping[str, list[dict[str, Any]]]


def opened(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """The sheets of a workbook."""
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: _rows(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def _rows(lines: Iterable[Any]) -> list[dict[str, Any]]:
    head, *rest = list(lines)
    return [dict(zip(head, line, strict=True)) for line in rest]


def workbook(sheets: Sheets) -> bytes:
    """A workbook of these sheets, made by another library than the one that downloads."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def parsed(text: str, delimiter: str = ";") -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def written(rows: list[dict[str, Any]], delimiter: str = ";") -> str:
    """A CSV file of these rows."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()
