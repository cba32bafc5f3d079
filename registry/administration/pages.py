"""What the screens of administration share: the menu, a page of tables, a page with one form."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..access import Permission, can
from ..errors import Conflict, Invalid, Message
from ..forms import DictionaryForm
from ..web import actor, say, t
from ..words import Words

Page = dict[str, Any]
also: list[tuple[str, Words, Permission]] = []
"""Parts that higher rooms add: the endpoint, its words, and who may go there."""


def menu() -> list[Page]:
    """The parts of administration that this reader may use."""
    parts = (
        ("people", t("Personen", "People"), Permission.PEOPLE_MANAGE),
        ("vocabularies", t("Begrippenlijsten", "Vocabularies"), Permission.VOCABULARY_EDIT),
        ("conventions", t("Leesafspraken", "Reading conventions"), Permission.VOCABULARY_EDIT),
        ("readings", t("Lezing van termijnen", "Reading of terms"), Permission.VOCABULARY_EDIT),
    )
    here = (request.endpoint or "").removeprefix("admin.")
    own = [
        {"label": label, "url": url_for(f"admin.{name}"), "current": here == name}
        for name, label, permission in parts
        if can(actor(), permission)
    ]
    more = [
        {"label": say(words), "url": url_for(endpoint), "current": False}
        for endpoint, words, permission in also
        if can(actor(), permission)
    ]
    return own + more


def page_of(title: str, intro: str, groups: list[Page], up: list[Page] | None = None) -> str:
    """A page of tables."""
    crumbs = [{"label": t("Beheer", "Administration"), "url": url_for("admin.index")}]
    page = {
        "title": title,
        "intro": intro,
        "breadcrumb": [*crumbs, *(up or []), {"label": title, "url": None}],
        "menu": menu(),
        "error_summary": [],
        "groups": groups,
    }
    return render_template("admin/page.html", page=page)


def table_of(id_: str, title: str, columns: list[str], rows: list[Page], **more: Any) -> Page:
    """One table of such a page; a row is {cells, actions}."""
    table = {
        "id": f"tabel-{id_}",
        "title": None,
        "caption": title,
        "columns": columns,
        "rows": rows,
        "empty": more.pop("empty", None),
    }
    return {"id": id_, "title": title, "intro": None, "table": table, "form": None, **more}


def link(label: str, url: str, tone: str = "secondary") -> Page:
    """A button that goes somewhere."""
    return {"label": label, "url": url, "method": "get", "tone": tone, "fields": []}


def text(words: Any) -> Page:
    """A cell of words; nothing shows as a dash."""
    return {"type": "text", "text": str(words)} if words else {"type": "text", "text": "–"}


def form_page(
    form: DictionaryForm, title: str, back: str, *, intro: str | None = None, status: int = 200
) -> ResponseReturnValue:
    """A page with one form, drawn with what was typed and what is wrong."""
    page = {
        "title": title,
        "intro": intro,
        "breadcrumb": [
            {"label": t("Beheer", "Administration"), "url": url_for("admin.index")},
            {"label": title, "url": None},
        ],
        "submit_label": t("Bewaren", "Save"),
        "cancel_url": back,
        "version": None,
        "similar": [],
        "conflict": None,
        **form.drawn(),
    }
    return render_template("form.html", page=page), status


def refuse(form: DictionaryForm, refused: Invalid | Conflict) -> int:
    """Put a refusal on the form; the status to answer with."""
    if isinstance(refused, Invalid):
        form.refuse(refused)
    else:
        said = Message(refused.detail.en, refused.detail.nl, "conflict")
        form.refuse(Invalid({"_schema": [said]}))
    return refused.status
