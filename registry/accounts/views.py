"""Signing in and out, one's own work and one's own password."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user
from flask_wtf.csrf import CSRFError

from .. import web
from ..db import session
from ..errors import Invalid, Message, NotSignedIn
from ..web import actor, lang, say, t
from ..words import Words
from . import commands, forms, mine, queries
from . import session as here
from .models import Account

accounts = web.pages(Blueprint("accounts", __name__))

WRONG = Words(
    "Dit e-mailadres en wachtwoord horen niet bij elkaar. Controleer beide; het wachtwoord is "
    "hoofdlettergevoelig. Lukt het niet, vraag het secretariaat dan om een nieuw wachtwoord.",
    "This e-mail address and password do not belong together. Check both; the password is case "
    "sensitive. If it does not work, ask the secretariat for a new password.",
)
GO_BACK = Words(
    "U bent niet (meer) aangemeld, dus er is niets opgeslagen. Meld u aan in een ander tabblad, ga "
    "in dit tabblad terug naar het formulier en verstuur het opnieuw: wat u typte staat er nog.",
    "You are not signed in (any more), so nothing was saved. Sign in in another tab, go back to "
    "the form in this tab and send it again: what you typed is still there.",
)

TOO_OLD = Words("Deze pagina is verlopen", "This page has expired")
OPEN_AGAIN = Words(
    "Er is niets opgeslagen. Ga terug, kopieer zo nodig wat u typte, laad de pagina opnieuw en "
    "verstuur haar nog een keer. Blijft dit gebeuren, sta dan cookies van dit register toe.",
    "Nothing was saved. Go back, copy what you typed if need be, load the page again and send it "
    "once more. If this keeps happening, allow cookies of this registry.",
)
CHANGED = Words(
    "Uw wachtwoord is gewijzigd. Op andere apparaten bent u afgemeld.",
    "Your password has been changed. You have been signed out on other devices.",
)
NOT_YOURS = Message(
    "This is not your present password.", "Dit is niet uw huidige wachtwoord.", "wrong_password"
)


@accounts.route("/aanmelden", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in with an address and a password."""
    onward = here.local(request.args.get("next"))
    if request.method == "GET":
        if actor().signed_in:
            return redirect(onward)
        return render_template("sign_in.html", form=forms.sign_in(lang()), page={})
    form = forms.sign_in(lang(), request.form)
    account = queries.by_email(_typed("email"))
    session().commit()  # the slow comparison of a password must not hold up who writes
    if not commands.verify(account, _typed("password")) or account is None:
        return _not_in(form)
    commands.seen(queries.actor(account, "screen"), account)
    login_user(here.SignedIn(account), remember=bool(form["remember"].data))
    flash(t(f"Welkom, {account.name}.", f"Welcome, {account.name}."), "ok")
    return redirect(onward if onward != "/" else url_for("accounts.my_work"))


def _typed(name: str) -> str:
    return request.form.get(name, "")[:1000]


def _not_in(form: Any) -> ResponseReturnValue:
    summary = form.refuse({"email": [WRONG.in_(lang())]})
    return render_template("sign_in.html", form=form, page={"error_summary": summary}), 401


@accounts.post("/afmelden")
def sign_out() -> ResponseReturnValue:
    """Forget who is signed in, on this device."""
    logout_user()
    flash(t("U bent afgemeld.", "You have signed out."), "ok")
    return redirect("/")


@accounts.get("/mine")
def my_work() -> str:
    """What is mine and my organisation's to work on."""
    _signed_in()
    return render_template("admin/page.html", page=mine.page(actor()))


@accounts.route("/mine/password", methods=["GET", "POST"])
def own_password() -> ResponseReturnValue:
    """Change one's own password; every other device is signed out."""
    account = _signed_in()
    form = forms.own_password(lang(), account.email)
    if request.method == "GET":
        return render_template("form.html", page=mine.password_page(form, []))
    try:
        _change(account)
    except Invalid as refused:
        session().rollback()
        told = {name: [m.in_(lang()) for m in found] for name, found in refused.errors.items()}
        return render_template("form.html", page=mine.password_page(form, form.refuse(told))), 400
    login_user(here.SignedIn(account))
    flash(say(CHANGED), "ok")
    return redirect(url_for("accounts.my_work"))


def _change(account: Account) -> None:
    if not commands.verify(account, _typed("current")):
        raise Invalid({"current": [NOT_YOURS]})
    commands.set_password(actor(), account, request.form.get("password", ""))


def _signed_in() -> Account:
    account = here.account()
    if account is None:
        raise NotSignedIn
    return account


def _ask_to_sign_in(error: NotSignedIn) -> ResponseReturnValue:
    """To the sign-in page, and back; what was being sent must not get lost."""
    if request.method in ("GET", "HEAD"):
        asked = request.full_path.rstrip("?")
        return redirect(url_for("accounts.sign_in", next=asked))
    page = {
        "status": 401,
        "title": error.title.in_(lang()),
        "text": GO_BACK.in_(lang()),
        "suggestions": [{"label": t("Aanmelden", "Sign in"), "url": url_for("accounts.sign_in")}],
    }
    return render_template("error.html", page=page), 401


def _too_old(_error: CSRFError) -> ResponseReturnValue:
    page = {"status": 400, "title": say(TOO_OLD), "text": say(OPEN_AGAIN), "suggestions": []}
    return render_template("error.html", page=page), 400


def register(app: Flask) -> None:
    """Translate "sign in first" to the sign-in page, and a page that is too old to words."""
    app.register_error_handler(NotSignedIn, _ask_to_sign_in)
    app.register_error_handler(CSRFError, _too_old)
