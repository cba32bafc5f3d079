"""The screen on which an administrator requires a second step of roles."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice

from .. import vocabulary
from ..access import Permission, Role, require
from ..factors.queries import rules
from ..signin import forms
from ..signin.pages import form_page
from ..signin.session import require_proof
from ..web import actor, lang, t
from . import commands

ROLES = tuple(role for role in Role if role is not Role.PUBLIC)


def edit() -> ResponseReturnValue:
    """Of which roles a second step is required."""
    require(actor(), Permission.PEOPLE_MANAGE)
    require_proof()
    if request.method == "POST":
        chosen = set(request.form.getlist("roles"))
        commands.require_factors(actor(), [role for role in ROLES if role in chosen])
        flash(t("De keuze is bewaard.", "The choice has been saved."), "ok")
        return redirect(url_for("admin.people"))
    title = t("Tweede stap verplichten", "Require a second step")
    page = form_page(
        _form(),
        title,
        t("Bewaren", "Save"),
        intro=t(
            "Wie een van deze rollen heeft en nog geen tweede stap, stelt hem eerst in: meteen, "
            "ook wie nu is aangemeld.",
            "Whoever has one of these roles and no second step yet sets it up before going on: at "
            "once, also those who are signed in now.",
        ),
        breadcrumb=[
            {"label": t("Personen", "People"), "url": url_for("admin.people")},
            {"label": title, "url": None},
        ],
        cancel_url=url_for("admin.people"),
    )
    return render_template("form.html", page=page)


def _form() -> forms.DrawnForm:
    roles = SelectMultipleField(
        t("Rollen", "Roles"),
        choices=[SelectChoice(str(r), vocabulary.label("role", r).in_(lang())) for r in ROLES],
        default=[str(role) for role in rules()],
    )
    return forms.form("Rules", {"roles": roles})
