"""What the pages about an account share: a page with one form, tables of sessions and events."""

from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from flask_babel import format_datetime
from sqlalchemy import select

from .. import clock
from ..accounts.events import KINDS, said
from ..accounts.models import AccountEvent
from ..db import session
from ..web import lang, say, t
from ..words import Words
from .models import AccountSession

Page = dict[str, Any]
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
UNKNOWN = Words("onbekend apparaat", "unknown device")
DOORS = {
    "screen": Words("scherm", "screen"),
    "api": Words("API", "API"),
    "cli": Words("opdrachtregel", "command line"),
}


def form_page(form: Any, title: str, submit: str, **more: Any) -> Page:
    """The view of a page with one form."""
    return {
        "title": title,
        "intro": None,
        "breadcrumb": [],
        "form": form,
        "sections": [{"title": None, "items": [{"kind": "field", "field": f} for f in form]}],
        "error_summary": [],
        "submit_label": submit,
        "cancel_url": None,
        "version": None,
        "similar": [],
        "conflict": None,
        **more,
    }


def group(id_: str, title: str, **more: Any) -> Page:
    """A part of a page: a table, buttons, or both."""
    return {"id": id_, "title": title, "intro": None, "table": None, "form": None, **more}


def table(id_: str, caption: str, columns: list[str], rows: list[Page], empty: str = "–") -> Page:
    """A table of such a part; a row is {cells, actions}."""
    return {
        "id": f"tabel-{id_}",
        "title": None,
        "caption": caption,
        "columns": columns,
        "rows": rows,
        "empty": empty,
    }


def text(words: Any) -> Page:
    """A cell of words; nothing shows as a dash."""
    return {"type": "text", "text": str(words) if words else "–"}


def moment(at: Any) -> Page:
    """A cell of a moment."""
    return text(format_datetime(at, "short") if at else None)


def button(label: str, endpoint: str, tone: str = "secondary", **values: Any) -> Page:
    """A button that does something."""
    url = url_for(endpoint, **values)
    return {"label": label, "url": url, "method": "post", "tone": tone, "fields": []}


def link(label: str, endpoint: str, tone: str = "secondary", **values: Any) -> Page:
    """A button that goes somewhere."""
    return {**button(label, endpoint, tone, **values), "method": "get"}


def device(agent: str) -> str:
    """A browser as people know it: "Firefox, Windows"."""
    found = [
        next((name for mark, name in names if mark in agent), None) for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in found if name) or say(UNKNOWN)


def sessions_of(account_id: int) -> Sequence[AccountSession]:
    """The sessions of an account, the one used last first."""
    valid = (AccountSession.account_id == account_id) & (AccountSession.expires_at > clock.now())
    query = select(AccountSession).where(valid, AccountSession.waiting.is_(None))
    return session().scalars(query.order_by(AccountSession.last_seen_at.desc())).all()


def sessions_table(
    rows: Sequence[AccountSession], end: str, *, here: int | None = None, **values: Any
) -> Page:
    """Where somebody is signed in; `end` is the endpoint that ends one, `here` this session."""
    columns = [
        t("Apparaat", "Device"),
        t("Adres", "Address"),
        t("Sinds", "Since"),
        t("Laatst gezien", "Last seen"),
    ]
    drawn = [_session(row, end, values) for row in rows]
    for row, shown in zip(rows, drawn, strict=True):
        if row.id == here:
            shown["cells"][0]["text"] += t(" (dit apparaat)", " (this device)")
    none = t("Nergens aangemeld.", "Signed in nowhere.")
    return table("sessies", t("Sessies", "Sessions"), columns, drawn, none)


def _session(row: AccountSession, end: str, values: dict[str, Any]) -> Page:
    cells = [text(device(row.device)), text(row.address), moment(row.created_at)]
    out = button(t("Afmelden", "Sign out"), end, **values, session=row.id)
    return {"cells": [*cells, moment(row.last_seen_at)], "actions": [out]}


def events_group(events: Sequence[AccountEvent], intro: str | None = None) -> Page:
    """What happened to an account, with a choice of what is shown."""
    title = t("Gebeurtenissen", "Events")
    columns = [
        t("Wanneer", "When"),
        t("Wat", "What"),
        t("Wie", "Who"),
        t("Langs", "Through"),
        t("Adres", "Address"),
        t("Bijzonderheden", "Details"),
    ]
    none = t("Nog niets.", "Nothing yet.")
    drawn = table("gebeurtenissen", title, columns, [_event(e) for e in events], none)
    return group("gebeurtenissen", title, intro=intro, table=drawn, filter=_filter())


def _event(event: AccountEvent) -> Page:
    what = KINDS.get(event.what, Words(event.what, event.what))
    door = DOORS.get(event.door, Words(event.door, event.door))
    cells = [moment(event.at), text(say(what)), text(event.actor_name), text(say(door))]
    return {"cells": [*cells, text(event.address), text(said(event, lang()))]}


def _filter() -> Page:
    chosen = request.args.get("what", "")
    options = [{"value": code, "label": say(words)} for code, words in KINDS.items()]
    options.sort(key=lambda option: option["label"])
    return {"name": "what", "label": t("Toon", "Show"), "chosen": chosen, "options": options}
