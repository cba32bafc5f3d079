"""The addresses of judging."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import editing, web, workflow
from ..access import Permission, require
from ..accounts import mine
from ..errors import Conflict, Invalid, NotSignedIn, Stale, VersionMissing
from ..forms import DictionaryForm
from ..kind import Kind, kind_named
from ..screens import paths
from ..web import actor, book, lang, say, t
from ..web.links import of_record
from ..words import Words
from ..workflow import Revision, queries
from ..workflow.schemas import ReturnSchema
from ..writing.moving import version
from . import pages, proposal

LOOK_AGAIN = Words(
    "U hebt niets gepubliceerd. Kijk opnieuw.", "You have published nothing. Look again."
)

review = web.pages(Blueprint("review", __name__))


@review.get("/review")
def queue() -> str:
    """What waits to be judged."""
    require(actor(), Permission.RECORD_PUBLISH)
    return render_template("admin/page.html", page=pages.queue(actor()))


@review.get("/revisions/<key>")
def revision(key: str) -> ResponseReturnValue:
    """A proposal beside what is published."""
    return _drawn(_found(key))


@review.post("/revisions/<key>/publish")
def adopt(key: str) -> ResponseReturnValue:
    """Lay a proposal over the record."""
    found = _found(key)
    require(actor(), Permission.RECORD_PUBLISH, found.record)
    kind, entity = _of(found)
    try:
        editing.expect(entity, version())
        workflow.adopt(actor(), kind, entity, found)
    except (Stale, VersionMissing) as refused:
        flash(f"{say(refused.detail)}. {say(LOOK_AGAIN)}", "error")
        return redirect(url_for("review.revision", key=key))
    except (Invalid, Conflict) as refused:
        flash(refused.detail.in_(lang()), "error")
        return redirect(url_for("review.revision", key=key))
    title = pages.named(entity.record)
    flash(
        t(f"De wijziging van {title} is gepubliceerd.", f"The change of {title} is published."),
        "ok",
    )
    return redirect(of_record(kind, entity.reference))


@review.route("/revisions/<key>/return", methods=["GET", "POST"])
def send_back(key: str) -> ResponseReturnValue:
    """Return a proposal with what should change."""
    found = _found(key)
    require(actor(), Permission.RECORD_PUBLISH, found.record)
    form = DictionaryForm(ReturnSchema(), actor(), lang())
    if request.method == "GET":
        return _asked(found, form)
    form.take(request.form.items(multi=True))
    try:
        note = str(form.payload().get("note") or "")
        workflow.return_revision(actor(), found, note=note)
    except Invalid as refused:
        form.refuse(refused)
        return _asked(_found(key), form, refused.status)
    flash(t("Het voorstel is teruggestuurd.", "The proposal has been sent back."), "ok")
    return redirect(url_for("review.queue"))


@review.post("/revisions/<key>/retract")
def retract(key: str) -> ResponseReturnValue:
    """Take one's own proposal back."""
    found = _found(key)
    workflow.retract(actor(), found)
    flash(t("Uw voorstel is ingetrokken.", "Your proposal has been withdrawn."), "ok")
    if found.record.deleted_at is not None:
        return redirect(url_for("accounts.my_work"))
    return redirect(of_record(kind_named(found.record.kind), found.record.reference))


@review.post("/revisions/<key>/fields/<field>/retract")
def take_back(key: str, field: str) -> ResponseReturnValue:
    """Take one field of one's own proposal back; of the last one, ask whether to take it all."""
    found = _found(key)
    if list(found.payload) == [field] and found.author_id == actor().account_id:
        return _all_of_it(found)
    kind, entity = _of(found)
    try:
        workflow.take_back(actor(), kind, entity, found, field)
    except (Invalid, Conflict) as refused:
        flash(refused.detail.in_(lang()), "error")
        return redirect(url_for("review.revision", key=key))
    label = paths.label(kind.dictionary, field)
    flash(t(f"Teruggenomen: {label}.", f"Taken back: {label}."), "ok")
    return redirect(url_for("review.revision", key=key))


def _all_of_it(found: Revision) -> ResponseReturnValue:
    verb = t("Voorstel intrekken", "Withdraw proposal")
    text = t(
        "Dit is het enige veld van uw voorstel. Wilt u het hele voorstel intrekken?",
        "This is the only field of your proposal. Do you want to withdraw the whole proposal?",
    )
    asked = {"action_url": url_for("review.retract", key=found.key), "form": {}, "sections": []}
    return _question(found, verb, {**asked, "intro": text, "error_summary": []})


def _found(key: str) -> Revision:
    if not actor().signed_in:
        raise NotSignedIn
    return queries.revision(actor(), key)


def _of(found: Revision) -> tuple[Kind, Any]:
    return kind_named(found.record.kind), queries.entity_of(found)


def _drawn(found: Revision) -> ResponseReturnValue:
    kind, entity = _of(found)
    page = proposal.page(actor(), kind, entity, found)
    return render_template("comparison.html", page=page)


def _asked(found: Revision, form: DictionaryForm, status: int = 200) -> ResponseReturnValue:
    return _question(found, t("Terugsturen", "Send back"), form.drawn(), status)


def _question(
    found: Revision, verb: str, asked: dict[str, Any], status: int = 200
) -> ResponseReturnValue:
    back = url_for("review.revision", key=found.key)
    page = {
        "title": f"{verb}: {pages.named(found.record)}",
        "intro": None,
        "breadcrumb": [
            {"label": t("Voorstel", "Proposal"), "url": back},
            {"label": verb, "url": None},
        ],
        "submit_label": verb,
        "cancel_url": back,
        "version": None,
        "similar": [],
        "conflict": None,
        **asked,
    }
    return render_template("form.html", page=page), status


mine.also.append(pages.mine)
book.tasks.append(pages.tasks)
book.standing.append(pages.notices)
