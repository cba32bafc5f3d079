"""The page "Mijn werk": what an account and its organisations made, drafts first."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import format_date
from sqlalchemy import or_, select

from .. import vocabulary, web
from ..access import Actor, can, made_by, visible_to
from ..db import session
from ..errors import NotSignedIn
from ..kind import Kind, kinds
from ..record import Record, State
from ..web import actor, lang, links, say, t, titled

accounts = web.pages(Blueprint("accounts", __name__))
MOST = 200
also: list[Callable[[Actor], dict[str, Any] | None]] = []
"""Tables that higher rooms add to the page."""
TONES = {State.DRAFT: "warning", State.RETURNED: "danger", State.PUBLISHED: "success"}


@accounts.get("/mine")
def my_work() -> str:
    """What is mine and my organisation's to work on."""
    if not actor().signed_in:
        raise NotSignedIn
    return render_template("admin/page.html", page=_page(actor()))


def _page(who: Actor) -> dict[str, Any]:
    return {
        "title": t("Mijn werk", "My work"),
        "intro": _about(who),
        "breadcrumb": [],
        "menu": [],
        "error_summary": [],
        "groups": [*_kept(who), *filter(None, (told(who) for told in also)), _more(who)],
    }


def _about(who: Actor) -> str:
    query = select(Record).where(Record.id.in_(sorted(who.organisations))).order_by(Record.title)
    names = ", ".join(titled(each) for each in session().scalars(query))
    if names:
        return t(
            f"Wat u of uw organisatie hier heeft vastgelegd. U werkt hier voor {names}.",
            f"What you or your organisation registered here. You work here for {names}.",
        )
    return t("Wat u hier hebt vastgelegd.", "What you registered here.")


def _kept(who: Actor) -> list[dict[str, Any]]:
    """The drafts, and the rest."""
    rows = _records(who)
    drafts = [row for row in rows if row.state in (State.DRAFT, State.RETURNED, State.SUBMITTED)]
    others = [row for row in rows if row not in drafts]
    none = t("U hebt geen concepten.", "You have no drafts.")
    published = t("Gepubliceerd en gearchiveerd", "Published and archived")
    return [
        _group("concepten", t("Concepten", "Drafts"), drafts, none),
        _group("overig", published, others, t("Nog niets.", "Nothing yet.")),
    ]


def _records(who: Actor) -> list[Record]:
    mine = [made_by(who)]
    if who.organisations:
        mine.append(Record.keeper_id.in_(sorted(who.organisations)))
    query = select(Record).where(visible_to(who), or_(*mine))
    return list(session().scalars(query.order_by(Record.updated_at.desc()).limit(MOST)))


def _group(id_: str, title: str, rows: list[Record], empty: str) -> dict[str, Any]:
    by_name = {kind.name: kind for kind in kinds()}
    table = {
        "id": f"tabel-{id_}",
        "title": None,
        "caption": title,
        "columns": [
            t("Naam", "Name"),
            t("Soort", "Kind"),
            t("Stand", "State"),
            t("Gewijzigd", "Changed"),
        ],
        "rows": [_row(by_name[row.kind], row) for row in rows],
        "empty": empty,
    }
    return {"id": id_, "title": title, "intro": None, "table": table, "form": None}


def _row(kind: Kind, record: Record) -> dict[str, Any]:
    url = url_for(f"{kind.collection}.show", reference=record.reference)
    title = titled(record)
    state = vocabulary.label("state", record.state).in_(lang())
    return {
        "cells": [
            {"type": "link", "url": url, "label": title},
            {"type": "text", "text": say(kind.words)},
            {"type": "badge", "label": state, "tone": TONES.get(State(record.state), "neutral")},
            {"type": "text", "text": format_date(record.updated_at, "long")},
        ]
    }


def _more(who: Actor) -> dict[str, Any]:
    """What else one can do: register something, look after one's account."""
    able = [kind for kind in kinds() if can(who, kind.create)]
    actions = [_button(_new(kind), url_for(f"{kind.collection}.new")) for kind in able]
    if links.exists("mine.account"):
        actions.append(_button(t("Mijn account", "My account"), url_for("mine.account")))
    title = t("Wat u kunt doen", "What you can do")
    return {
        "id": "doen",
        "title": title,
        "intro": None,
        "table": None,
        "form": None,
        "actions": actions,
    }


def _new(kind: Kind) -> str:
    return t(f"{say(kind.words)} vastleggen", f"Register: {say(kind.words).lower()}")


def _button(label: str, url: str) -> dict[str, Any]:
    return {"label": label, "url": url, "method": "get", "tone": "secondary", "fields": []}
