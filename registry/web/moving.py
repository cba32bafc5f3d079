"""The steps of a record: publish, withdraw, archive, remove, restore. Each asks for a POST."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from .. import editing, vocabulary
from ..access import Permission, require
from ..errors import NotFound
from ..fields import UNREADABLE
from ..kind import Kind
from ..words import Words
from . import links
from .language import lang, say, t
from .notices import links_to
from .shell import actor

SAID = {
    "publish": Words("{title} is gepubliceerd.", "{title} has been published."),
    "archive": Words(
        "{title} is gearchiveerd en blijft vindbaar.",
        "{title} has been archived and can still be found.",
    ),
    "withdraw": Words(
        "De publicatie van {title} is ingetrokken; het is weer een concept.",
        "{title} has been withdrawn; it is a draft again.",
    ),
    "remove": Words("{title} is verwijderd.", "{title} has been removed."),
    "restore": Words("{title} is teruggezet.", "{title} has been put back."),
}


def enter(kind: Kind, blueprint: Blueprint) -> None:
    """Add the steps of `kind` to its blueprint."""
    add, both = blueprint.add_url_rule, ["GET", "POST"]
    add("/<reference>/publish", "publish", of(kind, publish), methods=both)
    add("/<reference>/withdraw", "withdraw", of(kind, withdraw), methods=["POST"])
    add("/<reference>/archive", "archive", of(kind, archive), methods=["POST"])
    add("/<reference>/remove", "remove", of(kind, remove), methods=both)
    add("/<reference>/restore", "restore", of(kind, restore), methods=both)


def of(kind: Kind, view: Callable[..., Any]) -> Callable[..., Any]:
    """The view for one kind, under its own name: what guards against forgery reads that."""
    return update_wrapper(partial(view, kind), view)


def publish(kind: Kind, reference: str) -> ResponseReturnValue:
    """Show a record to the audience that is chosen."""
    entity = editing.one(kind, actor(), reference)
    if request.method == "GET":
        require(actor(), Permission.RECORD_PUBLISH, entity.record)
        return _ask_audience(kind, entity)
    audience = request.form.get("audience") or None
    editing.publish(actor(), kind, entity, audience=audience, version=_version())
    return _moved(kind, entity, "publish")


def withdraw(kind: Kind, reference: str) -> ResponseReturnValue:
    """Make a published record a draft again."""
    entity = editing.one(kind, actor(), reference)
    editing.withdraw(actor(), kind, entity, version=_version())
    return _moved(kind, entity, "withdraw")


def archive(kind: Kind, reference: str) -> ResponseReturnValue:
    """Take a record out of the current lists."""
    entity = editing.one(kind, actor(), reference)
    editing.archive(actor(), kind, entity, version=_version())
    return _moved(kind, entity, "archive")


def remove(kind: Kind, reference: str) -> ResponseReturnValue:
    """Ask whether to remove a record, and do it."""
    entity = editing.one(kind, actor(), reference)
    require(actor(), Permission.RECORD_DELETE, entity.record)
    if request.method == "GET":
        return _ask_removal(kind, entity)
    reason = UNREADABLE.sub(" ", request.form.get("reason", "")).strip()[:1000] or None
    editing.remove(actor(), kind, entity, version=_version(), reason=reason)
    again = url_for(f"{kind.collection}.restore", reference=reference)
    text = say(SAID["remove"]).format(title=entity.record.title)
    flash(links_to(f"{text} ", [(again, t("Ongedaan maken", "Undo"))]), "ok")
    return redirect(links.of_list(kind))


def restore(kind: Kind, reference: str) -> ResponseReturnValue:
    """Ask whether to put a removed record back, and do it."""
    if request.method == "GET":
        entity = _removed(kind, reference)
        if entity is None:
            return redirect(links.of_record(kind, reference))
        return _ask(
            kind,
            entity,
            t("Terugzetten", "Put back"),
            t(
                "Het komt terug zoals het was, met zijn kenmerk en geschiedenis.",
                "It comes back as it was, with its reference and history.",
            ),
        )
    entity = editing.restore(actor(), kind, reference)
    return _moved(kind, entity, "restore")


def _removed(kind: Kind, reference: str) -> Any:
    """The removed entity; None where it is (back) in its place. Raises NotFound."""
    try:
        return editing.removed(kind, actor(), reference)
    except NotFound:
        editing.one(kind, actor(), reference)
        return None


def _moved(kind: Kind, entity: Any, verb: str) -> ResponseReturnValue:
    flash(say(SAID[verb]).format(title=entity.record.title), "ok")
    return redirect(links.of_record(kind, entity.reference))


def _version() -> int | None:
    given = request.form.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _ask_audience(kind: Kind, entity: Any) -> ResponseReturnValue:
    terms = vocabulary.terms("audience")
    choices = [SelectChoice(code, term.words.in_(lang())) for code, term in terms.items()]
    fields = {"audience": RadioField(t("Zichtbaar voor", "Visible to"), choices=choices)}
    form = type("Audience", (Form,), fields)(data={"audience": entity.record.audience})
    return _ask(
        kind,
        entity,
        t("Publiceren", "Publish"),
        t(
            "Vanaf nu ziet wie u hieronder kiest dit, en is de geschiedenis zichtbaar.",
            "From now on those whom you choose below see this, and its history is visible.",
        ),
        form,
    )


def _ask_removal(kind: Kind, entity: Any) -> ResponseReturnValue:
    label = t("Reden (komt in de geschiedenis)", "Reason (goes into the history)")
    form = type("Removal", (Form,), {"reason": TextAreaField(label)})()
    return _ask(
        kind,
        entity,
        t("Verwijderen", "Remove"),
        t(
            "Het verdwijnt uit alle lijsten. Het kenmerk en de geschiedenis blijven bestaan, en u kunt "
            "het daarna nog terugzetten.",
            "It disappears from all lists. The reference and history stay, and you can still put it "
            "back afterwards.",
        ),
        form,
    )


def _ask(
    kind: Kind, entity: Any, verb: str, text: str, form: Form | None = None
) -> ResponseReturnValue:
    record = entity.record
    title = (record.title_en if lang() == "en" else None) or record.title
    alive = record.deleted_at is None
    page = links.of_record(kind, record.reference) if alive else links.of_list(kind)
    items = [{"kind": "field", "field": field} for field in form or ()]
    return render_template(
        "form.html",
        page={
            "title": f"{verb}: {title}",
            "intro": text,
            "breadcrumb": [
                {"label": say(kind.plural), "url": links.of_list(kind)},
                {"label": title, "url": page if alive else None},
                {"label": verb, "url": None},
            ],
            "form": form or {},
            "sections": [{"title": None, "items": items}] if items else [],
            "error_summary": [],
            "submit_label": verb,
            "cancel_url": page,
            "version": record.version,
            "similar": [],
            "conflict": None,
        },
    )
