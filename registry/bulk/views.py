"""The page on which many records are changed: choose them, look, and change them."""

from collections.abc import Iterator
from itertools import islice
from secrets import token_hex
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import clock
from ..access import require
from ..errors import Invalid
from ..forms import DictionaryForm
from ..forms.posted import printable
from ..jobs import commands as jobs
from ..jobs.commands import ask
from ..jobs.views import follow
from ..kind import Kind
from ..uploads import drawing
from ..uploads.commands import Outcome, Rejected
from ..web import actor, lang, links, pages, say, t
from . import working
from .changes import BULKS, Bulk, Payload
from .commands import Run, change, rehearse

Page = dict[str, Any]
MOST = 200
blueprint = pages(Blueprint("bulk", __name__))


def many(bulk: Bulk) -> ResponseReturnValue:
    """Choose records of a list and what changes of all; see what that does; do it."""
    require(actor(), bulk.kind.edit)
    form = DictionaryForm(bulk.schema(), actor(), lang())
    if request.method == "GET":
        return _draw(bulk, form, list(_found(bulk.kind)))
    form.take(request.form.items(multi=True))
    versions, whole = dict(_chosen()), "whole" in request.form
    errors = (
        [] if versions or whole else [t("Kies ten minste één rij.", "Choose at least one row.")]
    )
    try:
        asked = form.payload()
        bulk.refuse_nothing(asked)
    except Invalid as refused:
        form.refuse(refused)
        errors.append(t("Kies wat er moet veranderen.", "Choose what is to change."))
    if errors or request.form.get("step") == "back":
        rows = list(_found(bulk.kind, versions))
        return _draw(bulk, form, rows, errors, 400 if errors else 200)
    return _look_at_all(bulk, asked) if whole else _go_on(bulk, versions, asked)


def _look_at_all(bulk: Bulk, asked: Payload) -> ResponseReturnValue:
    """Have a worker find out what a change does to a whole list."""
    token = token_hex(12)
    payload = {
        "kind": bulk.kind.name,
        "asked": asked,
        "question": _question(),
        "asOf": clock.as_of().isoformat(),
    }
    here = (_whole(bulk, token), request.full_path)
    about = working.ABOUT.format(token)
    return follow(ask(actor(), working.look_at_all, payload, about=about, language=lang(), to=here))


def whole(bulk: Bulk, token: str) -> ResponseReturnValue:
    """What a change would do to a whole list; and have it done."""
    require(actor(), bulk.kind.edit)
    looked = jobs.about(actor(), working.ABOUT.format(token))
    if looked.result is None:
        return follow(looked)
    if request.method == "GET":
        return _draw_preview(bulk, looked.result["preview"], [])
    if request.form.get("step") != "change":
        return redirect(looked.back)
    about, to = f"bulk-change {token}", (links.of_list(bulk.kind), looked.back)
    wanted, payload = working.change_all, {"token": token}
    return follow(ask(actor(), wanted, payload, about=about, language=lang(), to=to))


def _whole(bulk: Bulk, token: str) -> str:
    return url_for(f"bulk.{bulk.kind.collection}_whole", token=token)


def _go_on(bulk: Bulk, versions: dict[str, int], asked: Payload) -> ResponseReturnValue:
    run = Run(bulk, versions, asked, lang())
    if request.form.get("step") != "change":
        return _preview(bulk, rehearse(actor(), run))
    try:
        outcomes = change(actor(), run)
    except Rejected as refused:
        return _preview(bulk, refused.outcomes, refused.status)
    flash(say(working.changed(outcomes)), "ok")
    return redirect(links.of_list(bulk.kind))


def _chosen() -> Iterator[tuple[str, int]]:
    """The records that were ticked, each with the version that was looked at."""
    for given in request.form.getlist("record")[:MOST]:
        reference, _, version = given.partition(" ")
        if version.isascii() and version.isdigit() and len(version) < 10:
            yield reference[:20], int(version)


def _question() -> dict[str, list[str]]:
    return {name: request.args.getlist(name) for name in request.args if name != "cursor"}


def _found(kind: Kind, ticked: dict[str, int] | None = None) -> Iterator[Page]:
    """The records of the list that this person may change; all ticked unless some were chosen."""
    for item in islice(working.changeable(kind, actor(), _question()), MOST + 1):
        reference, version = item["reference"], item["version"]
        yield {
            "value": f"{reference} {version}",
            "label": f"{reference} {kind.title(item, lang())}",
            "checked": ticked is None or reference in ticked,
        }


def _draw(
    bulk: Bulk,
    form: DictionaryForm,
    rows: list[Page],
    errors: list[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page = {
        **_around(bulk.kind),
        "intro": t(
            "Vink aan welke gegevens veranderen en kies wat. U ziet eerst wat er zou gebeuren. "
            "Hier staan alleen gegevens die u mag wijzigen.",
            "Tick which records change and choose what. First you see what would happen. "
            "Only records that you may change are here.",
        ),
        "rows": rows[:MOST],
        "whole": len(rows) > MOST and {"checked": "whole" in request.form, "shown": MOST},
        "errors": errors or [],
        **form.drawn(),
    }
    return render_template("bulk.html", page=page), status


def _preview(bulk: Bulk, outcomes: list[Outcome], status: int = 200) -> ResponseReturnValue:
    summed = drawing.summary(outcomes, [], [], lang())
    hidden = [(n, v) for n, v in request.form.items(multi=True) if n not in ("csrf_token", "step")]
    return _draw_preview(bulk, summed, hidden), status


def _draw_preview(bulk: Bulk, summed: Page, hidden: list[tuple[str, str]]) -> str:
    told = drawing.outcomes(bulk.kind, summed)
    page = {**_around(bulk.kind), "intro": None, "preview": told, "hidden": hidden, "errors": []}
    return render_template("bulk.html", page=printable(page))


def _around(kind: Kind) -> Page:
    title = t("Meerdere tegelijk wijzigen", "Change several at once")
    return {
        "title": f"{title}: {say(kind.plural)}",
        "breadcrumb": [
            {"label": say(kind.plural), "url": links.of_list(kind)},
            {"label": title, "url": None},
        ],
        "cancel_url": links.of_list(kind),
        "preview": None,
    }


def _enter(bulk: Bulk) -> None:
    name = bulk.kind.collection

    @blueprint.route(f"/{name}/bulk", endpoint=name, methods=["GET", "POST"])
    def view() -> ResponseReturnValue:
        return many(bulk)

    @blueprint.route(f"/{name}/bulk/<token>", endpoint=f"{name}_whole", methods=["GET", "POST"])
    def view_whole(token: str) -> ResponseReturnValue:
        return whole(bulk, token)


for _bulk in BULKS:
    _enter(_bulk)
