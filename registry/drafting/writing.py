"""The screens on which the secretariat makes an annex: writing lines, asking, freezing, copying."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from .. import clock
from ..access import Permission, require
from ..annexes import working
from ..annexes.working import SMALL
from ..db import session
from ..errors import Conflict, Invalid, Stale, messages
from ..forms import DictionaryForm, both_versions
from ..jobs.models import Job
from ..jobs.views import follow
from ..lines import queries as lines
from ..lines import sheet
from ..record import Record
from ..reports import commands, standing
from ..reports import queries as reports
from ..reports.models import Annex
from ..reports.schemas import ANNEX, FreezeSchema, LineSchema
from ..web import View, actor, counted, lang, links, say, t, titled
from ..writing.moving import version
from . import pages, steps
from .schemas import CopySchema
from .views import annexes

both = ["GET", "POST"]


def _drafted(reference: str) -> Annex:
    """An annex that the reader may still write. Raises Forbidden and Conflict."""
    annex = reports.annex(actor(), reference)
    require(actor(), Permission.RECORD_PUBLISH, annex.record)
    reports.require_unfrozen(annex)
    return annex


# --- a line -------------------------------------------------------------------------------


@annexes.route("/<reference>/lines/<record>", methods=both)
def line(reference: str, record: str) -> ResponseReturnValue:
    """Write the text of a line, with the last report beside it."""
    annex = _drafted(reference)
    about = reports.line(actor(), annex, record)
    form, stored = _opened(annex, about)
    if request.method == "GET":
        return _drawn(annex, about, form, stored)
    form.take(request.form.items(multi=True))
    try:
        commands.write(actor(), annex, record, form.payload(), version=version())
    except Stale:
        session().rollback()
        form, stored = _opened(annex, about)
        form.take(request.form.items(multi=True))
        return _drawn(annex, about, form, stored, conflict=both_versions(form)), Stale.status
    except Invalid as refused:
        form.refuse(refused)
        return _drawn(annex, about, form, version()), refused.status
    text = t("De tekst van de regel is bewaard.", "The text of the line has been saved.")
    flash(text, "ok")
    return redirect(steps.place(annex, actor(), record))


def _opened(annex: Annex, about: Record) -> tuple[DictionaryForm, int]:
    """The form with the text of a line, and the version that it starts from."""
    said = reports.said_of(annex, about)
    text = said.text if said else None
    if request.args.get("take") == "latest" and request.method == "GET":
        latest = standing.latest([about.id], annex.as_of).get(about.id)
        text = latest.text if latest else text
    stored = {"text": text or ""}
    form = DictionaryForm(LineSchema(), actor(), lang(), stored)
    return form, said.version if said else 0


def _drawn(annex: Annex, about: Record, form: DictionaryForm, version_: int, **more: Any) -> str:
    content = lines.some(annex, actor(), [about.id])
    shown = sheet.lines({"asOf": annex.as_of.isoformat(), **content})[0]
    title = t("Tekst bewerken", "Edit text")
    page: View = {
        **pages.page(annex, title),
        "intro": titled(about),
        "line": shown,
        "latest": _latest(annex, about),
        "sources": sheet.sources(content),
        "version": version_,
        "submit_label": t("Bewaren", "Save"),
        "cancel_url": steps.place(annex, actor(), about.reference),
        **form.drawn(),
        **more,
    }
    return render_template("annex_line.html", page=page)


def _latest(annex: Annex, about: Record) -> View | None:
    """The last report that was released, with the way to take it over."""
    found = standing.latest([about.id], annex.as_of).get(about.id)
    if found is None or not found.text:
        return None
    day = format_date(found.day, "long")
    url = pages.url("line", annex, record=about.reference, take="latest")
    return {"text": found.text, "told": t(f"Gemeld op {day}.", f"Reported on {day}."), "url": url}


# --- asking -------------------------------------------------------------------------------


@annexes.route("/<reference>/requests", methods=both)
def requests(reference: str) -> ResponseReturnValue:
    """Ask the owners of all lines, or those of one organisation, whether they agree."""
    annex = _drafted(reference)
    found = lines.of(annex, actor())
    if request.method == "GET":
        return render_template("admin/page.html", page=pages.requests(annex, found))
    asked = {"organisation": request.form.get("organisation", "")}
    near = [each for each in lines.chosen(found, asked) if each.owners]
    wanted = [each.reference for each in near if each.agreement in pages.WAITING]
    return _ask(annex, wanted, pages.url("requests", annex))


@annexes.post("/<reference>/lines/<record>/request")
def ask_line(reference: str, record: str) -> ResponseReturnValue:
    """Ask the owner of one line."""
    annex = _drafted(reference)
    return _ask(annex, [record], steps.place(annex, actor(), record))


def _ask(annex: Annex, references: list[str], back: str) -> ResponseReturnValue:
    try:
        asked = commands.ask(actor(), annex, references)
    except (Invalid, Conflict) as refused:
        session().rollback()
        flash(_why(refused), "error")
        return redirect(back)
    count = counted(asked.lines, pages.LINE, pages.LINES)
    flash(t(f"Voorgelegd: {count}.", f"Asked about {count}."), "ok")
    if asked.nobody:
        names = ", ".join(asked.nobody[:10])
        text = t("Niemand kan worden gevraagd over: ", "Nobody can be asked about: ")
        flash(text + names, "warning")
    return redirect(back)


def _why(refused: Invalid | Conflict) -> str:
    if isinstance(refused, Conflict):
        return say(refused.detail)
    return " ".join(message.in_(lang()) for message in messages(refused.errors))


# --- freezing -----------------------------------------------------------------------------


@annexes.route("/<reference>/freeze", methods=both)
def freeze(reference: str) -> ResponseReturnValue:
    """Say what will be fixed and who has not agreed, and fix it when that is confirmed."""
    annex = _drafted(reference)
    form = DictionaryForm(FreezeSchema(), actor(), lang())
    if request.method == "GET":
        return _freezing(annex, form)
    form.take(request.form.items(multi=True))
    here = links.of_record(ANNEX, reference)
    way = (here, url_for("annexes.freeze", reference=reference))
    try:
        made = working.freeze(actor(), annex, form.payload(), language=lang(), to=way)
    except Invalid as refused:
        session().rollback()
        form.refuse(refused)
        return _freezing(reports.annex(actor(), reference), form), refused.status
    if isinstance(made, Job):
        return follow(made)
    flash(t(f"Vastgesteld als {made.number}.", f"Frozen as {made.number}."), "ok")
    return redirect(here)


def _freezing(annex: Annex, form: DictionaryForm) -> str:
    found = lines.of(annex, actor())
    counts = lines.counts(found)
    page: View = {
        **pages.page(annex, t("Vaststellen", "Freeze")),
        "told": _fixed(annex, len(found)),
        "tallies": pages.tallies(annex, found),
        "unagreed": _unagreed(len(found) - counts["agreed"]),
        "waiting": _waiting(found),
        "submit_label": t("Definitief vaststellen", "Freeze for good"),
        "cancel_url": links.of_record(ANNEX, annex.reference),
        **form.drawn(),
    }
    return render_template("annex_freeze.html", page=page)


def _fixed(annex: Annex, count: int) -> list[str]:
    """What will be fixed."""
    day, number = format_date(annex.as_of, "long"), counted(count, pages.LINE, pages.LINES)
    found = [
        t(
            f"{number} en alle onderdelen, zoals zij nu zijn op de peildatum {day}.",
            f"{number} and all sections, as they are now on the reference date {day}.",
        ),
        t(
            "De bijlage krijgt een nummer en een vingerafdruk (SHA-256). Niemand kan haar daarna "
            "nog wijzigen; wat later in het register verandert, verandert de bijlage niet.",
            "The annex gets a number and a fingerprint (SHA-256). Nobody can change it after that; "
            "what changes in the register later does not change the annex.",
        ),
    ]
    if count > SMALL:
        later = t("Dit gebeurt op de achtergrond.", "This happens in the background.")
        found.append(later)
    return found


def _unagreed(count: int) -> str:
    if not count:
        return ""
    number = counted(count, pages.LINE, pages.LINES)
    return t(f"Op {number} is nog geen akkoord gegeven.", f"No agreement yet on {number}.")


def _waiting(found: list[lines.Line]) -> list[str]:
    """Who has not agreed yet, with how many lines."""
    left: dict[str, int] = {}
    for each in found:
        if each.agreement != "agreed":
            for name in each.owners.values():
                left[name] = left.get(name, 0) + 1
    return [f"{name} ({count})" for name, count in sorted(left.items())]


# --- a new one ----------------------------------------------------------------------------


@annexes.route("/<reference>/copy", methods=both)
def copy(reference: str) -> ResponseReturnValue:
    """A new annex that asks for the same."""
    annex = reports.annex(actor(), reference)
    require(actor(), ANNEX.create)
    values = {"title": annex.title, "titleEn": annex.title_en, "asOf": clock.as_of().isoformat()}
    form = DictionaryForm(CopySchema(), actor(), lang(), beforehand=values)
    status = 200
    if request.method == "POST":
        form.take(request.form.items(multi=True))
        try:
            made = commands.copy(actor(), annex, form.payload())
        except Invalid as refused:
            session().rollback()
            form.refuse(refused)
            status = refused.status
        else:
            flash(t("De nieuwe bijlage is een concept.", "The new annex is a draft."), "ok")
            return redirect(links.of_record(ANNEX, made.reference))
    page = {
        **pages.page(annex, t("Nieuwe bijlage op basis van deze", "New annex based on this one")),
        "intro": titled(annex),
        "submit_label": t("Bijlage maken", "Make the annex"),
        "cancel_url": links.of_record(ANNEX, reference),
        **form.drawn(),
    }
    return render_template("form.html", page=page), status
