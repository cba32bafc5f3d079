"""The screens of people: who can sign in, with which roles, and a password for them."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_datetime

from .. import vocabulary
from ..access import Permission, require
from ..accounts.models import Account, Grant
from ..accounts.queries import everyone
from ..administration.pages import Page, form_page, link, page_of, refuse, table_of, text
from ..db import session
from ..errors import Conflict, Invalid, NotFound
from ..forms import DictionaryForm
from ..signin import commands as signin
from ..signin.forms import new_password
from ..signin.pages import button
from ..signin.pages import form_page as password_page
from ..signin.session import require_proof
from ..web import actor, lang, t
from . import commands
from .schemas import PersonSchema

LARGEST = 2**31


def index() -> str:
    """Everybody who can sign in."""
    require(actor(), Permission.PEOPLE_MANAGE)
    title = t("Personen", "People")
    columns = [
        t("Naam", "Name"),
        t("E-mailadres", "E-mail address"),
        t("Rollen", "Roles"),
        t("Aanmelden", "Sign-in"),
        t("Laatst gezien", "Last seen"),
    ]
    rows = [_row(account) for account in everyone()]
    add = link(t("Persoon toevoegen", "Add a person"), url_for("admin.new_person"), "primary")
    step = link(t("Tweede stap verplichten", "Require a second step"), url_for("admin.factors"))
    table = table_of("personen", t("Accounts", "Accounts"), columns, rows, actions=[add, step])
    return page_of(
        title,
        t(
            "Wie zich kan aanmelden en wat iemand mag. Wat iemand deed blijft op naam staan.",
            "Who can sign in and what they may do. What somebody did stays in their name.",
        ),
        [table],
    )


def _row(account: Account) -> Page:
    url = url_for("admin.person", number=account.id)
    open_ = account.active and account.password_hash
    closed = (
        t("nog geen wachtwoord", "no password yet") if account.active else t("gesloten", "closed")
    )
    state = {
        "type": "badge",
        "label": t("open", "open") if open_ else closed,
        "tone": "success" if open_ else "neutral",
    }
    seen = account.last_seen_at
    roles = [{"type": "text", "text": _said(grant)} for grant in account.grants]
    access = link(t("Toegang", "Access"), url_for("admin.access", number=account.id))
    return {
        "actions": [access],
        "cells": [
            {"type": "link", "url": url, "label": account.name},
            text(account.email),
            {"type": "list", "items": roles} if roles else text(None),
            state,
            text(format_datetime(seen, "short") if seen else None),
        ],
    }


def _said(grant: Grant) -> str:
    role = vocabulary.label("role", grant.role).in_(lang())
    place = f" – {grant.organisation.title}" if grant.organisation else ""
    day = format_date(grant.ends, "medium") if grant.ends else ""
    until = t(f" (tot {day})", f" (until {day})") if day else ""
    return f"{role}{place}{until}"


def new() -> ResponseReturnValue:
    """Make somebody known."""
    require(actor(), Permission.PEOPLE_MANAGE)
    require_proof()
    form = DictionaryForm(PersonSchema(), actor(), lang(), beforehand={"active": True})
    return _person(form, None, t("Persoon toevoegen", "Add a person"))


def edit(number: int) -> ResponseReturnValue:
    """Change who somebody is and what they may do."""
    account = one(number)
    form = DictionaryForm(PersonSchema(), actor(), lang(), _stored(account))
    return _person(form, account, account.name)


def _person(form: DictionaryForm, account: Account | None, title: str) -> ResponseReturnValue:
    intro = t(
        "Een rol geldt voor één organisatie, of zonder organisatie voor het hele register.",
        "A role holds for one organisation, or without one for the whole registry.",
    )
    back, status = url_for("admin.people"), 200
    if request.method == "POST":
        pairs = list(request.form.items(multi=True))
        form.take(pairs)
        if not form.change_rows(pairs):
            try:
                saved = commands.save_person(actor(), account, form.payload())
            except (Invalid, Conflict) as refused:
                status = refuse(form, refused)
            else:
                return _saved(saved, account is None)
    return form_page(form, title, back, intro=intro, status=status)


def _saved(account: Account, first: bool) -> ResponseReturnValue:  # noqa: FBT001  # a fact
    name = account.name
    flash(t(f"{name} is bewaard.", f"{name} has been saved."), "ok")
    if first:
        return redirect(url_for("admin.password", number=account.id))
    return redirect(url_for("admin.people"))


def password(number: int) -> ResponseReturnValue:
    """Give somebody a password; they are signed out everywhere."""
    account = one(number)
    form, summary, status = new_password(lang(), account.email), [], 200
    if request.method == "POST":
        session().commit()  # the slow hash of a password must not hold up who writes
        try:
            signin.set_password(actor(), account, request.form.get("password", ""))
        except Invalid as refused:
            summary, status = form.told(refused.errors, lang()), refused.status
        else:
            flash(
                t(
                    f"Het wachtwoord van {account.name} is gewijzigd. Geef het persoonlijk door.",
                    f"The password of {account.name} has been changed. Tell them in person.",
                ),
                "ok",
            )
            return redirect(url_for("admin.people"))
    return render_template("form.html", page=_password_page(account, form, summary)), status


def _password_page(account: Account, form: Any, summary: list[Page]) -> Page:
    title = t(f"Wachtwoord van {account.name}", f"Password of {account.name}")
    return password_page(
        form,
        title,
        t("Wachtwoord instellen", "Set password"),
        intro=t(
            "Stuur liever een mail met een link: dan kiest iemand zelf, en kent niemand anders het "
            "wachtwoord. Wie hier een wachtwoord krijgt, wordt overal afgemeld.",
            "Rather send a mail with a link: then people choose for themselves, and nobody else "
            "knows the password. Whoever gets a password here is signed out everywhere.",
        ),
        breadcrumb=[
            {"label": t("Personen", "People"), "url": url_for("admin.people")},
            {"label": title, "url": None},
        ],
        error_summary=summary,
        cancel_url=url_for("admin.people"),
        actions=[
            button(
                t("Stuur een link per mail", "Send a link by mail"),
                "admin.invite",
                "primary",
                number=account.id,
            )
        ],
    )


def one(number: int) -> Account:
    """The account with this number, for who may manage it and proved who they are lately."""
    require(actor(), Permission.PEOPLE_MANAGE)
    found = session().get(Account, number) if number < LARGEST else None
    if found is None:
        raise NotFound
    require_proof()
    return found


def _stored(account: Account) -> dict[str, Any]:
    return {
        "name": account.name,
        "email": account.email,
        "english": account.language == "en",
        "active": account.active,
        "grants": [
            {
                "key": str(grant.id),
                "role": grant.role,
                "organisation": grant.organisation.reference if grant.organisation else None,
                "starts": grant.starts,
                "ends": grant.ends,
            }
            for grant in account.grants
        ],
    }
