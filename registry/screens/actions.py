"""What the reader may do with a record: the buttons on its page, by permission."""

from collections.abc import Iterator
from typing import Any

from flask import url_for

from .. import workflow
from ..access import Actor, Permission, can, owns
from ..kind import Kind
from ..record import Record, State
from ..web import links
from ..web.language import t

Action = dict[str, Any]


def actions(kind: Kind, who: Actor, record: Record) -> list[Action]:
    """The buttons for `who`, only for what some room can answer."""
    judges = can(who, Permission.RECORD_PUBLISH, record)
    found: list[Action | None] = []
    if can(who, kind.edit, record):
        found.append(_link(kind, record, "edit", t("Bewerken", "Edit"), "primary"))
        if record.state in (State.DRAFT, State.RETURNED) and kind.contributed:
            label = t("Ter beoordeling indienen", "Submit for review")
            found.append(_button(kind, record, "submit", label))
    elif workflow.proposes(who, kind, record):
        label = t("Wijziging voorstellen", "Propose a change")
        found.append(_link(kind, record, "edit", label, "primary"))
    if kind.contributed and can(who, kind.create):
        found.append(_copy(kind, record))
    if judges:
        found += _moves(kind, record)
    elif record.state == State.SUBMITTED and owns(who, record):
        label = t("Indiening intrekken", "Take back")
        found.append(_button(kind, record, "withdraw", label))
    found += _keeping(kind, who, record)
    if can(who, kind.delete, record):
        found.append(_link(kind, record, "remove", t("Verwijderen", "Remove"), "danger"))
    return [action for action in found if action is not None]


def _keeping(kind: Kind, who: Actor, record: Record) -> Iterator[Action | None]:
    if can(who, Permission.RECORD_HAND_OVER, record):
        yield _link(kind, record, "hand_over", t("Overdragen", "Hand over"), "secondary")
    if can(who, Permission.RECORD_MERGE, record):
        yield _link(kind, record, "merge", t("Samenvoegen", "Merge"), "secondary")


def _copy(kind: Kind, record: Record) -> Action | None:
    endpoint = f"{kind.collection}.new"
    if not links.exists(endpoint):
        return None
    url = url_for(endpoint, **{"from": record.reference})  # type: ignore[arg-type]
    label = t("Kopiëren", "Copy")
    return {"label": label, "url": url, "method": "get", "tone": "secondary", "fields": []}


def _moves(kind: Kind, record: Record) -> list[Action | None]:
    if record.state == State.SUBMITTED:
        return [
            _link(kind, record, "publish", t("Publiceren", "Publish"), "secondary"),
            _link(kind, record, "send_back", t("Terugsturen", "Send back"), "secondary"),
        ]
    if record.state == State.PUBLISHED:
        label = t("Zichtbaarheid wijzigen", "Change visibility")
        return [
            _link(kind, record, "publish", label, "secondary"),
            _button(kind, record, "archive", t("Archiveren", "Archive")),
            _link(kind, record, "withdraw", t("Publicatie intrekken", "Withdraw"), "secondary"),
        ]
    again = record.state == State.ARCHIVED
    label = t("Opnieuw publiceren", "Publish again") if again else t("Publiceren", "Publish")
    return [_link(kind, record, "publish", label, "secondary")]


def _link(kind: Kind, record: Record, verb: str, label: str, tone: str) -> Action | None:
    endpoint = f"{kind.collection}.{verb}"
    if not links.exists(endpoint):
        return None
    url = url_for(endpoint, reference=record.reference)
    return {"label": label, "url": url, "method": "get", "tone": tone, "fields": []}


def _button(kind: Kind, record: Record, verb: str, label: str) -> Action | None:
    made = _link(kind, record, verb, label, "secondary")
    if made is None:
        return None
    return {**made, "method": "post", "fields": [("version", str(record.version))]}
