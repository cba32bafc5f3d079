"""The screens of reminders for the secretariat."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from .. import web
from ..access import Actor, Permission, can, require
from ..accounts.models import Account
from ..accounts.queries import by_email
from ..administration import pages as administration
from ..db import session
from ..errors import Conflict, Invalid, Message, NotFound
from ..forms import DictionaryForm
from ..reminders import commands
from ..reminders.due import settings
from ..reminders.models import Escalation
from ..reminders.run import WAITING
from ..reminders.schemas import NAMES, TOLD, DismissalSchema, PauseSchema, RefusalSchema
from ..schema import loaded
from ..web import View, actor, book, lang, say, t
from . import logged, pages, waiting

reminders = web.pages(Blueprint("reminders", __name__, url_prefix="/reminders"))
both = ["GET", "POST"]
NOBODY = Message("No account has this address.", "Geen account heeft dit adres.", "unknown")


@reminders.get("")
def index() -> str:
    """What waits for the secretariat."""
    require(actor(), Permission.RECORD_PUBLISH)
    return render_template("admin/page.html", page=waiting.overview())


@reminders.get("/log", endpoint="log")
def log_page() -> str:
    """What was sent to whom."""
    require(actor(), Permission.RECORD_PUBLISH)
    return render_template("reminder_log.html", page=logged.page(actor()))


@reminders.get("/log.csv")
def as_csv() -> ResponseReturnValue:
    """The same as a file."""
    require(actor(), Permission.RECORD_PUBLISH)
    return logged.as_csv(actor())


@reminders.get("/settings", endpoint="settings")
def rules() -> str:
    """The rules, and what is paused."""
    require(actor(), Permission.RECORD_PUBLISH)
    return render_template("admin/page.html", page=pages.rules())


@reminders.route("/rules/<code>", methods=both)
def rule(code: str) -> ResponseReturnValue:
    """Change a rule."""
    require(actor(), Permission.RECORD_PUBLISH)
    dictionary = commands.dictionary(code)
    form = DictionaryForm(dictionary, actor(), lang(), settings()[code].as_json())
    return _saved(
        form,
        say(NAMES[code]),
        lambda payload: commands.set_rule(actor(), code, payload),
        t("De regel is bewaard.", "The rule has been saved."),
        intro=say(TOLD[code]),
    )


@reminders.route("/pauses/new", methods=both)
def pause() -> ResponseReturnValue:
    """Pause an organisation or a record."""
    require(actor(), Permission.RECORD_PUBLISH)
    given = {"reference": request.args.get("record", "")[:20]}
    form = DictionaryForm(PauseSchema(), actor(), lang(), beforehand=given)
    return _saved(
        form,
        t("Herinneringen pauzeren", "Pause reminders"),
        lambda payload: commands.pause(actor(), payload),
        t("De herinneringen zijn gepauzeerd.", "The reminders have been paused."),
    )


@reminders.post("/pauses/<record>/end")
def resume(record: str) -> ResponseReturnValue:
    """End a pause."""
    commands.resume(actor(), record)
    flash(t("De herinneringen gaan weer door.", "The reminders go on again."), "ok")
    return redirect(url_for("reminders.settings"))


@reminders.post("/escalations/<key>/send")
def escalate(key: str) -> ResponseReturnValue:
    """Send an escalation to who leads the organisation."""
    try:
        commands.escalate(actor(), commands.one(actor(), key))
    except Conflict as refused:
        session().rollback()
        flash(say(refused.detail), "error")
    else:
        flash(t("Verstuurd aan wie de organisatie leidt.", "Sent to who leads."), "ok")
    return redirect(url_for("reminders.index"))


@reminders.route("/escalations/<key>/dismiss", methods=both)
def dismiss(key: str) -> ResponseReturnValue:
    """Do without an escalation, and say why."""
    found = commands.one(actor(), key)
    return _saved(
        DictionaryForm(DismissalSchema(), actor(), lang()),
        t("Niet versturen", "Do not send"),
        lambda payload: commands.dismiss(actor(), found, payload),
        t("Het wordt niet verstuurd.", "It will not be sent."),
        to="reminders.index",
    )


@reminders.route("/addresses/new", methods=both)
def refuse() -> ResponseReturnValue:
    """Note that mail to an address came back."""
    require(actor(), Permission.RECORD_PUBLISH)
    return _saved(
        DictionaryForm(RefusalSchema(), actor(), lang()),
        t("Teruggekomen mail noteren", "Note mail that came back"),
        _refused,
        t("Herinneringen aan dit adres wachten nu.", "Reminders to this address wait now."),
        to="reminders.index",
    )


def _refused(payload: dict[str, Any]) -> None:
    values = loaded(RefusalSchema(), payload)
    account = by_email(values["email"])
    if account is None:
        raise Invalid({"email": [NOBODY]})
    commands.refuse_address(actor(), account, values["why"])


@reminders.post("/addresses/<int:number>/confirm")
def confirm(number: int) -> ResponseReturnValue:
    """Say that an address works."""
    require(actor(), Permission.RECORD_PUBLISH)
    account = session().get(Account, number) if number < 2**31 else None
    if account is None:
        raise NotFound
    commands.confirm_address(actor(), account)
    flash(t("Het adres is bevestigd.", "The address has been confirmed."), "ok")
    return redirect(url_for("reminders.index"))


def _saved(
    form: DictionaryForm,
    title: str,
    save: Callable[[dict[str, Any]], object],
    said: str,
    *,
    intro: str | None = None,
    to: str = "reminders.settings",
) -> ResponseReturnValue:
    """A form on a page of its own: drawn, or saved."""
    status = 200
    if request.method == "POST":
        form.take(request.form.items(multi=True))
        try:
            save(form.payload())
        except Invalid as refused:
            form.refuse(refused)
            status = refused.status
        except Conflict as refused:
            session().rollback()
            flash(say(refused.detail), "error")
            return redirect(url_for(to))
        else:
            flash(said, "ok")
            return redirect(url_for(to))
    return _form(form, title, intro, url_for(to)), status


def _form(form: DictionaryForm, title: str, intro: str | None, back: str) -> str:
    page = {
        "title": title,
        "intro": intro,
        "breadcrumb": [
            {"label": say(pages.TITLE), "url": url_for("reminders.index")},
            {"label": title, "url": None},
        ],
        "submit_label": t("Bewaren", "Save"),
        "cancel_url": back,
        **form.drawn(),
    }
    return render_template("form.html", page=page)


def tasks(who: Actor) -> list[View]:
    """What waits for a decision of the secretariat."""
    if not can(who, Permission.RECORD_PUBLISH):
        return []
    query = select(func.count()).select_from(Escalation).where(Escalation.state == WAITING)
    count, counted = session().scalar(query) or 0, t("te beslissen", "to decide")
    if not count:  # the way there is among the parts of administration
        return []
    url = url_for("reminders.index")
    return [{"label": say(pages.TITLE), "url": url, "count": count, "counted": counted}]


book.tasks.append(tasks)
administration.also.append(("reminders.index", pages.TITLE, Permission.RECORD_PUBLISH))
