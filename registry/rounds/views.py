"""The screens of rounds: for the secretariat all of them, for members what is asked of them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import web
from ..access import Permission, require
from ..accounts import mine
from ..errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn, RegistryError
from ..forms import DictionaryForm
from ..updates.schemas import UNCHANGED, UpdateSchema
from ..web import actor, book, counted, lang, say, t
from ..words import Words
from . import commands, pages, queries
from . import frozen as frozen_pages
from .models import Item, Round
from .schemas import RoundSchema

rounds = web.pages(Blueprint("rounds", __name__, url_prefix="/rounds"))
both = ["GET", "POST"]


@rounds.get("")
def index() -> str:
    """The rounds that the reader sees."""
    _signed_in()
    return render_template("admin/page.html", page=pages.index(actor()))


@rounds.route("/new", methods=both)
def new() -> ResponseReturnValue:
    """Open a round."""
    require(actor(), Permission.RECORD_PUBLISH)
    form = DictionaryForm(RoundSchema(), actor(), lang())
    title = t("Uitvraag uitzetten", "Open a round")
    intro = t(
        "Wat nu binnen de grenzen valt ligt vast: wie een gegeven beheert wordt gevraagd, en van "
        "wat het secretariaat beheert iedere betrokken organisatie.",
        "What lies within the limits now is fixed: who keeps a record is asked, and of what the "
        "secretariat keeps every organisation involved.",
    )
    status = 200
    if request.method == "POST":
        pairs = list(request.form.items(multi=True))
        form.take(pairs)
        if not form.change_rows(pairs):
            try:
                made = commands.open_round(actor(), form.payload())
            except Invalid as refused:
                form.refuse(refused)
                status = refused.status
            else:
                flash(t(f"{made.title} is uitgezet.", f"{made.title} has been opened."), "ok")
                return redirect(url_for("rounds.show", key=made.key))
    return _asked(form, title, intro, url_for("rounds.index"), status)


@rounds.get("/<key>")
def show(key: str) -> str:
    """How far everybody is, for the secretariat; what is asked, for members."""
    found = _found(key)
    page = pages.managed if queries.manages(actor()) else pages.asked
    return render_template("admin/page.html", page=page(actor(), found))


@rounds.post("/<key>/remind")
def remind(key: str) -> ResponseReturnValue:
    """Remind who has not reported yet."""
    require(actor(), Permission.RECORD_PUBLISH)
    found = _found(key)
    try:
        count = commands.remind(actor(), found, request.form.get("organisation") or None)
    except Conflict as refused:
        return _refused(key, refused)
    none = t(
        "Iedereen die nog iets moet invullen is vandaag al herinnerd, of kan zich niet aanmelden.",
        "All who still have to report were reminded today already, or cannot sign in.",
    )
    people = counted(count, Words("persoon", "person"), Words("personen", "people"))
    told = t(f"Herinnering aan {people}.", f"Reminder to {people}.")
    flash(told if count else none, "ok" if count else "info")
    return redirect(url_for("rounds.show", key=key))


@rounds.post("/<key>/close")
def close(key: str) -> ResponseReturnValue:
    """End the round and freeze what is in it."""
    require(actor(), Permission.RECORD_PUBLISH)
    found = _found(key)
    try:
        commands.close(actor(), found)
    except Conflict as refused:
        return _refused(key, refused)
    flash(t("De uitvraag is gesloten en vastgesteld.", "The round is closed and frozen."), "ok")
    return redirect(url_for("rounds.show", key=key))


@rounds.get("/<key>/frozen")
def frozen(key: str) -> str:
    """What was frozen, and what has changed since."""
    require(actor(), Permission.RECORD_PUBLISH)
    return render_template("admin/page.html", page=frozen_pages.frozen(_closed(key)))


@rounds.get("/<key>/frozen/<record>")
def compared(key: str, record: str) -> str:
    """One record then and now."""
    require(actor(), Permission.RECORD_PUBLISH)
    page = frozen_pages.compared(actor(), _closed(key), record)
    return render_template("admin/page.html", page=page)


@rounds.route("/<key>/<record>", methods=both)
def report(key: str, record: str) -> ResponseReturnValue:
    """Report on one record of the round."""
    found, item = _item(key, record)
    if request.method == "GET" and not queries.asked_still(actor(), item):
        raise Forbidden(commands.NO_LONGER)
    form = DictionaryForm(UpdateSchema(), actor(), lang())
    title = t(f"Stand van zaken: {item.record.title}", f"State of affairs: {item.record.title}")
    back = url_for("rounds.show", key=key)
    if request.method == "GET":
        return _asked(form, title, found.title, back, 200)
    pairs = list(request.form.items(multi=True))
    form.take(pairs)
    if form.change_rows(pairs):
        return _asked(form, title, found.title, back, 200)
    try:
        commands.answer(actor(), found, item, form.payload())
    except Conflict as refused:
        return _refused(key, refused)
    except Forbidden:
        return _refused(key, Forbidden(commands.NO_LONGER))
    except Invalid as refused:
        form.refuse(refused)
        return _asked(form, title, "", back, refused.status)
    return _answered(key)


@rounds.post("/<key>/<record>/same")
def no_change(key: str, record: str) -> ResponseReturnValue:
    """Report in one click that nothing changed."""
    found, item = _item(key, record)
    try:
        commands.answer(actor(), found, item, {"state": UNCHANGED})
    except Conflict as refused:
        return _refused(key, refused)
    except Forbidden:
        return _refused(key, Forbidden(commands.NO_LONGER))
    return _answered(key)


def _answered(key: str) -> ResponseReturnValue:
    flash(t("De stand van zaken is vastgelegd.", "The state of affairs has been recorded."), "ok")
    return redirect(url_for("rounds.show", key=key))


def _refused(key: str, refused: RegistryError) -> ResponseReturnValue:
    flash(say(refused.detail), "error")
    return redirect(url_for("rounds.show", key=key))


def _signed_in() -> None:
    if not actor().signed_in:
        raise NotSignedIn


def _found(key: str) -> Round:
    _signed_in()
    return queries.one(actor(), key)


def _closed(key: str) -> Round:
    found = _found(key)
    if found.closed_at is None:
        raise NotFound
    return found


def _item(key: str, record: str) -> tuple[Round, Item]:
    """What is asked of the reader about one record. Raises NotFound."""
    found = _found(key)
    items = [] if "\0" in record else queries.asked(actor(), found, record=record)
    of = request.args.get("of", "")
    item = next((i for i in items if of in ("", i.organisation.reference)), None)
    if item is None:
        raise NotFound if not queries.manages(actor()) else Forbidden
    return found, item


def _asked(
    form: DictionaryForm, title: str, intro: str, back: str, status: int
) -> ResponseReturnValue:
    page: dict[str, Any] = {
        "title": title,
        "intro": intro,
        "breadcrumb": [
            {"label": t("Voortgangsuitvragen", "Reporting rounds"), "url": url_for("rounds.index")},
            {"label": title, "url": None},
        ],
        "submit_label": title if back == url_for("rounds.index") else t("Vastleggen", "Record"),
        "cancel_url": back,
        **form.drawn(),
    }
    return render_template("form.html", page=page), status


mine.also.append(pages.mine)
book.tasks.append(pages.tasks)
