"""The screens of taking another e-mail address: asking for it, and confirming by the link."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..accounts.queries import actor as actor_of
from ..errors import Conflict, Invalid
from ..signin import forms, throttle
from ..signin import session as here
from ..signin.pages import Page, form_page
from ..signin.views import typed
from ..web import actor, lang, say, t
from ..words import Words
from . import commands

SENT = Words(
    "Er gaat een mail met een link naar het nieuwe adres, als het nog vrij is. Volg de link binnen "
    "een dag; tot dan blijft uw adres zoals het is. Ook uw huidige adres krijgt bericht.",
    "A mail with a link is on its way to the new address, if it is free. Follow the link within a "
    "day; until then your address stays as it is. Your present address gets a notice too.",
)


@here.proven
def ask() -> ResponseReturnValue:
    """Ask for another address; the answer is the same for one that somebody has."""
    account, summary, status = here.account(), [], 200
    form = forms.new_address(lang())
    if request.method == "POST":
        try:
            throttle.take(actor(), throttle.RESET, account.email, account)
            commands.readdress(actor(), account, typed("email"))
        except Invalid as refused:
            form = forms.new_address(lang(), request.form)
            summary, status = form.told(refused.errors, lang()), refused.status
        else:
            flash(say(SENT), "info")
            return redirect(url_for("mine.account"))
    title = t("E-mailadres wijzigen", "Change e-mail address")
    page = form_page(
        form,
        title,
        t("Stuur een link", "Send a link"),
        intro=t(f"Nu: {account.email}.", f"Now: {account.email}."),
        breadcrumb=[
            {"label": t("Mijn account", "My account"), "url": url_for("mine.account")},
            {"label": title, "url": None},
        ],
        cancel_url=url_for("mine.account"),
        error_summary=summary,
    )
    return render_template("form.html", page=page), status


def confirm(secret: str) -> ResponseReturnValue:
    """Take the new address. Looking at the page uses nothing up: scanners of mail look at links."""
    link = commands.of(secret[:100], commands.EMAIL)
    if request.method == "POST":
        who = actor_of(link.account, "screen", here.address())
        try:
            commands.confirm_address(who, link, secret[:100])
        except Conflict as refused:
            return _page(str(link.account.new_email), [{"href": "#", "text": say(refused.detail)}])
        done = t("Uw e-mailadres is gewijzigd. ", "Your e-mail address has been changed. ")
        how = t("Meld u voortaan daarmee aan.", "Sign in with it from now on.")
        flash(f"{done}{how}", "ok")
        return redirect(url_for("signin.sign_in" if here.current() is None else "mine.account"))
    return _page(str(link.account.new_email), [])


def _page(address: str, summary: list[Page]) -> ResponseReturnValue:
    title = t("Bevestig uw nieuwe e-mailadres", "Confirm your new e-mail address")
    page = form_page(
        forms.form("Confirm", {}),
        title,
        t("Bevestigen", "Confirm"),
        intro=t(
            f"Voortaan meldt u zich aan met {address}, en mail van het register gaat daarheen.",
            f"From now on you sign in with {address}, and mail of the registry goes there.",
        ),
        error_summary=summary,
    )
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
    return render_template("form.html", page=page), 409 if summary else 200, headers
