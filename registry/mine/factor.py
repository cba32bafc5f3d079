"""Setting up a second step: the key is shown, a code of it confirms that the app works."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..accounts import queries
from ..accounts.models import Account
from ..errors import Invalid, NotSignedIn
from ..factors import commands, drawing
from ..factors.queries import confirmed, factor
from ..signin import commands as signin
from ..signin import forms, throttle
from ..signin import session as here
from ..signin.models import AccountSession
from ..signin.pages import form_page
from ..signin.views import typed
from ..web import lang, t


def show() -> ResponseReturnValue:
    """The key with the form for its first code; before that, the offer to begin."""
    row = _row()
    if confirmed(row.account_id):
        return redirect(url_for("mine.account"))
    if request.method == "GET":
        return _page(row, [], 200)
    actor = queries.actor(row.account, "screen", here.address())
    throttle.take(actor, throttle.CODE, row.account.email, row.account)
    try:
        codes = commands.confirm(actor, row.account, typed("code"))
    except Invalid as refused:
        return _page(row, refused.errors["code"], refused.status)
    signin.code_was_right(actor, row.account)
    if row.waiting is not None:
        signin.complete(actor, row)
    return once(codes, here.local(request.args.get("next")))


def begin() -> ResponseReturnValue:
    """Make a key, and go and show it."""
    row = _row()
    if not confirmed(row.account_id):
        commands.prepare(queries.actor(row.account, "screen", here.address()), row.account)
    return redirect(url_for("mine.factor", next=request.args.get("next")))


def _row() -> AccountSession:
    """The session: signed in and proven lately, or just begun and waiting for this."""
    row = here.begun()
    if row is not None and row.waiting == signin.SETUP_WANTED:
        return row
    if row is None or row.waiting is not None:
        raise NotSignedIn
    return here.require_proof()


def _page(row: AccountSession, wrong: list[Any], status: int) -> ResponseReturnValue:
    title = t("Tweede stap instellen", "Set up a second step")
    known = commands.key_of(factor(row.account_id))
    form = forms.code(lang(), forms.SIX)
    summary = form.told({"code": wrong}, lang()) if wrong else []
    page = form_page(
        form,
        title,
        t("Bevestigen", "Confirm"),
        intro=_why(row),
        error_summary=summary,
        begin_url=url_for("mine.factor_begin", next=request.args.get("next")),
        key=_key(row.account, known) if known else None,
    )
    headers = {"Cache-Control": "no-store"}
    return render_template("factor.html", page=page), status, headers


def _why(row: AccountSession) -> str:
    if row.waiting is not None:
        return t(
            "Voor uw rol is een tweede stap verplicht. Stel hem nu in; daarna kunt u verder.",
            "Your role requires a second step. Set it up now; then you can go on.",
        )
    return t(
        "Na uw wachtwoord vraagt het register voortaan een code uit een app op uw telefoon of "
        "computer.",
        "After your password, the registry will ask for a code of an app on your phone or "
        "computer.",
    )


def _key(account: Account, secret: str) -> dict[str, str]:
    return {
        "picture": drawing.picture(secret, account.email),
        "text": drawing.grouped(secret),
    }


def once(codes: list[str], onward: str) -> ResponseReturnValue:
    """The recovery codes, on the one page that ever shows them."""
    page = {
        "title": t("Uw herstelcodes", "Your recovery codes"),
        "intro": t(
            "Bewaar deze codes op een veilige plek, niet op het apparaat met uw app. Met elke code "
            "kunt u één keer aanmelden zonder de app. Ze worden maar één keer getoond.",
            "Keep these codes in a safe place, not on the device with your app. Each of them signs "
            "you in once without the app. They are shown only once.",
        ),
        "breadcrumb": [],
        "secrets": codes,
        "onward_url": onward if onward != "/" else url_for("mine.account"),
        "onward_label": t("Ik heb ze bewaard, verder", "I have kept them, go on"),
    }
    return render_template("once.html", page=page), 200, {"Cache-Control": "no-store"}
