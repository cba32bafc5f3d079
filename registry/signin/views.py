"""Signing in by password and second step, signing out, and proving again that it is you."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user
from flask_wtf.csrf import CSRFError

from .. import web
from ..accounts import passwords, queries
from ..accounts.models import Account
from ..errors import Message, NotSignedIn, RegistryError
from ..factors import commands as factors
from ..factors.queries import confirmed
from ..web import lang, links, say, t
from ..words import Words
from . import commands, forms, throttle
from . import session as here
from .pages import form_page

signin = web.pages(Blueprint("signin", __name__))

WRONG = Words(
    "Dit e-mailadres en wachtwoord horen niet bij elkaar. Controleer beide; het wachtwoord is "
    "hoofdlettergevoelig. Lukt het niet, vraag dan hieronder een nieuw wachtwoord.",
    "This e-mail address and password do not belong together. Check both; the password is case "
    "sensitive. If it does not work, ask for a new password below.",
)
GO_BACK = Words(
    "U bent niet (meer) aangemeld, dus er is niets opgeslagen. Meld u aan in een ander tabblad, ga "
    "in dit tabblad terug naar het formulier en verstuur het opnieuw: wat u typte staat er nog.",
    "You are not signed in (any more), so nothing was saved. Sign in in another tab, go back to "
    "the form in this tab and send it again: what you typed is still there.",
)
PROVE_FIRST = Words(
    "U gaf langer dan een kwartier geleden uw wachtwoord; er is niets opgeslagen. Bevestig in een "
    "ander tabblad dat u het bent, ga in dit tabblad terug en verstuur het opnieuw.",
    "You gave your password more than a quarter of an hour ago; nothing was saved. Confirm in "
    "another tab that it is you, go back in this tab and send it again.",
)
TOO_OLD = Words("Deze pagina is verlopen", "This page has expired")
OPEN_AGAIN = Words(
    "Er is niets opgeslagen. Ga terug, kopieer zo nodig wat u typte, laad de pagina opnieuw en "
    "verstuur haar nog een keer. Blijft dit gebeuren, sta dan cookies van dit register toe.",
    "Nothing was saved. Go back, copy what you typed if need be, load the page again and send it "
    "once more. If this keeps happening, allow cookies of this registry.",
)
NOT_YOURS = Message(
    "This is not your present password.", "Dit is niet uw huidige wachtwoord.", "wrong_password"
)


@signin.route("/aanmelden", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in with an address and a password."""
    onward = here.local(request.args.get("next"))
    if request.method == "GET":
        if here.begun() is not None:
            return redirect(_after(onward))
        return _form(forms.sign_in(lang()))
    email, password = typed("email"), typed("password")
    found = _attempt(email)
    if not passwords.verify(found, password) or found is None:
        return _not_in(found)
    _begin(found, password)
    return redirect(_after(onward))


def _attempt(email: str) -> Account | None:
    """Count the attempt and look who it is; nothing is locked while the password is compared."""
    found = queries.by_email(email)
    throttle.take(here.who(), throttle.SIGN_IN, email, found)
    return found


def _begin(found: Account, password: str) -> None:
    remember = "remember" in request.form
    row, secret = commands.begin(
        queries.actor(found, "screen", here.address()),
        found,
        device=request.user_agent.string,
        lasts=commands.REMEMBERED if remember else commands.FOR_NOW,
        new_hash=passwords.renewed(found, password),
    )
    login_user(here.SignedIn(row, secret), remember=remember)
    if row.waiting is None:
        _welcome(found)


def _welcome(found: Account) -> None:
    flash(t(f"Welkom, {found.name}.", f"Welcome, {found.name}."), "ok")


def _after(onward: str) -> str:
    """Where a session goes next: to what it still has to give, or on."""
    row = here.begun()
    waiting = row.waiting if row is not None else None
    if waiting == commands.CODE_WANTED:
        return url_for("signin.code", next=onward)
    if waiting == commands.SETUP_WANTED:
        return url_for("mine.factor", next=onward)
    return onward if onward != "/" else url_for("accounts.my_work")


def typed(name: str) -> str:
    """What was typed in a field of one line, no longer than anything that is right."""
    return request.form.get(name, "")[: passwords.LONGEST]


def _form(form: Any, summary: Any = None, status: int = 200) -> ResponseReturnValue:
    forgot = url_for("invitations.forgot") if links.exists("invitations.forgot") else None
    page = {"error_summary": summary or [], "forgot_url": forgot}
    return render_template("sign_in.html", form=form, page=page), status


def _not_in(found: Account | None) -> ResponseReturnValue:
    if found is not None:
        commands.failed(here.who(), found, step="1")
    form = forms.sign_in(lang(), request.form)
    return _form(form, form.refuse({"email": [WRONG.in_(lang())]}), 401)


@signin.route("/aanmelden/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """The second step: a code of one's app."""
    row = here.begun()
    onward = here.local(request.args.get("next"))
    if row is None:
        raise NotSignedIn
    if row.waiting != commands.CODE_WANTED:
        return redirect(_after(onward))
    form, summary, status = forms.code(lang()), [], 200
    if request.method == "POST":
        if _code_is_right(row.account):
            commands.complete(queries.actor(row.account, "screen", here.address()), row)
            _welcome(row.account)
            return redirect(_after(onward))
        summary, status = form.told({"code": [factors.WRONG]}, lang()), 400
    title = t("Aanmelden: tweede stap", "Sign in: second step")
    page = form_page(form, title, t("Aanmelden", "Sign in"), error_summary=summary)
    return render_template("form.html", page=page), status


def _code_is_right(found: Account) -> bool:
    actor = queries.actor(found, "screen", here.address())
    throttle.take(actor, throttle.CODE, found.email, found)
    if factors.check(actor, found, typed("code")):
        commands.code_was_right(actor, found)
        return True
    commands.failed(actor, found, step="2")
    return False


@signin.route("/aanmelden/bevestigen", methods=["GET", "POST"])
def prove() -> ResponseReturnValue:
    """Give the password again, and a code, before something sensitive."""
    row = here.current()
    if row is None:
        raise NotSignedIn
    found, with_code = row.account, confirmed(row.account_id) is not None
    form, summary, status = forms.proof(lang(), found.email, with_code=with_code), [], 200
    if request.method == "POST":
        wrong = _unproven(found, with_code)
        if wrong is None:
            commands.prove(here.who(), row)
            return redirect(here.local(request.args.get("next")))
        summary, status = form.told(wrong, lang()), 400
    page = form_page(
        form,
        t("Bevestig dat u het bent", "Confirm that it is you"),
        t("Bevestigen", "Confirm"),
        intro=t(
            "Voor deze handeling vragen wij nog eens om uw wachtwoord.",
            "For this we ask for your password once more.",
        ),
        error_summary=summary,
        cancel_url=url_for("accounts.my_work"),
    )
    return render_template("form.html", page=page), status


def _unproven(found: Account, with_code: bool) -> dict[str, list[Message]] | None:  # noqa: FBT001
    """What is wrong with the proof, or None. The code is looked at only after the password."""
    if not is_own_password(found):
        return {"current": [NOT_YOURS]}
    if with_code and not _code_is_right(found):
        return {"code": [factors.WRONG]}
    return None


def is_own_password(found: Account) -> bool:
    """Whether the present password was typed; counted as an attempt, as signing in is."""
    throttle.take(here.who(), throttle.SIGN_IN, found.email, found)
    if passwords.verify(found, typed("current")):
        return True
    commands.failed(here.who(), found, step="1")
    return False


@signin.post("/afmelden")
def sign_out() -> ResponseReturnValue:
    """Forget who is signed in, on this device."""
    row = here.begun()
    if row is not None:
        commands.end(queries.actor(row.account, "screen", here.address()), row.account, row.id)
    flash(t("U bent afgemeld.", "You have signed out."), "ok")
    return here.leave()


def _ask_to_sign_in(error: NotSignedIn) -> ResponseReturnValue:
    """To the sign-in page, and back; what was being sent must not get lost."""
    return _ask(error, "signin.sign_in", GO_BACK, t("Aanmelden", "Sign in"), 401)


def _ask_for_proof(error: here.ProofNeeded) -> ResponseReturnValue:
    return _ask(error, "signin.prove", PROVE_FIRST, t("Bevestigen", "Confirm"), 403)


def _ask(
    error: RegistryError, endpoint: str, text: Words, label: str, status: int
) -> ResponseReturnValue:
    if request.method in ("GET", "HEAD"):
        return redirect(url_for(endpoint, next=request.full_path.rstrip("?")))
    if status == 403 and set(request.form) <= {"csrf_token"}:  # a button: nothing was typed
        came_from = urlsplit(request.referrer or "").path or None
        return redirect(url_for(endpoint, next=came_from))
    page = {
        "status": status,
        "title": say(error.title),
        "text": say(text),
        "suggestions": [{"label": label, "url": url_for(endpoint)}],
    }
    return render_template("error.html", page=page), status


def _too_old(_error: CSRFError) -> ResponseReturnValue:
    page = {"status": 400, "title": say(TOO_OLD), "text": say(OPEN_AGAIN), "suggestions": []}
    return render_template("error.html", page=page), 400


def register(app: Flask) -> None:
    """Translate "sign in first" to the sign-in page, and a page that is too old to words."""
    app.register_error_handler(NotSignedIn, _ask_to_sign_in)
    app.register_error_handler(here.ProofNeeded, _ask_for_proof)
    app.register_error_handler(CSRFError, _too_old)
    app.after_request(here.note_seen)
