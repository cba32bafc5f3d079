"""The page with the files of a report: adding one, and downloading it as an attachment."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from .. import editing
from ..errors import Conflict, Forbidden, Invalid, NotSignedIn
from ..kind import Kind, kinds
from ..updates import queries
from ..updates.models import Update
from ..web import View, actor, book, lang, links, say, t, titled
from ..words import Words
from ..writing import moving
from . import commands, keeping
from .judging import ALLOWED
from .models import UpdateFile

MEANT = Words(
    "Wat een melding onderbouwt, zoals een meting of een verslag. Wie de melding ziet, ziet ook de "
    "bestanden erbij en kan ze downloaden. Een bestand wordt niet vervangen of verwijderd.",
    "What a report rests on, such as a measurement or minutes. Whoever sees the report sees its "
    "files, too, and can download them. A file is neither replaced nor removed.",
)
NOT_YOURS = Words(
    "Alleen wie dit meldde en het secretariaat voegen hier bestanden toe.",
    "Only who reported this and the secretariat add files here.",
)


def show(kind: Kind, reference: str, key: str) -> ResponseReturnValue:
    """The files of a report; who reported adds more."""
    entity, update = _found(kind, reference, key)
    if request.method == "GET":
        return _drawn(kind, entity, update, {}, 200)
    if not commands.theirs(actor(), kind, entity, update):
        raise Forbidden if actor().signed_in else NotSignedIn
    at, scanner = keeping.folder(), current_app.config["VIRUS_SCAN"]
    try:
        commands.add(actor(), kind, entity, update, keeping.sent(), folder=at, scanner=scanner)
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
    return keeping.handed_out(commands.one(update, file))


def _found(kind: Kind, reference: str, key: str) -> tuple[Any, Update]:
    entity = editing.one(kind, actor(), reference)
    return entity, queries.one(actor(), entity.id, key)


def _drawn(
    kind: Kind, entity: Any, update: Update, errors: dict[str, Any], status: int
) -> ResponseReturnValue:
    day, record = format_date(update.day, "long"), entity.record
    title = t(f"Bestanden bij de melding van {day}", f"Files of the report of {day}")
    about = titled(record)
    wrong = [
        {"href": f"#{name}", "text": message.in_(lang())}
        for name, messages in errors.items()
        for message in messages
    ]
    page: View = {
        "title": title,
        "intro": say(MEANT),
        "closed": _closed(kind, entity, update),
        "breadcrumb": [
            {"label": about, "url": links.of_record(kind, entity.reference)},
            {"label": title, "url": None},
        ],
        "error_summary": wrong,
        "files": [_told(kind, entity, update, kept) for kept in commands.files(update)],
        "allowed": ",".join(f".{name}" for name in ALLOWED),
        "why": request.form.get("why", ""),
        "back": url_for(f"{kind.collection}.updates", reference=entity.reference),
    }
    return render_template("attachments.html", page=page), status


def _closed(kind: Kind, entity: Any, update: Update) -> str | None:
    """Why the reader adds nothing here, if so."""
    if commands.may_add(actor(), kind, entity, update):
        return None
    theirs = commands.theirs(actor(), kind, entity, update)
    return say(commands.FIXED if theirs else NOT_YOURS)


def _told(kind: Kind, entity: Any, update: Update, kept: UpdateFile) -> View:
    at = {"reference": entity.reference, "key": update.key, "file": kept.key}
    url = url_for(f"{kind.collection}.file", **at)
    return {"url": url, "name": kept.name, "why": kept.why, "size": max(1, kept.size // 1024)}


def _enter(kind: Kind) -> None:
    add, both = book.of(kind).blueprint.add_url_rule, ["GET", "POST"]
    path = "/<reference>/updates/<key>/files"
    add(path, "files", moving.of(kind, show), methods=both)
    add(f"{path}/<file>", "file", moving.of(kind, download))


for _kind in [kind for kind in kinds() if kind.contributed]:
    _enter(_kind)
