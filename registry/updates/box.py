"""The box with the last reports on the page of a record, and how the screens write a report."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date

from .. import editing, vocabulary
from ..access import Permission, can
from ..kind import Kind
from ..web import Item, View, actor, say, t
from ..web.tones import tone
from ..words import Words
from . import queries
from .models import Update
from .schemas import UNCHANGED

MOST = 5
TITLE = Words("Stand van zaken", "State of affairs")
NOTHING = Words("Nog niets gemeld.", "Nothing reported yet.")
REPORT = Words("Stand van zaken melden", "Report the state of affairs")


class Standing:
    """The box with the last reports, on the pages of one kind."""

    def __init__(self, on: Kind) -> None:
        self.on = on

    def view(self, record_id: int, reference: str) -> View | None:
        """By one query; nothing for readers who may neither read nor report."""
        who = actor()
        last, count = queries.standing(who, record_id, MOST)
        if not last and not who.signed_in:
            return None
        url = url_for(f"{self.on.collection}.updates", reference=reference)
        return {
            "title": say(TITLE),
            "count": count,
            "all_url": url if last else None,
            "rows": [_row(update, queries.told(who, update, last), url) for update in last],
            "empty": say(NOTHING),
            "actions": self._buttons(reference),
        }

    def _buttons(self, reference: str) -> list[View]:
        """Only who may report pays for knowing who is involved."""
        who = actor()
        if not can(who, Permission.RECORD_PROPOSE):
            return []
        return buttons(self.on, editing.one(self.on, who, reference))


def _row(update: Update, item: Item, url: str) -> View:
    return {
        "url": url,
        "title": _brief(item),
        "meta": f"{by(update, item)} · {format_date(date.fromisoformat(item['day']), 'long')}",
        "badges": badges(item),
    }


def by(update: Update, item: Item) -> str:
    if item["organisation"]:
        return str(item["organisation"]["name"])
    if update.organisation_id is None:
        return t("Secretariaat", "Secretariat")
    return t("Een organisatie", "An organisation")


def _brief(item: Item) -> str:
    text = " ".join((item["text"] or "").split())
    if not text:
        return say(vocabulary.label("update-state", UNCHANGED)).capitalize()
    return text if len(text) <= 120 else text[:119].rstrip() + "…"


def badges(item: Item) -> list[View]:
    state = item.get("state")
    if not state:
        return []
    label = say(vocabulary.label("update-state", state))
    return [{"type": "badge", "label": label, "tone": tone("update-state", state)}]


def button(label: str, url: str, method: str = "get", tone: str = "secondary") -> View:
    return {"label": label, "url": url, "method": method, "tone": tone, "fields": []}


def buttons(kind: Kind, entity: Any) -> list[View]:
    """What who may report can do from here."""
    if not queries.may_report(actor(), kind, entity):
        return []
    form = url_for(f"{kind.collection}.report", reference=entity.reference)
    same = url_for(f"{kind.collection}.no_change", reference=entity.reference)
    return [
        button(say(REPORT), form, tone="primary"),
        button(t("Geen wijzigingen", "No change"), same, "post"),
    ]
