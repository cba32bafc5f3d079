"""The pages on which a file is read in: send it, match its columns, look, and read it in."""

from typing import Any

from flask import Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import tables
from ..access import require
from ..errors import RegistryError
from ..forms.posted import printable
from ..jobs.commands import Way, Work, ask
from ..jobs.views import follow
from ..kind import Kind, kinds
from ..tables import MOST_BYTES
from ..web import actor, blueprint, book, lang, links, say, t
from ..writing.moving import of
from . import drawing, keeping, matching, working
from .keeping import Kept

Page = dict[str, Any]
FIRST_LINES = 40
SPARE = 64 * 1024  # for the rest of the form


def upload(kind: Kind) -> ResponseReturnValue:
    """Send a file, to see what reading it in would do."""
    require(actor(), kind.edit)
    if request.method == "GET":
        return _draw(kind, drawing.asking(kind, []))
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _draw(kind, drawing.asking(kind, [drawing.no_file()]), 400)
    own = (actor().account_id or 0, kind.collection, sent.filename)
    try:
        kept = keeping.keep(working.folder(), *own, sent.stream)
    except OSError:
        current_app.logger.exception("an uploaded file cannot be kept")
        return _draw(kind, drawing.asking(kind, [drawing.not_kept()]), 503)
    working.measure(actor(), kind, kept)
    if kept.large:
        return _compare(kind, kept)
    working.look(actor(), kind, kept, lang())
    if kept.faults:
        keeping.drop(kept)
        return _draw(kind, drawing.asking(kind, _wrong(kept)), 400)
    return redirect(_address(kind, kept))


def preview(kind: Kind, upload: str) -> ResponseReturnValue:
    """What reading in a file would do; and do it."""
    require(actor(), kind.edit)
    kept = keeping.found(working.folder(), actor().account_id, kind.collection, upload)
    step = request.form.get("step", "") if request.method == "POST" else ""
    if step == "match":
        return _match(kind, kept)
    if step == "read" and kept.preview is not None:
        return _read(kind, kept)
    if step == "drop":
        keeping.drop(kept)
        flash(t("Er is niets ingelezen.", "Nothing has been read in."), "info")
        return redirect(links.of_list(kind))
    if kept.faults and kept.columns is None:
        return _draw(kind, drawing.asking(kind, _wrong(kept)))
    if kept.preview is None or "again" in request.args:
        return _ask_matching(kind, kept)
    return _draw(kind, drawing.previewing(kind, kept))


def _compare(kind: Kind, kept: Kept) -> ResponseReturnValue:
    """Have a large file compared by a worker."""
    keeping.save(kept)
    here, form = _address(kind, kept), url_for(f"{kind.collection}.upload")
    to = (here, form if kept.columns is None else here)
    return _by_worker(working.compare_large, kind, kept, to)


def _by_worker(wanted: Work, kind: Kind, kept: Kept, to: Way) -> ResponseReturnValue:
    payload, about = {"kind": kind.name, "upload": kept.token}, f"{wanted.name} {kept.token}"
    return follow(ask(actor(), wanted, payload, about=about, language=lang(), to=to))


def _match(kind: Kind, kept: Kept) -> ResponseReturnValue:
    """Take the fields that were chosen for the columns."""
    found = _begin(kind, kept)
    allowed = matching.fields(kind, actor())
    chosen = [
        (heading, request.form.get(f"column-{index}", ""))
        for index, heading in enumerate(found.headings)
    ]
    columns = {heading: name for heading, name in chosen if name in allowed}
    wrong = drawing.wrong_matching(kind, list(columns.values()), allowed)
    if not wrong:
        kept.columns = columns
        if kept.large:
            return _compare(kind, kept)
        working.look(actor(), kind, kept, lang())
        wrong = _wrong(kept)
    if wrong:
        return _draw(kind, drawing.matching(kind, kept, found, columns, wrong), 400)
    return redirect(_address(kind, kept))


def _ask_matching(kind: Kind, kept: Kept) -> ResponseReturnValue:
    found = _begin(kind, kept)
    columns = kept.columns
    if columns is None:
        columns = matching.guessed(found.headings, kind, actor())
    return _draw(kind, drawing.matching(kind, kept, found, columns, _wrong(kept)))


def _begin(kind: Kind, kept: Kept) -> matching.Sheets:
    """The first lines of a file, where its headings are."""
    return matching.sheets(tables.read(kept.path, kept.name, [], first=FIRST_LINES), kind, actor())


def _wrong(kept: Kept) -> list[str]:
    return [drawing.kept_told(fault) for fault in kept.faults]


def _read(kind: Kind, kept: Kept) -> ResponseReturnValue:
    """Read it in, all or nothing; what does not hold any more is shown instead."""
    if kept.large:
        to = (links.of_list(kind), _address(kind, kept))
        return _by_worker(working.read_large, kind, kept, to)
    keeping.claim(kept)
    try:
        done = working.read(actor(), kind, kept)
    except RegistryError as refused:
        keeping.release(kept)
        page = drawing.previewing(kind, kept)
        page["errors"] = [refused.title.in_(lang()), *{refused.detail.in_(lang())}]
        return _draw(kind, page, refused.status)
    except BaseException:
        keeping.release(kept)
        raise
    keeping.drop(kept)
    flash(say(done), "ok")
    return redirect(links.of_list(kind))


def _address(kind: Kind, kept: Kept) -> str:
    return url_for(f"{kind.collection}.preview", upload=kept.token)


def _draw(kind: Kind, page: Page, status: int = 200) -> ResponseReturnValue:
    return render_template("upload.html", page=printable({**drawing.around(kind), **page})), status


for _kind in kinds():
    if _kind.name in book.screens:
        _add, _both = blueprint(_kind).add_url_rule, ["GET", "POST"]
        _add("/import", "upload", of(_kind, upload), methods=_both)
        _add("/import/<upload>", "preview", of(_kind, preview), methods=_both)


def _allow_more() -> None:
    """A file may be larger than a form; this is asked before anything reads the form."""
    if (request.endpoint or "").endswith(".upload"):
        request.max_content_length = MOST_BYTES + SPARE


def register(app: Flask) -> None:
    """Enter the limit, before what guards against forgery reads the form."""
    app.before_request(_allow_more)
