"""What an annex says: at once where it is small, else composed by a worker."""

from ..access import Actor
from ..annexes import comparing, composing
from ..annexes.looking import Content
from ..annexes.reading import seen
from ..annexes.working import SMALL, lines
from ..errors import NotFound
from ..jobs import commands as jobs
from ..jobs.commands import Task, Way, work
from ..jobs.models import Job, Stage
from ..reports import queries as reports
from ..reports.models import Annex
from ..words import Words

ABOUT = "annex-look:{}"
DONE = Words("De bijlage is samengesteld.", "The annex was composed.")


@work("annex-look", Words("Bijlage samenstellen", "Composing an annex"))
def compose_large(actor: Actor, task: Task) -> None:
    """Compose a large annex, for who asked to read it."""
    annex = reports.annex(actor, task.payload["annex"])
    told = composing.content(annex, actor, step=task.step)
    task.ended(DONE, {"content": told})


def compose(actor: Actor, annex: Annex, *, language: str, to: Way) -> Job:
    """Ask a worker to compose a large annex."""
    payload, about = {"annex": annex.reference}, ABOUT.format(annex.reference)
    return jobs.ask(actor, compose_large, payload, about=about, language=language, to=to)


def content(actor: Actor, annex: Annex) -> tuple[Content | None, Job | None]:
    """What an annex says to `actor`, and the job that composed it where a worker did. No content:
    it is large, and has to be asked for."""
    if reports.freeze(annex.id) is not None or lines(annex) <= SMALL:
        return comparing.of(annex, actor), None
    try:
        job = jobs.about(actor, ABOUT.format(annex.reference))
    except NotFound:
        return None, None
    if job.state != Stage.DONE or job.result is None:
        return None, job
    return seen(actor, job.result["content"]), job
