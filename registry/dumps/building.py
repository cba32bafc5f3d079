"""Making a dump: one look at the database, however long it takes, written as it is read."""

import gzip
import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from .. import clock
from ..access import ANYBODY, acting_as
from ..db import rfc3339, session
from ..extensions import database
from ..following import cursors
from ..following.page import present
from ..kind import Kind, kinds_in_order
from ..projection import project
from ..record import Record
from . import keeping, packing
from .keeping import Dump, File
from .tables import Tables

AT_ONCE = 200
LEVEL = 6


def build() -> Dump:
    """Make a dump of all that is public now, and serve it."""
    began = time.monotonic()
    folder = keeping.begin()
    try:
        with database.snapshot(), acting_as(ANYBODY):
            cursor, made_at = present(), clock.now()
            written = cursors.written(ANYBODY, cursor)
            counts = _write(folder)
            packing.pack(folder, made_at=rfc3339(made_at), cursor=written, counts=counts)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    dump = Dump(
        folder.name,
        rfc3339(made_at),
        written,
        cursor.stand.seq,
        rfc3339(cursor.stand.moment),
        time.monotonic() - began,
        counts,
        [_file(folder, name) for name in keeping.NAMES],
    )
    keeping.serve(dump)
    return dump


def _write(folder: Path) -> dict[str, int]:
    """Write every record twice: as a line, and in the tables. How many there are of each kind."""
    with gzip.GzipFile(folder / keeping.NAMES[keeping.RECORDS], "wb", LEVEL) as lines:
        return {kind.collection: _kind(kind, folder, lines) for kind in kinds_in_order()}


def _kind(kind: Kind, folder: Path, lines: gzip.GzipFile) -> int:
    count = 0
    with Tables(kind, folder) as tables:
        for count, text in enumerate(_records(kind), 1):  # noqa: B007  # the last one counts
            lines.write(f'{{"kind": "{kind.name}", "record": {text}}}\n'.encode())
            tables.add(json.loads(text))
    return count


def _records(kind: Kind) -> Iterator[str]:
    """The finished JSON of every record, a few at a time."""
    query = project(kind.dictionary, ANYBODY, session().get_bind().dialect.name)
    query = query.order_by(Record.id).execution_options(yield_per=AT_ONCE)
    yield from session().scalars(query)


def _file(folder: Path, name: str) -> File:
    path = folder / keeping.NAMES[name]
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(name, path.stat().st_size, digest)
