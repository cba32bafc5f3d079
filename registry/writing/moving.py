"""The steps of a record: publish, withdraw, archive, remove, restore. Each asks for a POST."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import editing, workflow
from ..access import Permission, require
from ..errors import Invalid, NotFound, VersionMissing
from ..forms import DictionaryForm
from ..kind import Kind
from ..reasons import ReasonSchema, given
from ..schema import loaded
from ..web import links
from ..web.language import lang, say, t, titled
from ..web.notices import links_to
from ..web.shell import actor
from ..words import Words
from ..workflow.schemas import PublicationSchema, ReturnSchema

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
    "send_back": Words("{title} is teruggestuurd.", "{title} has been sent back."),
    "remove": Words("{title} is verwijderd.", "{title} has been removed."),
    "restore": Words("{title} is teruggezet.", "{title} has been put back."),
}


def enter(kind: Kind, blueprint: Blueprint) -> None:
    """Add the steps of `kind` to its blueprint."""
    add, both = blueprint.add_url_rule, ["GET", "POST"]
    add("/<reference>/publish", "publish", of(kind, publish), methods=both)
    add("/<reference>/return", "send_back", of(kind, send_back), methods=both)
    add("/<reference>/withdraw", "withdraw", of(kind, withdraw), methods=both)
    add("/<reference>/archive", "archive", of(kind, archive), methods=["POST"])
    add("/<reference>/remove", "remove", of(kind, remove), methods=both)
    add("/<reference>/restore", "restore", of(kind, restore), methods=both)


def of(kind: Kind, view: Callable[..., Any]) -> Callable[..., Any]:
    """The view for one kind, under its own name: what guards against forgery reads that."""
    return update_wrapper(partial(view, kind), view)


def publish(kind: Kind, reference: str) -> ResponseReturnValue:
    """Show a record to the audience that is chosen, from the day that is chosen."""
    entity = editing.one(kind, actor(), reference)
    require(actor(), Permission.RECORD_PUBLISH, entity.record)
    record = entity.record
    stored = {"audience": record.audience, "embargoUntil": record.embargo_until}
    form = DictionaryForm(PublicationSchema(), actor(), lang(), stored)
    if request.method == "GET":
        return _ask(kind, entity, *_publishing(), form.drawn())
    form.take(request.form.items(multi=True))
    try:
        chosen = loaded(PublicationSchema(), form.payload())
        editing.publish(actor(), kind, entity, version=version(), **chosen)
    except Invalid as refused:
        return _again(kind, reference, form, refused, _publishing())
    return _moved(kind, entity, "publish")


def _publishing() -> tuple[str, str]:
    return t("Publiceren", "Publish"), t(
        "Wie u hieronder kiest ziet dit vanaf nu, met de geschiedenis die nu begint.",
        "Those whom you choose below see this from now on, with the history that begins now.",
    )


def send_back(kind: Kind, reference: str) -> ResponseReturnValue:
    """Return what was submitted, with what should change."""
    entity = editing.one(kind, actor(), reference)
    require(actor(), Permission.RECORD_PUBLISH, entity.record)
    form = DictionaryForm(ReturnSchema(), actor(), lang())
    verb, text = (
        t("Terugsturen", "Send back"),
        t("Daarna kan de indiener het verbeteren.", "Its maker can then improve it."),
    )
    if request.method == "GET":
        return _ask(kind, entity, verb, text, form.drawn())
    form.take(request.form.items(multi=True))
    try:
        note = str(form.payload().get("note") or "")
        workflow.send_back(actor(), kind, entity, note=note, version=version())
    except Invalid as refused:
        form.refuse(refused)
        entity = editing.one(kind, actor(), reference)
        return _ask(kind, entity, verb, text, form.drawn(), refused.status)
    return _moved(kind, entity, "send_back")


def withdraw(kind: Kind, reference: str) -> ResponseReturnValue:
    """Ask why a published record becomes a draft again, and make it one."""
    entity = editing.one(kind, actor(), reference)
    editing.require_withdrawal(actor(), kind, entity.record)
    form = DictionaryForm(ReasonSchema(), actor(), lang())
    if request.method == "GET":
        return _ask(kind, entity, *_withdrawing(), form.drawn())
    form.take(request.form.items(multi=True))
    try:
        reason = given(form.payload())
        editing.withdraw(actor(), kind, entity, version=version(), reason=reason)
    except Invalid as refused:
        return _again(kind, reference, form, refused, _withdrawing())
    return _moved(kind, entity, "withdraw")


def _withdrawing() -> tuple[str, str]:
    return t("Publicatie intrekken", "Withdraw"), t(
        "Het wordt weer een concept, dat alleen de maker, de beheerder en het secretariaat zien. "
        "Zeg waarom; dat komt in de geschiedenis.",
        "It becomes a draft again, which only its maker, its keeper and the secretariat see. "
        "Say why; that goes into the history.",
    )


def _again(
    kind: Kind, reference: str, form: DictionaryForm, refused: Invalid, asked: tuple[str, str]
) -> ResponseReturnValue:
    """The question again, with the reasons of a refusal at its fields."""
    form.refuse(refused)
    entity = editing.one(kind, actor(), reference)
    return _ask(kind, entity, *asked, form.drawn(), refused.status)


def archive(kind: Kind, reference: str) -> ResponseReturnValue:
    """Take a record out of the current lists."""
    entity = editing.one(kind, actor(), reference)
    require(actor(), Permission.RECORD_PUBLISH, entity.record)
    editing.archive(actor(), kind, entity, version=version())
    return _moved(kind, entity, "archive")


def remove(kind: Kind, reference: str) -> ResponseReturnValue:
    """Ask whether to remove a record, and do it."""
    entity = editing.one(kind, actor(), reference)
    require(actor(), kind.delete, entity.record)
    form = DictionaryForm(ReasonSchema(), actor(), lang())
    if request.method == "GET":
        return _ask(kind, entity, *_removing(), {**form.drawn(), "submit_tone": "danger"})
    form.take(request.form.items(multi=True))
    try:
        reason = given(form.payload())
        editing.remove(actor(), kind, entity, version=version(), reason=reason)
    except Invalid as refused:
        return _again(kind, reference, form, refused, _removing())
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
    editing.removed(kind, actor(), reference)
    entity = editing.restore(actor(), kind, reference, version=version())
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


def version() -> int:
    """The version that a change starts from. Raises VersionMissing."""
    given = request.form.get("version", "")
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise VersionMissing
    return int(given)


def _removing() -> tuple[str, str]:
    return t("Verwijderen", "Remove"), t(
        "Het verdwijnt uit alle lijsten. Het kenmerk en de geschiedenis blijven bestaan, en u "
        "kunt het daarna nog terugzetten.",
        "It disappears from all lists. The reference and history stay, and you can still put "
        "it back afterwards.",
    )


def _ask(
    kind: Kind,
    entity: Any,
    verb: str,
    text: str,
    drawn: dict[str, Any] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    record = entity.record
    title = titled(record)
    alive = record.deleted_at is None
    page = links.of_record(kind, record.reference) if alive else links.of_list(kind)
    view = {
        "title": f"{verb}: {title}",
        "intro": f"{text} {say(kind.followed)}" if kind.followed and alive else text,
        "breadcrumb": [
            {"label": say(kind.plural), "url": links.of_list(kind)},
            {"label": title, "url": page if alive else None},
            {"label": verb, "url": None},
        ],
        "form": {},
        "sections": [],
        "error_summary": [],
        "submit_label": verb,
        "cancel_url": page,
        "version": record.version,
        "similar": [],
        "conflict": None,
    }
    return render_template("form.html", page={**view, **(drawn or {})}), status
