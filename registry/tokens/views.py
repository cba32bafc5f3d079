"""One's own tokens: made, shown once, and taken back."""

from collections.abc import Collection, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice

from .. import clock, web
from ..db import session
from ..errors import Invalid, NotFound
from ..forms.widgets import Needed
from ..signin import forms
from ..signin import session as here
from ..signin.pages import Page, button, group, moment, table, text
from ..web import actor, lang, t, titled
from . import commands
from .models import PUBLIC, READ, WRITE, Token
from .queries import has_left, organisations_of, tokens_of

tokens = web.pages(Blueprint("tokens", __name__, url_prefix="/mine/tokens"))
DAYS = (30, 90, 365)


@tokens.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """My tokens, with a form for a new one."""
    account = here.account()
    if request.method == "GET":
        return render_template("admin/page.html", page=_page(_form(), [], 200))
    here.require_proof()
    form = _form(request.form)
    try:
        days = request.form.get("days", "")
        secret = commands.issue(
            actor(),
            account,
            request.form.get("name", ""),
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0,
            scope=request.form.get("scope", ""),
            organisation=request.form.get("organisation", ""),
        )
    except Invalid as refused:
        page = _page(form, form.told(refused.errors, lang()), refused.status)
        return render_template("admin/page.html", page=page), refused.status
    return _once(secret)


@tokens.post("/<int:number>/revoke")
def revoke(number: int) -> ResponseReturnValue:
    """Take back one of my tokens."""
    account = here.account()
    found = session().get(Token, number) if number < 2**31 else None
    if found is None or found.account_id != account.id:
        raise NotFound
    commands.revoke(actor(), found)
    flash(t("Het token is ingetrokken.", "The token has been revoked."), "ok")
    return redirect(url_for("tokens.index"))


def tokens_group(found: Sequence[Token], end: str, **values: Any) -> Page:
    """The tokens of somebody; `end` is the endpoint that takes one back."""
    title = t("Toegangstokens", "Access tokens")
    columns = [
        t("Waarvoor", "What for"),
        t("Mag", "May"),
        t("Namens", "On behalf of"),
        t("Gemaakt", "Made"),
        t("Geldig tot", "Valid until"),
        t("Laatst gebruikt", "Last used"),
    ]
    left = {token.id for token in found if has_left(token)}
    rows = [_row(token, end, values, left) for token in found]
    drawn = table("tokens", title, columns, rows, t("Geen tokens.", "No tokens."))
    return group("tokens", title, table=drawn)


def _row(token: Token, end: str, values: dict[str, Any], left: Collection[int]) -> Page:
    good = token.revoked_at is None and token.expires_at > clock.now()
    label = t("Intrekken", "Revoke")
    until = moment(token.expires_at)
    if token.revoked_at is not None:
        until = text(t("ingetrokken", "revoked"))
    for_whom = text(_for_whom(token, left=token.id in left))
    cells = [text(token.name), text(_scopes()[token.scope]), for_whom, moment(token.created_at)]
    return {
        "cells": [*cells, until, moment(token.last_used_at)],
        "actions": [button(label, end, "danger", **values, number=token.id)] if good else [],
    }


def _for_whom(token: Token, *, left: bool) -> str:
    if token.scope == PUBLIC:
        return "–"
    if token.organisation is None:
        return _every()
    name = titled(token.organisation)
    gone = t(f"{name} (geldt niet: u hoort daar niet meer bij)", f"{name} (not valid: you left)")
    return gone if left else name


def _scopes() -> dict[str, str]:
    return {
        READ: t("lezen", "read"),
        WRITE: t("lezen en schrijven", "read and write"),
        PUBLIC: t("alleen lezen wat openbaar is", "only read what is public"),
    }


def _every() -> str:
    return t("alles waar u voor werkt", "all that you act for")


def _form(posted: Any = None) -> forms.DrawnForm:
    theirs = organisations_of(here.account())
    places = [SelectChoice("", _every())]
    places += [SelectChoice(one.reference, titled(one)) for one in theirs]
    scopes = [SelectChoice(code, label) for code, label in _scopes().items()]
    days = [SelectChoice(str(n), t(f"{n} dagen", f"{n} days")) for n in DAYS]
    fields = {
        "name": StringField(
            t("Waarvoor", "What for"),
            validators=[Needed()],
            description=t("Bijvoorbeeld: maandelijkse export.", "For example: monthly export."),
        ),
        "scope": SelectField(t("Wat het mag", "What it may do"), choices=scopes, default="read"),
        "organisation": SelectField(
            t("Namens welke organisatie", "On behalf of which organisation"),
            choices=places,
            default="",
            description=t(
                "Met één organisatie ziet en doet het alleen wat u daarvoor mag, en stopt het als "
                "u er weggaat.",
                "With one organisation it sees and does only what you may for that one, and stops "
                "when you leave it.",
            ),
        ),
        "days": SelectField(t("Hoe lang", "How long"), choices=days, default="90"),
    }
    return forms.form("Token", fields, posted)


def _page(form: forms.DrawnForm, summary: list[Any], status: int) -> Page:
    title = t("Toegangstokens", "Access tokens")
    mine = tokens_group(tokens_of(here.account().id), "tokens.revoke")
    mine["title"] = t("Uw tokens", "Your tokens")
    making = {
        "form": form,
        "form_title": t("Nieuw token maken", "Make a new token"),
        "submit_label": t("Token maken", "Make the token"),
        "open": status != 200,
    }
    return {
        "title": title,
        "intro": t(
            "Met een token gebruikt een programma de API in uw naam. Geef het niet aan anderen.",
            "With a token, a program uses the API in your name. Do not give it to others.",
        ),
        "breadcrumb": [
            {"label": t("Mijn account", "My account"), "url": url_for("mine.account")},
            {"label": title, "url": None},
        ],
        "menu": [],
        "error_summary": summary,
        "groups": [{**mine, **making}],
    }


def _once(secret: str) -> ResponseReturnValue:
    page = {
        "title": t("Uw nieuwe token", "Your new token"),
        "intro": t(
            "Kopieer het nu: het wordt maar één keer getoond.",
            "Copy it now: it is shown only once.",
        ),
        "breadcrumb": [],
        "secrets": [secret],
        "onward_url": url_for("tokens.index"),
        "onward_label": t("Ik heb het bewaard, verder", "I have kept it, go on"),
    }
    return render_template("once.html", page=page), 200, {"Cache-Control": "no-store"}
