"""The addresses of a list as a file, with the same questions as the list."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Response, request, send_file

from .. import clock, listing
from ..kind import Kind, kinds
from ..web import actor, blueprint, book, lang
from ..writing.moving import of
from .writing import as_csv, as_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
Writer = Callable[..., None]


def as_xlsx_file(kind: Kind) -> Response:
    """The list as a workbook."""
    return _sent(kind, as_workbook, "xlsx", XLSX)


def as_csv_file(kind: Kind) -> Response:
    """The list as comma or semicolon separated values."""
    return _sent(kind, as_csv, "csv", CSV)


def _sent(kind: Kind, write: Writer, suffix: str, mimetype: str) -> Response:
    asked = {name: request.args.getlist(name) for name in request.args if name != "cursor"}
    question = listing.ask(kind, actor(), asked, html=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"list.{suffix}")
        write(kind, actor(), question, path, lang())
        file: Any = path.open("rb")
    # The folder is gone; what is open is there until it has been sent.
    name = f"{kind.collection}-{clock.now():%Y-%m-%d}.{suffix}"
    size = os.fstat(file.fileno()).st_size
    answer = send_file(file, mimetype, as_attachment=True, download_name=name, etag=False)
    answer.content_length = size
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


for _kind in kinds():
    if _kind.name in book.screens:
        _add = blueprint(_kind).add_url_rule
        _add("/list.xlsx", "as_xlsx", of(_kind, as_xlsx_file))
        _add("/list.csv", "as_csv", of(_kind, as_csv_file))
