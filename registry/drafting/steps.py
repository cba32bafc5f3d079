"""What can be done with one line of an annex: by the secretariat, and by who owns it."""

from collections.abc import Callable
from typing import Any

from flask import url_for

from ..access import Actor, Permission, can
from ..access import View as Sight
from ..annexes.looking import Item
from ..lines import queries as lines
from ..lines.sheet import no_steps
from ..record import State
from ..reports import queries as reports
from ..reports.models import Annex
from ..web import View, t

PER_PAGE = 20
Steps = Callable[[Item], list[View]]


def of(annex: Annex, who: Actor) -> Steps:
    """The buttons at each line; none where the annex is frozen."""
    if reports.freeze(annex.id) is not None:
        return no_steps
    if can(who, Permission.RECORD_PUBLISH, annex.record):
        return lambda item: editing(annex, item)
    if who.view < Sight.CORE_GROUP or annex.record.state != State.PUBLISHED:
        return no_steps
    own = lines.organisations(who)
    return lambda item: answering(annex, item) if _owned(item, own) else []


def _owned(item: Item, own: frozenset[str]) -> bool:
    return any(owner["reference"] in own for owner in item["agreement"]["owners"])


def editing(annex: Annex, item: Item) -> list[View]:
    """For the secretariat: write, ask, and note what it was told."""
    at = {"reference": annex.reference, "record": item["reference"]}
    edit = {
        "label": t("Tekst bewerken", "Edit text"),
        "url": url_for("annexes.line", **at),
        "method": "get",
        "tone": "secondary",
    }
    state, owners = item["agreement"]["state"], item["agreement"]["owners"]
    ask = button(t("Vraag akkoord", "Ask for agreement"), url_for("annexes.ask_line", **at))
    asked = [ask] if owners and state in ("not_asked", "remark") else []
    return [edit, *asked, *answering(annex, item)]


def answering(annex: Annex, item: Item, tone: str = "secondary") -> list[View]:
    """Agree to a line as it reads now, or say what is wrong with it."""
    at = {"reference": annex.reference, "record": item["reference"]}
    told = item["agreement"]
    remark = {
        "label": t("Opmerking", "Remark"),
        "url": url_for("annexes.remark", **at),
        "method": "get",
        "tone": "secondary",
    }
    if told["state"] == "agreed":
        return [remark]
    agree = button(t("Akkoord", "Agree"), url_for("annexes.agree", **at), tone)
    read = (item["standing"] or {}).get("key") or ""
    return [{**agree, "fields": [("version", str(told["version"])), ("read", read)]}, remark]


def place(annex: Annex, who: Actor, record: str) -> str:
    """Where a line stands among all lines."""
    found = [line.reference for line in lines.of(annex, who)]
    page = found.index(record) // PER_PAGE + 1 if record in found else 1
    asked: dict[str, Any] = {"page": page} if page > 1 else {}
    return url_for("annexes.lines", reference=annex.reference, _anchor=record, **asked)


def button(label: str, address: str, tone: str = "secondary") -> View:
    """A button that does something."""
    return {"label": label, "url": address, "method": "post", "tone": tone, "fields": []}
