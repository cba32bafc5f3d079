"""Where the files of a dump lie: one is served until the next is whole; then it goes."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app

RECORDS, TABLES = "ndjson", "csv"
NAMES = {RECORDS: "records.ndjson.gz", TABLES: "tables.zip"}
MEDIA = {RECORDS: "application/gzip", TABLES: "application/zip"}
TOLD = "dump.json"
CURRENT = "current"
WANTED = "wanted"


@dataclass(frozen=True)
class File:
    """One file of a dump: its format, size in bytes, and SHA-256 in hexadecimal."""

    format: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Dump:
    """A dump: when it was made (RFC 3339), how far it goes, and how many records of each collection
    are in it. `seconds`: how long the making took."""

    folder: str
    made_at: str
    cursor: str
    seq: int
    moment: str
    seconds: float
    counts: dict[str, int]
    files: list[File]

    @property
    def made(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def until(self) -> datetime:
        """The instant up to which embargoes had passed in it."""
        return datetime.fromisoformat(self.moment)


def home() -> Path:
    """The folder of all dumps."""
    found = Path(current_app.instance_path).absolute() / "dumps"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def served() -> Dump | None:
    """The dump that is there, if any."""
    for _ in range(2):  # it may be replaced between the two looks
        with suppress(OSError, ValueError, KeyError, TypeError):
            name = (home() / CURRENT).read_text("ascii")
            told = json.loads((home() / name / TOLD).read_bytes())
            return Dump(**{**told, "files": [File(**each) for each in told["files"]]})
    return None


def place(dump: Dump, file: File) -> Path:
    """Where a file of a dump lies."""
    return home() / dump.folder / NAMES[file.format]


def want() -> None:
    """Ask for a dump: from now on there is one, and it is renewed."""
    (home() / WANTED).touch()


def wanted() -> bool:
    """Whether anybody ever asked for one."""
    return (home() / WANTED).exists()


def begin() -> Path:
    """A new folder for a dump in the making."""
    made = home() / secrets.token_hex(8)
    made.mkdir(mode=0o700)
    return made


def serve(dump: Dump) -> None:
    """Serve this dump from now on, and throw away all others."""
    told: dict[str, Any] = asdict(dump)
    (home() / dump.folder / TOLD).write_text(json.dumps(told), "utf-8")
    unfinished = home() / f"{CURRENT}.unfinished"
    unfinished.write_text(dump.folder, "ascii")
    os.replace(unfinished, home() / CURRENT)
    want()
    for folder in home().iterdir():
        if folder.is_dir() and folder.name != dump.folder:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else on this machine makes a dump; nobody else begins to before this ends."""
    with (home() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
