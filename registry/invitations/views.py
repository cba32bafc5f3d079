"""Asking for a new password, and setting one by the link in a letter."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import web
from ..accounts.queries import actor as actor_of
from ..db import session
from ..errors import Invalid
from ..signin import forms, throttle
from ..signin import session as here
from ..signin.pages import form_page
from ..signin.views import typed
from ..web import lang, say, t
from ..words import Words
from . import addresses, commands
from .models import OneTimeLink

invitations = web.pages(Blueprint("invitations", __name__))
SENT = Words(
    "Als dit adres bij een account hoort, is er nu een mail met een link onderweg. De link geldt "
    "twee uur. Kijk ook bij de ongewenste mail.",
    "If this address belongs to an account, a mail with a link is on its way. The link is valid "
    "for two hours. Have a look at your junk mail too.",
)
WHY_GONE = Words(
    "De link is al gebruikt, te oud, vervangen door een nieuwere of niet volledig overgenomen. Er "
    "is niets gewijzigd. Vraag hieronder een nieuwe link.",
    "The link was used before, is too old, was replaced by a newer one or was not copied "
    "completely. Nothing was changed. Ask for a new link below.",
)


@invitations.route("/wachtwoord-vergeten", methods=["GET", "POST"])
def forgot() -> ResponseReturnValue:
    """Ask for a link by mail. The answer is the same for every address."""
    if request.method == "POST":
        email = typed("email").strip()
        throttle.take(here.who(), throttle.RESET, email, None)
        commands.forgot(here.who(), email)
        flash(say(SENT), "info")
        return redirect(url_for("invitations.forgot"))
    title = t("Nieuw wachtwoord vragen", "Ask for a new password")
    page = form_page(
        forms.address(lang()),
        title,
        t("Stuur mij een link", "Send me a link"),
        cancel_url=url_for("signin.sign_in"),
        intro=t(
            "Vul het e-mailadres van uw account in. U krijgt een link om een wachtwoord in te "
            "stellen.",
            "Fill in the e-mail address of your account. You get a link to set a password.",
        ),
    )
    return render_template("form.html", page=page)


@invitations.route("/wachtwoord/<secret>", methods=["GET", "POST"])
def set_password(secret: str) -> ResponseReturnValue:
    """Set a password. Looking at the page uses nothing up: scanners of mail look at every link."""
    link = commands.of(secret[:100])
    form, summary, status = forms.new_password(lang(), link.account.email), [], 200
    if request.method == "POST":
        try:
            _use(link, secret)
        except Invalid as refused:
            summary, status = form.told(refused.errors, lang()), refused.status
        else:
            flash(
                t(
                    "Uw wachtwoord is ingesteld. U kunt zich nu aanmelden.",
                    "Your password has been set. You can sign in now.",
                ),
                "ok",
            )
            return redirect(url_for("signin.sign_in"))
    first = link.purpose == commands.INVITATION
    title = t("Kies een wachtwoord", "Choose a password")
    page = form_page(
        form,
        title,
        t("Wachtwoord instellen", "Set password"),
        intro=_welcome(link) if first else None,
        error_summary=summary,
    )
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
    return render_template("form.html", page=page), status, headers


both = ["GET", "POST"]
invitations.add_url_rule("/mine/email", "email", addresses.ask, methods=both)
invitations.add_url_rule("/e-mailadres/<secret>", "confirm_email", addresses.confirm, methods=both)


def _use(link: OneTimeLink, secret: str) -> None:
    session().commit()
    who = actor_of(link.account, "screen", here.address())
    commands.use(who, link, secret[:100], request.form.get("password", ""))


def _welcome(link: OneTimeLink) -> str:
    name = link.account.name
    return t(
        f"Welkom, {name}. Met dit adres en het wachtwoord dat u hier kiest, meldt u zich aan.",
        f"Welcome, {name}. You sign in with this address and the password that you choose here.",
    )


def _gone(error: commands.Gone) -> ResponseReturnValue:
    ask = t("Nieuwe link vragen", "Ask for a new link")
    page = {
        "status": error.status,
        "title": say(error.title),
        "text": say(WHY_GONE),
        "suggestions": [{"label": ask, "url": url_for("invitations.forgot")}],
    }
    return render_template("error.html", page=page), error.status


def register(app: Flask) -> None:
    """Say in words what is the matter with a link."""
    app.register_error_handler(commands.Gone, _gone)
