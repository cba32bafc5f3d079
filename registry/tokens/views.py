"""One's own tokens: made, shown once, and taken back."""

from collections.abc import Sequence
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
from ..web import actor, lang, t
from . import commands
from .models import Token
from .queries import tokens_of

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
        t("Gemaakt", "Made"),
        t("Geldig tot", "Valid until"),
        t("Laatst gebruikt", "Last used"),
    ]
    rows = [_row(token, end, values) for token in found]
    drawn = table("tokens", title, columns, rows, t("Geen tokens.", "No tokens."))
    return group("tokens", title, table=drawn)


def _row(token: Token, end: str, values: dict[str, Any]) -> Page:
    good = token.revoked_at is None and token.expires_at > clock.now()
    label = t("Intrekken", "Revoke")
    until = moment(token.expires_at)
    if token.revoked_at is not None:
        until = text(t("ingetrokken", "revoked"))
    cells = [text(token.name), text(_scopes()[token.scope]), moment(token.created_at)]
    return {
        "cells": [*cells, until, moment(token.last_used_at)],
        "actions": [button(label, end, "danger", **values, number=token.id)] if good else [],
    }


def _scopes() -> dict[str, str]:
    return {"read": t("lezen", "read"), "write": t("lezen en schrijven", "read and write")}


def _form(posted: Any = None) -> forms.DrawnForm:
    scopes = [SelectChoice(code, label) for code, label in _scopes().items()]
    days = [SelectChoice(str(n), t(f"{n} dagen", f"{n} days")) for n in DAYS]
    fields = {
        "name": StringField(
            t("Waarvoor", "What for"),
            validators=[Needed()],
            description=t("Bijvoorbeeld: maandelijkse export.", "For example: monthly export."),
        ),
        "scope": SelectField(t("Wat het mag", "What it may do"), choices=scopes, default="read"),
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
