"""Files as people send them: each is read right, or refused with the place and the reason."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from xlsxwriter import Workbook as Writer

from registry import tables
from registry.tables import Fault, Grid, limits
from tests.spreadsheets import saved

TABLE = [["Titel", "Doel"], ["Café", "a;b"], ["Zó", "ten minste € 5"]]
Reading = tuple[list[Grid], list[Fault]]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Reading]:
    """Read bytes as a file: its sheets, and all that is wrong."""

    def read(data: bytes, name: str = "lijst.csv") -> Reading:
        path = tmp_path / "sent.file"
        path.write_bytes(data)
        faults: list[Fault] = []
        grids = tables.read(path, name, faults)
        return grids, faults + [fault for grid in grids for fault in grid.faults]

    return read


Read = Callable[..., Reading]


def cells(reading: Reading) -> list[list[str]]:
    grids, faults = reading
    assert faults == []
    return [[str(cell) for cell in line.cells] for line in grids[0].lines]


def refusal(reading: Reading) -> tuple[int, str, str]:
    """Row, column and Dutch words of the first thing that is wrong."""
    _, faults = reading
    assert faults
    return faults[0].row, faults[0].column, faults[0].message.nl


def text(delimiter: str = ";") -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in TABLE) + "\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_usual_encoding_is_read(read: Read, encoding: str) -> None:
    assert cells(read(text().encode(encoding))) == TABLE


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_usual_delimiter_is_read(read: Read, delimiter: str) -> None:
    assert cells(read(text(delimiter).encode())) == TABLE
    plain = delimiter.join(["a", "b", "c"]) + "\n" + delimiter.join(["1,5", "x; y", "z"][:1] * 3)
    if delimiter != ",":
        assert cells(read(plain.encode()))[0] == ["a", "b", "c"]


def test_the_mark_of_a_spreadsheet_names_the_delimiter(read: Read) -> None:
    assert cells(read(b"sep=|\r\na|b;c;d\r\n1|2\r\n")) == [["a", "b;c;d"], ["1", "2"]]


def test_one_column_is_a_table_too(read: Read) -> None:
    assert cells(read(b"Titel\nEen\nTwee\n")) == [["Titel"], ["Een"], ["Twee"]]


def test_empty_lines_are_passed_over_and_rows_keep_their_numbers(read: Read) -> None:
    grids, _ = read(b'a;b\n\n;;\n"x\ny";2\n3;4\n')
    assert [line.number for line in grids[0].lines] == [1, 4, 5]


def test_what_was_made_safe_is_read_as_it_was(read: Read) -> None:
    assert cells(read(b"a;b\n'=1+1;''-2\n'tekst;-3\n"))[1:] == [["=1+1", "'-2"], ["'tekst", "-3"]]


def book(*rows: list[object]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    return saved(made)


def test_cells_of_a_workbook_are_read_by_what_they_are(read: Read) -> None:
    row = [12, 1250.5, 3.0, True, date(2021, 2, 1), datetime(2021, 2, 1, 9, 30), " tekst "]  # noqa: DTZ001
    assert cells(read(book(row), "x.xlsx"))[0] == [
        *("12", "1250.5", "3", "true", "2021-02-01", "2021-02-01 09:30:00", "tekst"),
    ]


def test_a_month_that_a_spreadsheet_made_a_day_of_stays_a_month(read: Read) -> None:
    made = Workbook()
    cell = made.active["A1"]  # type: ignore[index]
    cell.value, cell.number_format = date(2021, 1, 1), "mmm-yy"
    assert cells(read(saved(made))) == [["januari 2021"]]


def test_the_name_of_a_file_decides_nothing(read: Read) -> None:
    assert cells(read(book(["a", "b"]), "x.csv")) == [["a", "b"]]
    assert cells(read(b"a;b\n", "x.xlsx")) == [["a", "b"]]


def test_a_formula_counts_by_its_result_or_is_refused_at_its_place(read: Read) -> None:
    file = io.BytesIO()
    with Writer(file) as made:
        sheet = made.add_worksheet()
        sheet.write_formula("A1", "=1+1", value=2)
    assert cells(read(file.getvalue())) == [["2"]]
    assert refusal(read(book(["a", "b"], ["x", "=1+1"])))[:2] == (2, "B")


def test_merged_cells_are_refused_at_their_place(read: Read) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for line in (["kop", "b"], ["x", "1"], [None, "2"]):
        sheet.append(line)
    sheet.merge_cells("A2:A3")
    row, column, words = refusal(read(saved(made)))
    assert (row, column) == (2, "A")
    assert "A2:A3 zijn samengevoegd" in words


def test_a_merged_title_above_the_table_does_no_harm(read: Read) -> None:
    made = Workbook()
    made.active.append(["Overzicht", None])  # type: ignore[union-attr]
    made.active.merge_cells("A1:B1")  # type: ignore[union-attr]
    made.active.append(["a", "b"])  # type: ignore[union-attr]
    assert cells(read(saved(made)))[1] == ["a", "b"]


def tampered(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook of which one part was changed by hand."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w") as made:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            made.writestr(name, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_sheet_that_lies_about_its_size_is_read_by_what_is_in_it(read: Read) -> None:
    honest = book(["a", "b"], ["1", "2"])
    for size in (b'ref="A1:XFD1048576"', b'ref="A1:A1"'):
        lying = tampered(honest, SHEET, b'ref="A1:B2"', size)
        assert cells(read(lying)) == [["a", "b"], ["1", "2"]]


def test_a_cell_in_the_last_row_of_a_sheet_costs_no_memory(read: Read) -> None:
    far = tampered(book(["a", "b"], ["1", "2"]), SHEET, b'<row r="2">', b'<row r="1048576">')
    far = tampered(far, SHEET, b'r="A2"', b'r="A1048576"')
    far = tampered(far, SHEET, b'r="B2"', b'r="B1048576"')
    tracemalloc.start()
    grids, faults = read(far)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert faults == []
    assert grids[0].lines[1].number == 1048576
    assert most < 20 * 1024 * 1024


def test_a_row_beyond_all_rows_ends_the_reading(read: Read) -> None:
    made = tampered(book(["a", "b"], ["1", "2"]), SHEET, b'<row r="2">', b'<row r="99999999999">')
    made = tampered(made, SHEET, b'r="A2"', b'r="A99999999999"')
    assert "te ver uiteen" in refusal(read(made))[2] or "beschadigd" in refusal(read(made))[2]


def test_a_bomb_is_refused_before_it_is_unpacked(read: Read) -> None:
    spaces = b" " * (limits.MOST_UNPACKED + 1)
    bomb = tampered(book(["a"]), SHEET, b"</worksheet>", spaces + b"</worksheet>")
    assert len(bomb) < 1_000_000
    assert f"groter dan {limits.MOST_UNPACKED // 1024 // 1024} MB" in refusal(read(bomb))[2]


def test_entities_are_not_expanded(read: Read) -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>\n'
    made = tampered(book(["a"]), SHEET, b"<worksheet", evil + b"<worksheet")
    assert "beschadigd" in refusal(read(made))[2]


def many(rows: int, columns: int) -> bytes:
    return "\n".join(";".join(["x"] * columns) for _ in range(rows)).encode()


def test_what_is_too_much_is_refused_where_it_becomes_too_much(read: Read) -> None:
    assert refusal(read(many(limits.MOST_LINES + 5, 2)))[:2] == (limits.MOST_LINES + 2, "A")
    assert refusal(read(many(2, limits.MOST_COLUMNS + 1)))[0] == 1
    rows = limits.MOST_CELLS // 200
    assert refusal(read(many(rows + 5, 200)))[0] == rows + 1
    assert refusal(read(b"a;b\nx;" + b"y" * 40_000 + b"\n"))[:2] == (2, "B")
    assert (
        f"groter dan {limits.MOST_BYTES // 1024 // 1024} MB"
        in refusal(read(b"x" * (limits.MOST_BYTES + 1)))[2]
    )


WRONG = {
    "nothing": (b"", "leeg"),
    "an old Excel file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "oud Excelbestand"),
    "a PDF": (b"%PDF-1.7\n", "pdf"),
    "a picture": (b"GIF89a\1\0\1\0", "geen tekst"),
    "a web page": (b"<!doctype html><table><tr><td>1</table>", "webpagina"),
    "a torn workbook": (book(["a"])[:-200], "beschadigd"),
    "NUL in the middle": (b"a;b\n1;2\n3;\0\n", "geen tekst"),
    "an open quote": (b'a;b\n"x;2\n', "niet te lezen"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_no_table_is_refused_in_words(read: Read, kind: str) -> None:
    data, words = WRONG[kind]
    assert words in refusal(read(data))[2]


def test_a_nul_is_refused_at_its_row(read: Read) -> None:
    assert refusal(read(WRONG["NUL in the middle"][0]))[0] == 3


def test_a_packed_file_that_is_no_workbook_is_refused_in_words(read: Read) -> None:
    for name, told in (("mimetype", "OpenDocument"), ("brief.txt", "ingepakt")):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr(name, "application/vnd.oasis.opendocument.spreadsheet")
        assert told in refusal(read(file.getvalue(), "x.xlsx"))[2]
