"""The screens on which an annex is read: its page, the whole of it, its lines, files, comparing."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from .. import clock
from ..annexes.looking import Content, Item
from ..dashboard import views as dashboard
from ..errors import Invalid
from ..jobs.models import ALIVE
from ..jobs.views import follow
from ..lines import queries as lines
from ..lines import sheet
from ..lines.sections import noted, sections
from ..reports import queries as reports
from ..reports.models import Annex
from ..reports.schemas import ANNEX, SECTIONS
from ..screens import screens
from ..screens.actions import actions
from ..screens.lists import pager
from ..screens.panels import Pointing
from ..sources.schemas import DOCUMENT
from ..web import View, actor, book, lang, paging, panel, say, t, titled
from . import differences, pages, steps, working


def more(item: Item) -> View:
    """What the page of an annex shows beside its facts."""
    annex = reports.annex(actor(), item["reference"])
    own = actions(ANNEX, actor(), annex.record)
    if reports.freeze(annex.id) is not None:
        closed = url_for("annexes.edit", reference=annex.reference)
        own = [action for action in own if action["url"] != closed]
    return {"annex": pages.told(annex, actor()), "actions": own}


def beforehand() -> View:
    """What stands in the form of a new annex already."""
    day = clock.as_of()
    words = {"nl": "stand op {}", "en": "as of {}"}
    shown = words[lang()].format(format_date(day, "long"))
    title = t("Bijlage bij de voortgangsbrief", "Annex to the progress letter")
    return {
        "title": f"{title}, {shown}",
        "asOf": day.isoformat(),
        "sections": [{"section": name} for name in SECTIONS],
    }


annexes = screens(ANNEX, template="annex.html", more=more, beforehand=beforehand).blueprint
panel(Pointing(DOCUMENT, ANNEX, ANNEX.plural, ["letter"], "letter", ["as_of"]))


@annexes.get("/<reference>/document")
def document(reference: str) -> ResponseReturnValue:
    """The whole annex; a large one has to be composed first."""
    annex = reports.annex(actor(), reference)
    try:
        content, job = working.content(actor(), annex)
    except Invalid as refused:
        return _early(annex, refused), refused.status
    if job is not None and job.state in ALIVE:
        return follow(job)
    page: View = {
        **pages.page(annex, t("De hele bijlage", "The whole annex")),
        "name": titled(annex),
        "again": pages.url("compose", annex) if job is not None or content is None else None,
        "content": _told(annex, content) if content else None,
        "files": pages.files(annex),
    }
    return render_template("annex_document.html", page=page)


def _early(annex: Annex, refused: Invalid) -> str:
    """A reference date of which nothing was registered."""
    said = [say(message) for found in refused.errors.values() for message in found]
    page = {**pages.page(annex, titled(annex)), "refused": " ".join(said), "content": None}
    return render_template("annex_document.html", page={**page, "again": None, "files": []})


def _told(annex: Annex, content: Content) -> View:
    frozen = reports.freeze(annex.id)
    told = sections(content, annex.reference)
    return {
        "seal": pages.sealed(frozen) if frozen else None,
        "told": pages.as_of(annex),
        "compared": pages.compared(content["previous"]),
        "left_out": pages.left_out(content["leftOut"]),
        "sections": told,
        "sources": sheet.sources(noted(content, told)),
    }


@annexes.post("/<reference>/document")
def compose(reference: str) -> ResponseReturnValue:
    """Have a worker compose a large annex, or compose it anew."""
    annex = reports.annex(actor(), reference)
    here = url_for("annexes.document", reference=reference)
    job = working.compose(actor(), annex, language=lang(), to=(here, here))
    return follow(job)


@annexes.get("/<reference>/lines", endpoint="lines")
def annex_lines(reference: str) -> ResponseReturnValue:
    """The lines of an annex, some at a time: by agreement, kind, organisation and what is open."""
    annex, number = reports.annex(actor(), reference), paging.number()
    found = lines.of(annex, actor())
    wanted = lines.chosen(found, request.args)
    if name := request.args.get("open"):
        whole, _ = working.content(actor(), annex)
        if whole is None:
            return redirect(url_for("annexes.document", reference=reference))
        wanted = [line for line in wanted if line.reference in whole["open"].get(name, ())]
    part = wanted[(number - 1) * steps.PER_PAGE : number * steps.PER_PAGE]
    content = lines.in_full(annex, actor(), part)
    count = len(wanted)
    page = {
        **pages.page(annex, t("Regels van de bijlage", "Lines of the annex")),
        "choices": pages.choices(found, request.args),
        "count": pages.counted_lines(count, len(found)),
        "lines": sheet.lines(content, steps.of(annex, actor())),
        "sources": sheet.sources(content),
        "pager": pager(number, steps.PER_PAGE, count),
    }
    return render_template("annex_lines.html", page=page)


@annexes.get("/<reference>/comparison")
def comparison(reference: str) -> str:
    """What differs between this annex and another, or how it would read now: `with`."""
    annex = reports.annex(actor(), reference)
    reports.require_core(actor())
    others = differences.others(actor(), annex)
    given = request.args.get("with", "")
    page = pages.page(annex, t("Vergelijken", "Compare"))
    if given:
        page = differences.comparison(annex, *differences.sides(actor(), annex, given))
    chooser = [{**each, "chosen": each["value"] == given} for each in others]
    return render_template("annex_comparison.html", page={**page, "chooser": chooser})


book.tasks.append(pages.tasks)
dashboard.steps.append(pages.ways)
