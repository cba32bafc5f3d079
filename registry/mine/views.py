"""The addresses of one's own account."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import web
from ..accounts import commands as accounts
from ..errors import Invalid
from ..factors import commands as factors
from ..signin import commands, forms
from ..signin import session as here
from ..signin.models import AccountSession
from ..signin.pages import form_page
from ..signin.views import NOT_YOURS, is_own_password
from ..web import actor, lang, say, t
from ..words import Words
from . import account, factor

mine = web.pages(Blueprint("mine", __name__, url_prefix="/mine"))
CHANGED = Words(
    "Uw wachtwoord is gewijzigd. Op andere apparaten bent u afgemeld.",
    "Your password has been changed. You have been signed out on other devices.",
)


@mine.get("/account", endpoint="account")
def own() -> str:
    """My account."""
    here.account()
    row = here.current()
    assert row is not None
    return render_template("admin/page.html", page=account.page(row))


@mine.post("/language")
def language() -> ResponseReturnValue:
    """Choose the language of one's mail."""
    accounts.speak(actor(), here.account(), request.form.get("language", ""))
    flash(t("De taal is bewaard.", "The language has been saved."), "ok")
    return redirect(url_for("mine.account"))


@mine.route("/password", methods=["GET", "POST"])
@here.proven
def password() -> ResponseReturnValue:
    """Change one's own password; every other device is signed out."""
    row = here.require_proof()
    form, summary, status = forms.own_password(lang(), row.account.email), [], 200
    if request.method == "POST":
        try:
            _change(row)
        except Invalid as refused:
            summary, status = form.told(refused.errors, lang()), refused.status
        else:
            flash(say(CHANGED), "ok")
            return redirect(url_for("mine.account"))
    title = t("Wachtwoord wijzigen", "Change password")
    page = form_page(
        form,
        title,
        title,
        breadcrumb=[
            {"label": t("Mijn account", "My account"), "url": url_for("mine.account")},
            {"label": title, "url": None},
        ],
        cancel_url=url_for("mine.account"),
        error_summary=summary,
    )
    return render_template("form.html", page=page), status


def _change(row: AccountSession) -> None:
    if not is_own_password(row.account):
        raise Invalid({"current": [NOT_YOURS]})
    given = request.form.get("password", "")
    commands.set_password(actor(), row.account, given, but=row.id)


@mine.post("/sessions/<int:session>/end")
@here.proven
def end_session(session: int) -> ResponseReturnValue:
    """Sign out on one device."""
    commands.end(actor(), here.account(), session if session < 2**31 else 0)
    flash(t("Dat apparaat is afgemeld.", "That device has been signed out."), "ok")
    return redirect(url_for("mine.account"))


@mine.post("/sessions/end")
@here.proven
def end_sessions() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    commands.end_all(actor(), here.account())
    flash(t("U bent overal afgemeld.", "You have signed out everywhere."), "ok")
    return here.leave()


@mine.post("/second-step/codes")
@here.proven
def codes() -> ResponseReturnValue:
    """New recovery codes instead of the old."""
    return factor.once(factors.renew_codes(actor(), here.account()), "/")


@mine.post("/second-step/off")
@here.proven
def factor_off() -> ResponseReturnValue:
    """Sign in with a password alone."""
    factors.remove(actor(), here.account())
    flash(t("De tweede stap is uitgezet.", "The second step has been switched off."), "ok")
    return redirect(url_for("mine.account"))


both = ["GET", "POST"]
mine.add_url_rule("/second-step", "factor", factor.show, methods=both)
mine.add_url_rule("/second-step/begin", "factor_begin", factor.begin, methods=["POST"])
