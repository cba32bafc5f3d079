"""An annex as a file, on the screens; one that takes long is asked for and followed."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime

from ..annexes import comparing
from ..errors import NotFound
from ..jobs.views import follow
from ..printing.formats import FORMATS
from ..reports import queries as reports
from ..reports.models import Annex
from ..reports.schemas import ANNEX
from ..web import View, actor, blueprint, lang, links, say, t, titled
from ..words import Words
from . import working
from .handing import sent

annexes = blueprint(ANNEX)
READY, FILE = "ready", Words("Bestand", "File")


@annexes.get("/<reference>/files/<ending>")
def as_file(reference: str, ending: str) -> ResponseReturnValue:
    """The file; of a large annex, the page on which it is asked for, and with `made` the file."""
    annex = _found(reference, ending)
    if not working.large(annex, ending):
        return sent(working.copied(comparing.of(annex, actor()), ending, lang()))
    if READY in request.args:
        return sent(working.made(actor(), annex, ending))
    return render_template("admin/page.html", page=_page(annex, ending))


@annexes.post("/<reference>/files/<ending>")
def write_file(reference: str, ending: str) -> ResponseReturnValue:
    """Have a worker write the file of a large annex."""
    annex = _found(reference, ending)
    here = url_for("annexes.as_file", reference=reference, ending=ending)
    if not working.large(annex, ending):
        return redirect(here)
    return follow(working.ask(actor(), annex, ending, language=lang(), to=(here, here)))


def _found(reference: str, ending: str) -> Annex:
    annex = reports.annex(actor(), reference)
    if ending not in FORMATS:
        raise NotFound
    return annex


def _page(annex: Annex, ending: str) -> View:
    title = t(f"Bijlage als {ending.upper()}", f"Annex as {ending.upper()}")
    here = url_for("annexes.as_file", reference=annex.reference, ending=ending)
    label = t("Bestand maken", "Make the file")
    actions = [{"label": label, "url": here, "tone": "primary", "method": "post"}]
    told = t(
        "Deze bijlage heeft veel regels. Het bestand maken duurt enkele seconden; u ziet hoe ver "
        "het is. Daarna blijft het een dag voor u klaarstaan.",
        "This annex has many lines. Making the file takes some seconds; you see how far it is. "
        "After that it stays ready for you for a day.",
    )
    if (job := working.ready(actor(), annex, ending)) and job.ended_at:
        at = format_datetime(job.ended_at, "d MMMM y HH:mm")
        told = t(f"Het bestand van {at} staat klaar.", f"The file of {at} is ready.")
        url = url_for("annexes.as_file", reference=annex.reference, ending=ending, ready=1)
        actions[0] |= {"label": t("Opnieuw maken", "Make it again"), "tone": "secondary"}
        label = t("Downloaden", "Download")
        actions.insert(0, {"label": label, "url": url, "tone": "primary", "method": "get"})
    return {
        "title": title,
        "breadcrumb": [
            {"label": say(ANNEX.plural), "url": links.of_list(ANNEX)},
            {"label": titled(annex), "url": links.of_record(ANNEX, annex.reference)},
            {"label": title, "url": None},
        ],
        "groups": [{"id": "bestand", "title": say(FILE), "intro": told, "actions": actions}],
        "error_summary": [],
    }
