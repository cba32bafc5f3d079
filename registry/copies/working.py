"""Writing an annex to a file: at once where it is small, else by a worker, for who asked."""

from typing import NamedTuple

from .. import papers
from ..access import Actor
from ..annexes import comparing
from ..annexes.looking import Content
from ..annexes.reading import references, unseen
from ..annexes.working import SMALL, lines
from ..errors import NotFound
from ..jobs import commands as jobs
from ..jobs.commands import Task, Way, work
from ..jobs.models import Job, Stage
from ..printing.formats import FORMATS
from ..reports import queries as reports
from ..reports.models import Annex
from ..words import Words
from . import keeping

DONE = Words("Het bestand staat klaar.", "The file is ready.")


class Copy(NamedTuple):
    """An annex as a file."""

    name: str
    mimetype: str
    data: bytes


def copied(content: Content, format_: str, language: str) -> Copy:
    """What an annex says, in one of `FORMATS`. Raises NotFound for a format that there is not."""
    if format_ not in FORMATS:
        raise NotFound
    one = FORMATS[format_]
    return Copy(_name(content, format_), one.mimetype, one.write(content, language))


def _name(content: Content, format_: str) -> str:
    told = content["number"] or f"{content['reference'] or 'concept'}-{content['asOf']}"
    return f"bijlage-{told}.{format_}"


def large(annex: Annex, format_: str) -> bool:
    """Whether a file takes longer than a person waits: what was frozen has to be composed no
    more, so that only a document takes time."""
    frozen = reports.freeze(annex.id)
    if frozen is None:
        return lines(annex) > SMALL
    count = len(frozen.content["commitments"]) + len(frozen.content["initiatives"])
    return count > SMALL and format_ in papers.FORMATS


# --- by a worker --------------------------------------------------------------------------


@work("annex-file", Words("Bijlage als bestand maken", "Making a file of an annex"))
def write_large(actor: Actor, task: Task) -> None:
    """Write a large annex, as who asked may see it."""
    annex = reports.annex(actor, task.payload["annex"])
    steps = 0

    def step(done: int, total: int) -> None:
        nonlocal steps
        steps = total
        task.step(done, total + 1)

    content = comparing.of(annex, actor, step=step)
    task.step(steps, steps + 1)
    made = copied(content, task.payload["format"], task.language)
    keeping.keep(task.key, made.data)
    told = {"name": made.name, "mimetype": made.mimetype, "view": int(actor.view)}
    task.ended(DONE, {**told, "references": sorted(references(content))})


def ask(actor: Actor, annex: Annex, format_: str, *, language: str, to: Way) -> Job:
    """Have a worker write a file; `made` hands it out. Raises NotSignedIn."""
    if format_ not in FORMATS:
        raise NotFound
    asked, about = {"annex": annex.reference, "format": format_}, _about(actor, annex, format_)
    return jobs.ask(actor, write_large, asked, about=about, language=language, to=to)


def _about(actor: Actor, annex: Annex, format_: str) -> str:
    return f"annex-file:{annex.reference}:{format_}:{actor.account_id}"


def made(actor: Actor, annex: Annex, format_: str) -> Copy:
    """The file that a worker wrote for this person last. Raises NotFound where there is none any
    more, and where it tells more than they may see by now."""
    job = jobs.about(actor, _about(actor, annex, format_))
    if job.state != Stage.DONE or job.result is None:
        raise NotFound
    told = job.result
    if int(actor.view) < told["view"] or unseen(actor, set(told["references"])):
        raise NotFound
    return Copy(told["name"], told["mimetype"], keeping.kept(job.key))


def ready(actor: Actor, annex: Annex, format_: str) -> Job | None:
    """The work that wrote a file that is still kept."""
    try:
        job = jobs.about(actor, _about(actor, annex, format_))
    except NotFound:
        return None
    return job if job.state == Stage.DONE and keeping.there(job.key) else None
