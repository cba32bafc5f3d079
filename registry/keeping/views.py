"""The screen on which a record is handed over."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from .. import editing
from ..access import Permission, require
from ..db import session
from ..errors import Conflict, Invalid, Message
from ..forms import DictionaryForm
from ..kind import Kind
from ..schema import loaded
from ..web import actor, book, lang, links, say, t, titled
from ..writing import moving
from .commands import hand_over
from .schemas import HandoverSchema

KEPT_ALREADY = Message(
    "It is kept so already: choose another.",
    "Zo wordt het al beheerd: kies een ander.",
    "unchanged",
)


def handing(kind: Kind, reference: str) -> ResponseReturnValue:
    """Ask to whom a record goes, and hand it over."""
    entity = editing.one(kind, actor(), reference)
    require(actor(), Permission.RECORD_HAND_OVER, entity.record)
    now = {"keeper": entity.record.keeper.reference if entity.record.keeper else None}
    form = DictionaryForm(HandoverSchema(), actor(), lang(), beforehand=now)
    if request.method == "GET":
        return _ask(kind, entity, form)
    form.take(request.form.items(multi=True))
    try:
        chosen = _chosen(form.payload())
        hand_over(actor(), kind, entity, version=moving.version(), **chosen)
    except (Invalid, Conflict) as refused:
        session().rollback()
        form.refuse(refused if isinstance(refused, Invalid) else _same(refused))
        return _ask(kind, editing.one(kind, actor(), reference), form, refused.status)
    flash(t("Het beheer is overgedragen.", "The record has been handed over."), "ok")
    return redirect(links.of_record(kind, reference))


def _chosen(payload: dict[str, Any]) -> dict[str, Any]:
    values = loaded(HandoverSchema(), payload)
    return {"keeper": values.get("keeper"), "reason": values.get("reason")}


def _same(refused: Conflict) -> Invalid:
    return Invalid({"keeper": [KEPT_ALREADY]}, refused.detail)


def _ask(kind: Kind, entity: Any, form: DictionaryForm, status: int = 200) -> ResponseReturnValue:
    record = entity.record
    title = titled(record)
    url, verb = links.of_record(kind, record.reference), t("Overdragen", "Hand over")
    page = {
        "title": f"{verb}: {title}",
        "intro": _intro(record),
        "breadcrumb": [
            {"label": say(kind.plural), "url": links.of_list(kind)},
            {"label": title, "url": url},
            {"label": verb, "url": None},
        ],
        "submit_label": verb,
        "cancel_url": url,
        "version": record.version,
        "similar": [],
        "conflict": None,
        **form.drawn(),
    }
    return render_template("form.html", page=page), status


def _intro(record: Any) -> str:
    keeper = record.keeper.title if record.keeper else t("het secretariaat", "the secretariat")
    return t(
        f"Nu beheerd door {keeper}. De leden van de organisatie die u kiest, zien het in elke "
        "stand, bewerken het concept en stellen wijzigingen voor van wat gepubliceerd is. Zij "
        "krijgen hiervan bericht.",
        f"Now kept by {keeper}. The members of the organisation that you choose see it in every "
        "state, edit the draft and propose changes of what is published. They are told by mail.",
    )


for _entered in book.screens.values():
    _entered.blueprint.add_url_rule(
        "/<reference>/handover",
        "hand_over",
        moving.of(_entered.kind, handing),
        methods=["GET", "POST"],
    )
