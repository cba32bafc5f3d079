"""Reading a file by what it holds and not by what it is called."""

from pathlib import Path

from ..errors import Message
from .delimited import read_text
from .grid import Fault, Grid
from .limits import MOST_BYTES
from .workbook import read_workbook

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KNOWN: tuple[tuple[bytes, Message], ...] = (
    (
        OLE,
        Message(
            "This is an old Excel file (.xls) or one with a password. Save it as .xlsx without a "
            "password.",
            "Dit is een oud Excelbestand (.xls) of een bestand met een wachtwoord. Bewaar het als "
            ".xlsx zonder wachtwoord.",
            "file_type",
        ),
    ),
    (
        b"%PDF",
        Message(
            "This is a PDF. Send an .xlsx or .csv file.",
            "Dit is een pdf. Stuur een .xlsx- of .csv-bestand.",
            "file_type",
        ),
    ),
)
EMPTY = Message("This file is empty.", "Dit bestand is leeg.", "empty")
LARGE = Message(
    "This file is larger than {most} MB.", "Dit bestand is groter dan {most} MB.", "too_large"
)


def read(path: Path, name: str, faults: list[Fault], *, first: int | None = None) -> list[Grid]:
    """The sheets of the file at `path`, which its owner calls `name`. It never raises: what
    cannot be read goes to `faults` with its place. Of each sheet the `first` lines, or all."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        faults.append(Fault(name, 1, "A", LARGE.format(most=MOST_BYTES // 1024 // 1024)))
        return []
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        faults.append(Fault(name, 1, "A", EMPTY))
        return []
    for magic, message in KNOWN:
        if start.startswith(magic):
            faults.append(Fault(name, 1, "A", message))
            return []
    if start.startswith(ZIP):
        return read_workbook(path, name, faults, first)
    return read_text(path.read_bytes(), name, faults, first)
