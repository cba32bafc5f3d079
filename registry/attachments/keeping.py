"""Where files lie, and how large the request that brings one may be."""

from pathlib import Path

from flask import Flask, Response, current_app, request, send_file

from ..errors import NotFound
from ..incoming import programs
from .judging import LARGEST
from .models import UpdateFile

MEDIA = "application/octet-stream"
SPARE = 64 * 1024  # for the other fields of the form
BRINGING = (".files", ".add_file")


def folder() -> Path:
    """The folder of the files, outside the web root."""
    return Path(current_app.instance_path).absolute() / "files"


def sent() -> tuple[str, bytes, str]:
    """What the form of this request brings: name, content, why it counts."""
    file = request.files.get("file")
    content = file.stream.read(LARGEST + 1) if file else b""
    return file.filename or "" if file else "", content, request.form.get("why", "")


def handed_out(kept: UpdateFile) -> Response:
    """A file, never to be shown by the browser itself. Raises NotFound."""
    path = folder() / kept.stored
    if not path.is_file():
        raise NotFound
    response = send_file(path, MEDIA, as_attachment=True, download_name=kept.name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _allow_more() -> None:
    """A file may be larger than a form; this is asked before anything reads the form."""
    if (request.endpoint or "").endswith(BRINGING):
        request.max_content_length = LARGEST + SPARE


def register(app: Flask) -> None:
    """Enter the limit, before what guards against forgery reads the form."""
    app.before_request(_allow_more)
    programs(app).before.append(_allow_more)
