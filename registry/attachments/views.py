"""The page with the files of a report: adding one, and downloading it as an attachment."""

from pathlib import Path
from typing import Any

from flask import Flask, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from .. import editing
from ..errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from ..kind import Kind, kinds
from ..updates import queries
from ..updates.models import Update
from ..web import View, actor, book, lang, links, moving, say, t
from . import commands
from .judging import ALLOWED, LARGEST
from .models import UpdateFile

SPARE = 64 * 1024  # for the other fields of the form


def show(kind: Kind, reference: str, key: str) -> ResponseReturnValue:
    """The files of a report; who reported adds more."""
    entity, update = _found(kind, reference, key)
    if request.method == "GET":
        return _drawn(kind, entity, update, {}, 200)
    if not commands.theirs(actor(), kind, entity, update):
        raise Forbidden if actor().signed_in else NotSignedIn
    file = request.files.get("file")
    content = file.stream.read(LARGEST + 1) if file else b""
    sent = (file.filename or "" if file else "", content, request.form.get("why", ""))
    scanner = current_app.config["VIRUS_SCAN"]
    try:
        commands.add(actor(), kind, entity, update, sent, folder=_folder(), scanner=scanner)
    except Invalid as refused:
        entity, update = _found(kind, reference, key)
        return _drawn(kind, entity, update, dict(refused.errors), refused.status)
    except Conflict as refused:
        flash(say(refused.detail), "error")
    else:
        flash(t("Het bestand is bewaard.", "The file has been kept."), "ok")
    return redirect(url_for(f"{kind.collection}.files", reference=reference, key=key))


def download(kind: Kind, reference: str, key: str, file: str) -> ResponseReturnValue:
    """A file, never to be shown by the browser itself."""
    _entity, update = _found(kind, reference, key)
    kept = commands.one(update, file)
    path = _folder() / kept.stored
    if not path.is_file():
        raise NotFound
    response = send_file(
        path, "application/octet-stream", as_attachment=True, download_name=kept.name
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _found(kind: Kind, reference: str, key: str) -> tuple[Any, Update]:
    entity = editing.one(kind, actor(), reference)
    return entity, queries.one(actor(), entity.id, key)


def _folder() -> Path:
    return Path(current_app.instance_path).absolute() / "files"


def _drawn(
    kind: Kind, entity: Any, update: Update, errors: dict[str, Any], status: int
) -> ResponseReturnValue:
    title = t("Bestanden bij deze melding", "Files of this report")
    wrong = [
        {"href": f"#{name}", "text": message.in_(lang())}
        for name, messages in errors.items()
        for message in messages
    ]
    page: View = {
        "title": title,
        "breadcrumb": [
            {"label": entity.record.title, "url": links.of_record(kind, entity.reference)},
            {"label": title, "url": None},
        ],
        "error_summary": wrong,
        "files": [_told(kind, entity, update, kept) for kept in commands.files(update)],
        "may_add": commands.may_add(actor(), kind, entity, update),
        "allowed": ",".join(f".{name}" for name in ALLOWED),
        "why": request.form.get("why", ""),
        "back": url_for(f"{kind.collection}.updates", reference=entity.reference),
    }
    return render_template("attachments.html", page=page), status


def _told(kind: Kind, entity: Any, update: Update, kept: UpdateFile) -> View:
    at = {"reference": entity.reference, "key": update.key, "file": kept.key}
    url = url_for(f"{kind.collection}.file", **at)
    return {"url": url, "name": kept.name, "why": kept.why, "size": max(1, kept.size // 1024)}


def _allow_more() -> None:
    """A file may be larger than a form; this is asked before anything reads the form."""
    if (request.endpoint or "").endswith(".files"):
        request.max_content_length = LARGEST + SPARE


def _enter(kind: Kind) -> None:
    add, both = book.of(kind).blueprint.add_url_rule, ["GET", "POST"]
    path = "/<reference>/updates/<key>/files"
    add(path, "files", moving.of(kind, show), methods=both)
    add(f"{path}/<file>", "file", moving.of(kind, download))


for _kind in [kind for kind in kinds() if kind.contributed]:
    _enter(_kind)


def register(app: Flask) -> None:
    """Enter the limit, before what guards against forgery reads the form."""
    app.before_request(_allow_more)
