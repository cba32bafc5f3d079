"""One's own reminders: how one wants them, and what was sent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from .. import web
from ..accounts.models import Account
from ..db import session
from ..errors import Invalid
from ..forms import DictionaryForm
from ..reminders import commands
from ..reminders.models import Preference
from ..reminders.schemas import PreferenceSchema
from ..signin import session as here
from ..web import View, actor, cells, lang, say, t
from ..web.language import LANGUAGES
from . import log, logged, pages

own = web.pages(Blueprint("reminded", __name__, url_prefix="/mine/reminders"))
SHOWN = 25


@own.get("")
def mine() -> str:
    """How I am reminded, and what was sent to me."""
    account = here.account()
    row = session().get(Preference, account.id) or Preference(digest=True)
    groups = [_address(account, row), _wishes(account, row), _sent(account)]
    page = {
        "title": say(pages.TITLE),
        "intro": t(
            "Mail over termijnen en over wat niet actueel is, van wat uw organisatie beheert of "
            "uitvoert.",
            "Mail about terms and about what is not up to date, of what your organisation keeps or "
            "carries out.",
        ),
        "breadcrumb": _way(None),
        "menu": [],
        "error_summary": [],
        "groups": [group for group in groups if group],
    }
    return render_template("admin/page.html", page=page)


def _way(last: str | None) -> list[View]:
    above = {"label": t("Mijn account", "My account"), "url": url_for("mine.account")}
    title = {"label": say(pages.TITLE), "url": url_for("reminded.mine") if last else None}
    return [above, title, *([{"label": last, "url": None}] if last else [])]


def _address(account: Account, row: Preference) -> View | None:
    """That mail came back; nothing where all is well."""
    if row.refused_address != account.email:
        return None
    said = row.refused_why or ""
    return {
        "id": "adres",
        "title": t("Uw e-mailadres weigert mail", "Your e-mail address refuses mail"),
        "intro": t(
            f"Een herinnering aan {account.email} kwam niet aan: {said}. Nieuwe herinneringen "
            "wachten tot u het adres bevestigt of wijzigt.",
            f"A reminder to {account.email} did not arrive: {said}. New reminders wait until you "
            "confirm or change the address.",
        ),
        "table": None,
        "form": None,
        "actions": [
            pages.button(
                t("Het adres werkt", "The address works"),
                url_for("reminded.address"),
                tone="primary",
            ),
            pages.button(
                t("E-mailadres wijzigen", "Change e-mail address"),
                url_for("invitations.email"),
                "get",
            ),
        ],
    }


def _wishes(account: Account, row: Preference) -> View:
    one = t("alles in één mail per dag", "everything in one mail a day")
    each = t("een mail per herinnering", "a mail for each reminder")
    until = format_date(row.paused_until, "long") if row.paused_until else t("nee", "no")
    cells_ = [cells.text(one if row.digest else each), cells.text(until)]
    columns = [
        t("Hoe", "How"),
        t("Gepauzeerd tot en met", "Paused until and including"),
        t("Taal van mail", "Language of mail"),
    ]
    drawn = {"cells": [*cells_, cells.text(LANGUAGES[account.language])]}
    change = pages.button(
        t("Wijzigen of pauzeren", "Change or pause"), url_for("reminded.wishes"), "get", "primary"
    )
    language = pages.button(
        t("Taal van mail wijzigen", "Change the language of mail"), url_for("mine.account"), "get"
    )
    title = t("Hoe u herinnerd wordt", "How you are reminded")
    return pages.group("wensen", title, columns, [drawn], actions=[change, language])


def _sent(account: Account) -> View:
    mine_only = log.query(actor(), log.Question(), lambda told: told.c.account_id == account.id)[0]
    rows = session().execute(mine_only.limit(SHOWN)).all()
    title = t("Aan u verstuurd", "Sent to you")
    table = logged.table(title, [logged.row_of(row, named=False) for row in rows])
    group = {"id": "verstuurd", "title": title, "intro": None, "form": None}
    return {**group, "table": table}


@own.route("/wishes", methods=["GET", "POST"])
def wishes() -> ResponseReturnValue:
    """Say how I want to be reminded."""
    account, status = here.account(), 200
    row = session().get(Preference, account.id) or Preference(digest=True)
    day = row.paused_until.isoformat() if row.paused_until else None
    stored = {"digest": row.digest, "pausedUntil": day}
    form = DictionaryForm(PreferenceSchema(), actor(), lang(), stored)
    if request.method == "POST":
        form.take(request.form.items(multi=True))
        try:
            commands.prefer(actor(), account, form.payload())
        except Invalid as refused:
            form.refuse(refused)
            status = refused.status
        else:
            flash(t("Uw keuze is bewaard.", "Your choice has been saved."), "ok")
            return redirect(url_for("reminded.mine"))
    title = t("Herinneringen ontvangen", "Getting reminders")
    page = {
        "title": title,
        "intro": None,
        "breadcrumb": _way(title),
        "submit_label": t("Bewaren", "Save"),
        "cancel_url": url_for("reminded.mine"),
        **form.drawn(),
    }
    return render_template("form.html", page=page), status


@own.post("/address")
def address() -> ResponseReturnValue:
    """Say that my address works."""
    commands.confirm_address(actor(), here.account())
    flash(
        t(
            "Het adres is bevestigd. Wat wachtte komt met de volgende mail.",
            "The address has been confirmed. What waited comes with the next mail.",
        ),
        "ok",
    )
    return redirect(url_for("reminded.mine"))
