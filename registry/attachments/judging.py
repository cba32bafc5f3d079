"""What a file is, by its content: a name that says otherwise is refused."""

import re
import shlex
import subprocess
import tempfile
import zlib
from io import BytesIO
from lzma import LZMAError
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from ..errors import Invalid, Message

LARGEST = 10 * 1024 * 1024
PATIENCE = 60  # seconds for the scanner
STARTS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
ODF = "application/vnd.oasis.opendocument."
OPEN = {f"{ODF}text": "odt", f"{ODF}spreadsheet": "ods"}
TEXTS = ("txt", "csv")
SAME = {"jpeg": "jpg"}
BROKEN = (BadZipFile, RuntimeError, ValueError, OSError, EOFError, LZMAError, zlib.error)
ALLOWED = (*STARTS, *PARTS, *OPEN.values(), *TEXTS)
EMPTY = Message("Choose a file.", "Kies een bestand.", "required")
LARGE = Message("At most 10 MB.", "Hoogstens 10 MB.", "too_large")
KINDS = Message(
    "Choose one of: {allowed}.",
    "Kies een bestand van een van deze soorten: {allowed}.",
    "not_allowed",
)
LIES = Message(
    "The name ends in .{name}, but the content is not that.",
    "De naam eindigt op .{name}, maar de inhoud is dat niet.",
    "wrong_type",
)
REFUSED = Message(
    "The virus scanner refuses this file.", "De virusscanner weigert dit bestand.", "virus"
)


def judge(name: str, content: bytes, scanner: str) -> str:
    """The extension of a file that may be kept. Raises Invalid, at the field `file`."""
    told = PurePosixPath(name.lower()).suffix.removeprefix(".")
    told = SAME.get(told, told)
    if not content:
        raise _wrong(EMPTY)
    if len(content) > LARGEST:
        raise _wrong(LARGE)
    if told not in ALLOWED:
        raise _wrong(KINDS.format(allowed=", ".join(ALLOWED)))
    if not (_is_text(content) if told in TEXTS else _kind(content) == told):
        raise _wrong(LIES.format(name=told))
    if scanner and not _clean(content, scanner):
        raise _wrong(REFUSED)
    return told


def safe(name: str) -> str:
    """The last part of a name, without what could be read as something else."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(c if c.isalnum() or c in " ._-()" else "_" for c in last).strip(" .")
    return kept[-120:] or "bestand"


def _kind(content: bytes) -> str | None:
    for name, start in STARTS.items():
        if content.startswith(start):
            return name
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _inside(archive)
    except BROKEN:
        return None


def _inside(archive: ZipFile) -> str | None:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names and "word/vbaProject.bin" not in names:
        return next((kind for kind, part in PARTS.items() if part in names), None)
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
        return OPEN.get(archive.read("mimetype").decode("ascii", "replace").strip())
    return None


def _is_text(content: bytes) -> bool:
    if _kind(content) is not None or content.startswith((b"<!", b"<html", b"MZ", b"\x7fELF")):
        return False
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or 13 < byte < 32 for byte in content)


def _clean(content: bytes, scanner: str) -> bool:
    """Whether the configured command ends with 0 on this file; one that fails to run does not."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        command = [*shlex.split(scanner), file.name]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0


def _wrong(message: Message) -> Invalid:
    return Invalid({"file": [message]})
