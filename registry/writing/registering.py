"""The screens that register and change a record, the same for every kind."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import editing, workflow
from ..access import Permission, can, require
from ..db import session
from ..errors import Conflict, Invalid, Message, Stale
from ..forms import SchemaForm, both_versions
from ..kind import Kind
from ..reasons import READ_BY, given
from ..record import Record, State
from ..web import links
from ..web.book import book
from ..web.language import lang, say, t, titled
from ..web.notices import links_to, tell_readings
from ..web.shell import actor
from ..words import Words
from . import copying, moving, proposing
from .proposing import Proposing
from .similar import Similar, similar

Page = dict[str, Any]
HANDED_IN_FROM = (State.DRAFT, State.RETURNED)
SAVED = Words("De wijzigingen zijn bewaard.", "The changes have been saved.")
PROPOSED = Words(
    "Uw voorstel is ingediend. Het secretariaat beoordeelt het.",
    "Your proposal has been submitted. The secretariat will review it.",
)


def enter(kind: Kind, blueprint: Blueprint) -> None:
    """Add the writing screens of `kind` to its blueprint."""
    both = ["GET", "POST"]
    add = blueprint.add_url_rule
    add("/new", "new", moving.of(kind, new), methods=both)
    add("/similar", "similar", moving.of(kind, alike))
    add("/<reference>/edit", "edit", moving.of(kind, edit), methods=both)
    add("/<reference>/submit", "submit", moving.of(kind, handed_in), methods=["POST"])
    moving.enter(kind, blueprint)


def new(kind: Kind) -> ResponseReturnValue:
    """Register a record of `kind`."""
    require(actor(), kind.create)
    example = request.args.get("from", "") if request.method == "GET" else ""
    form = SchemaForm(kind, actor(), lang(), beforehand=_beforehand(kind, example))
    if request.method == "GET":
        return _draw(form, _new_page(form))
    form.take(_pairs())
    if form.change_rows(_pairs()):
        return _draw(form, _new_page(form))
    try:
        entity = editing.create(actor(), kind, form.payload())
    except (Invalid, Conflict) as refused:
        return _refuse(form, _new_page(form), refused)
    reference, title = entity.reference, entity.record.title
    flash(t(f"{title} is bewaard als concept.", f"{title} has been saved as a draft."), "ok")
    flash(_here(), "saved")
    _warn_of(kind, similar(kind, actor(), title, but=reference))
    tell_readings(form)
    return _onward(kind, entity)


def _beforehand(kind: Kind, example: str) -> Mapping[str, Any] | None:
    """What stands in the form already: a copy of `example`, or what the screens of `kind` say."""
    if example:
        return copying.values(kind, actor(), example, lang())
    told = book.of(kind).beforehand
    return told() if told else None


def _onward(kind: Kind, entity: Any) -> ResponseReturnValue:
    """To the record, or first hand it in where that button was pressed."""
    if request.form.get("_then") == "submit":
        return submit(kind, entity, entity.record.version)
    return redirect(links.of_record(kind, entity.reference))


def handed_in(kind: Kind, reference: str) -> ResponseReturnValue:
    """Hand in a draft from its page."""
    entity = editing.one(kind, actor(), reference)
    require(actor(), kind.edit, entity.record)
    return submit(kind, entity, moving.version())


def submit(kind: Kind, entity: Any, version: int) -> ResponseReturnValue:
    """Hand in a draft; what is missing is shown at the fields of its form."""
    reference = entity.reference
    try:
        workflow.submit(actor(), kind, entity, version=version)
    except Invalid as refused:
        entity = editing.one(kind, actor(), reference)
        form = SchemaForm(kind, actor(), lang(), entity)
        page = _edit_page(form, entity)
        page["action_url"] = url_for(f"{kind.collection}.edit", reference=reference)
        return _refuse(form, page, refused)
    title = entity.record.title
    flash(
        t(
            f"{title} is ingediend. Het secretariaat beoordeelt het.",
            f"{title} has been submitted. The secretariat will review it.",
        ),
        "ok",
    )
    return redirect(links.of_record(kind, reference))


def edit(kind: Kind, reference: str) -> ResponseReturnValue:
    """Change the record with this reference, or propose a change of it."""
    entity = editing.one(kind, actor(), reference)
    proposal = proposing.of(kind, entity)
    if proposal is None:
        require(actor(), kind.edit, entity.record)
    form, page = _opened(kind, entity, proposal)
    if request.method == "GET":
        return _draw(form, page)
    form.take(_pairs())
    page["version"] = moving.version()
    if form.change_rows(_pairs()):
        return _draw(form, page)
    try:
        version, reason = page["version"], given({"reason": page["reason"]["value"]})
        return _save(kind, entity, form, proposal, version=version, reason=reason)
    except Stale:
        return _lay_side_by_side(kind, reference)
    except (Invalid, Conflict) as refused:
        return _refuse(form, page, refused)


def _save(
    kind: Kind,
    entity: Any,
    form: SchemaForm,
    proposal: Proposing | None,
    *,
    version: int,
    reason: str | None,
) -> ResponseReturnValue:
    if proposal is not None:
        made = proposal.save(form, version=version, reason=reason)
        flash(say(PROPOSED), "ok")
        there = redirect(url_for("review.revision", key=made.key))
    else:
        payload = form.payload()
        entity = editing.revise(actor(), kind, entity, payload, version=version, reason=reason)
        flash(say(SAVED), "ok")
        there = None
    flash(_here(), "saved")
    tell_readings(form)
    return there or _onward(kind, entity)


def _opened(kind: Kind, entity: Any, proposal: Proposing | None) -> tuple[SchemaForm, Page]:
    """The form to change a record with its page, or to propose that."""
    if proposal is None:
        form = SchemaForm(kind, actor(), lang(), entity)
        return form, _edit_page(form, entity)
    form = proposal.form()
    page = _edit_page(form, entity) | proposal.page(form)
    if request.method == "GET":
        page["reason"]["value"] = proposal.reason()
    return form, page


def alike(kind: Kind) -> str:
    """Records whose title looks like what is being typed, as a fragment."""
    require(actor(), kind.create)
    typed = next(iter(request.args.values()), "")
    return render_template("fragments/similar.html", similar=_linked(kind, typed))


def _lay_side_by_side(kind: Kind, reference: str) -> ResponseReturnValue:
    """What the other person saved meanwhile beside what was typed here."""
    entity = editing.one(kind, actor(), reference)
    form, page = _opened(kind, entity, proposing.of(kind, entity))
    form.take(_pairs())
    page["conflict"] = both_versions(form)
    return _draw(form, page, 409)


def _refuse(form: SchemaForm, page: Page, refused: Invalid | Conflict) -> ResponseReturnValue:
    """The form again, with the reasons at the fields and all that was typed."""
    session().rollback()
    if isinstance(refused, Invalid):
        form.refuse(refused)
    else:
        text = Message(refused.detail.en, refused.detail.nl, "conflict")
        form.refuse(Invalid({"_schema": [text]}))
    return _draw(form, page, refused.status)


def _draw(form: SchemaForm, page: Page, status: int = 200) -> ResponseReturnValue:
    draft = {"key": f"{actor().account_id} {_here()}", "drawn": request.method == "POST"}
    return render_template("form.html", page={**page, **form.drawn(), "draft": draft}), status


def _here() -> str:
    """The address under which a browser keeps what is typed here until it has been saved."""
    example = request.args.get("from", "")
    return f"{request.path}?from={example}" if example else request.path


def _new_page(form: SchemaForm) -> Page:
    kind = form.kind
    typed = form.answers.get(form.title_field) or ""
    heading = t(f"{say(kind.words)} vastleggen", f"Register: {say(kind.words).lower()}")
    return {
        "title": heading,
        "intro": t(
            "U bewaart een concept. Alleen u, uw organisatie en het secretariaat zien het, "
            "tot het secretariaat het publiceert.",
            "You save a draft. Only you, your organisation and the secretariat see it, "
            "until the secretariat publishes it.",
        ),
        "breadcrumb": [_up(kind), {"label": heading, "url": None}],
        "submit_label": t("Bewaren als concept", "Save as draft"),
        "cancel_url": links.of_list(kind),
        "version": None,
        "similar_url": url_for(f"{kind.collection}.similar"),
        "similar_field": form.title_field,
        "similar": _linked(kind, typed) if typed else [],
        "conflict": None,
        "also": _also(kind),
    }


def _edit_page(form: SchemaForm, entity: Any) -> Page:
    kind, record = form.kind, entity.record
    title = titled(record)
    draft = record.state in HANDED_IN_FROM
    url = links.of_record(kind, record.reference)
    return {
        "title": t(f"{say(kind.words)} bewerken", f"Edit: {say(kind.words).lower()}"),
        "intro": title,
        "breadcrumb": [
            _up(kind),
            {"label": title, "url": url},
            {"label": t("Bewerken", "Edit"), "url": None},
        ],
        "submit_label": t("Bewaren als concept", "Save as draft")
        if draft
        else t("Bewaren", "Save"),
        "cancel_url": url,
        "version": record.version,
        "reason": {
            "label": t("Reden van de wijziging", "Reason of the change"),
            "hint": t(f"Niet verplicht. {READ_BY.nl}", f"Optional. {READ_BY.en}"),
            "value": request.form.get("_reason", ""),
        },
        "note": record.review_note if record.state == State.RETURNED else None,
        "similar": [],
        "conflict": None,
        "also": _also(kind, record),
    }


def _also(kind: Kind, record: Record | None = None) -> dict[str, str] | None:
    """The second button, for who hands in and does not publish."""
    if not kind.contributed or (record and record.state not in HANDED_IN_FROM):
        return None
    if can(actor(), Permission.RECORD_PUBLISH):
        return None
    label = t("Bewaren en indienen", "Save and submit")
    return {"name": "_then", "value": "submit", "label": label}


def _up(kind: Kind) -> dict[str, str]:
    return {"label": say(kind.plural), "url": links.of_list(kind)}


def _linked(kind: Kind, typed: str) -> list[dict[str, str]]:
    found = similar(kind, actor(), typed)
    return [{"url": links.of_record(kind, s.reference), "title": s.title} for s in found]


def _warn_of(kind: Kind, found: list[Similar]) -> None:
    if found:
        pairs = [(links.of_record(kind, s.reference), s.title) for s in found]
        text = t(
            "Staat dit er misschien al? Het lijkt op: ",
            "Is this perhaps here already? It looks like: ",
        )
        flash(links_to(text, pairs), "warning")


def _pairs() -> Iterable[tuple[str, str]]:
    return request.form.items(multi=True)
