"""The pages on which a file is read in: send it, match its columns, look, and read it in."""

from pathlib import Path
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import tables
from ..access import require
from ..errors import RegistryError
from ..forms.posted import printable
from ..kind import Kind, kinds
from ..tables import EMPTY, Fault
from ..web import actor, blueprint, book, lang, links, t
from ..web.moving import of
from . import drawing, keeping, matching
from .commands import Outcome, Rejected, read_in, rehearse
from .keeping import Kept

Page = dict[str, Any]
MOST_FAULTS = 100


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
        kept = keeping.keep(_folder(), *own, sent.stream)
    except OSError:
        current_app.logger.exception("an uploaded file cannot be kept")
        return _draw(kind, drawing.asking(kind, [drawing.not_kept()]), 503)
    faults = _look(kind, kept)
    if faults:
        keeping.drop(kept)
        return _draw(kind, drawing.asking(kind, drawing.told(faults[:MOST_FAULTS])), 400)
    return redirect(url_for(f"{kind.collection}.preview", upload=kept.token))


def preview(kind: Kind, upload: str) -> ResponseReturnValue:
    """What reading in a file would do; and do it."""
    require(actor(), kind.edit)
    kept = keeping.found(_folder(), actor().account_id, kind.collection, upload)
    step = request.form.get("step", "") if request.method == "POST" else ""
    if step == "match":
        return _match(kind, kept)
    if step == "read" and kept.preview is not None:
        return _read(kind, kept)
    if step == "drop":
        keeping.drop(kept)
        flash(t("Er is niets ingelezen.", "Nothing has been read in."), "info")
        return redirect(links.of_list(kind))
    if kept.preview is None or "again" in request.args:
        return _ask_matching(kind, kept)
    return _draw(kind, drawing.previewing(kind, kept))


def _look(kind: Kind, kept: Kept) -> list[Fault]:
    """A file as it was downloaded is compared at once; of another its columns are matched first."""
    faults: list[Fault] = []
    found = matching.sheets(tables.read(kept.path, kept.name, faults), kind, actor())
    faults += found.faults
    if not faults and matching.as_downloaded(found, kind, actor()):
        _rehearse(kind, kept, found, faults)
    elif not faults and not found.headings:
        faults.append(Fault(kept.name, 1, "A", EMPTY))
    return faults


def _rehearse(kind: Kind, kept: Kept, found: matching.Sheets, faults: list[Fault]) -> None:
    items = matching.items(found, kind, actor(), faults, kept.columns)
    if faults:
        return
    outcomes = rehearse(actor(), kind, items, lang())
    unread = matching.unmatched(found, kept.columns) if kept.columns is not None else []
    kept.preview = drawing.summary(outcomes, unread, found.unread)
    keeping.save(kept)


def _match(kind: Kind, kept: Kept) -> ResponseReturnValue:
    """Take the fields that were chosen for the columns."""
    found = matching.sheets(tables.read(kept.path, kept.name, []), kind, actor())
    allowed = matching.fields(kind, actor())
    chosen = [
        (heading, request.form.get(f"column-{index}", ""))
        for index, heading in enumerate(found.headings)
    ]
    columns = {heading: name for heading, name in chosen if name in allowed}
    wrong = drawing.wrong_matching(kind, list(columns.values()), allowed)
    faults: list[Fault] = []
    if not wrong:
        kept.columns = columns
        _rehearse(kind, kept, found, faults)
        wrong = drawing.told(faults[:MOST_FAULTS])
    if wrong:
        return _draw(kind, drawing.matching(kind, kept, found, columns, wrong), 400)
    return redirect(url_for(f"{kind.collection}.preview", upload=kept.token))


def _ask_matching(kind: Kind, kept: Kept) -> ResponseReturnValue:
    found = matching.sheets(tables.read(kept.path, kept.name, []), kind, actor())
    columns = kept.columns
    if columns is None:
        columns = matching.guessed(found.headings, kind, actor())
    return _draw(kind, drawing.matching(kind, kept, found, columns, []))


def _read(kind: Kind, kept: Kept) -> ResponseReturnValue:
    """Read it in, all or nothing; what does not hold any more is shown instead."""
    known = kept.preview or {}
    keeping.claim(kept)
    try:
        found = matching.sheets(tables.read(kept.path, kept.name, []), kind, actor())
        items = matching.items(found, kind, actor(), [], kept.columns)
        outcomes = read_in(actor(), kind, items, known["lang"], known["versions"])
    except RegistryError as refused:
        keeping.release(kept)
        told = refused.outcomes if isinstance(refused, Rejected) else []
        return _refuse(kind, kept, refused, told)
    except BaseException:
        keeping.release(kept)
        raise
    keeping.drop(kept)
    flash(drawing.done(outcomes), "ok")
    return redirect(links.of_list(kind))


def _refuse(
    kind: Kind, kept: Kept, refused: RegistryError, outcomes: list[Outcome]
) -> ResponseReturnValue:
    if outcomes and kept.preview:
        known = kept.preview
        kept.preview = drawing.summary(outcomes, known["unread"], known["sheets"])
        keeping.save(kept)
    page = drawing.previewing(kind, kept)
    page["errors"] = [refused.title.in_(lang()), *{refused.detail.in_(lang())}]
    return _draw(kind, page, refused.status)


def _folder() -> Path:
    return Path(current_app.instance_path) / "uploads"


def _draw(kind: Kind, page: Page, status: int = 200) -> ResponseReturnValue:
    return render_template("upload.html", page=printable({**drawing.around(kind), **page})), status


for _kind in kinds():
    if _kind.name in book.screens:
        _add, _both = blueprint(_kind).add_url_rule, ["GET", "POST"]
        _add("/import", "upload", of(_kind, upload), methods=_both)
        _add("/import/<upload>", "preview", of(_kind, preview), methods=_both)
