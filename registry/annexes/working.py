"""Freezing an annex: at once where it is small, else by a worker that tells how far it is."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from ..access import Actor
from ..db import session
from ..jobs import commands as jobs
from ..jobs.commands import Task, Way, work
from ..jobs.models import Job
from ..record import Record
from ..reports import queries as reports
from ..reports import scope
from ..reports.models import Annex, AnnexFreeze
from ..words import Words
from . import commands

SMALL = 300
"""Lines that are composed and kept while a person waits."""


@work("annex", Words("Bijlage vaststellen", "Freezing an annex"))
def freeze_large(actor: Actor, task: Task) -> None:
    """Freeze a large annex."""
    annex = reports.annex(actor, task.payload["annex"])
    commands.freeze(
        actor,
        annex,
        task.payload["asked"],
        step=task.step,
        ending=lambda made: task.ended(_done(made), {"number": made.number}),
    )


def _done(made: AnnexFreeze) -> Words:
    return Words(
        f"De bijlage is vastgesteld als {made.number}.", f"The annex was frozen as {made.number}."
    )


def freeze(
    actor: Actor, annex: Annex, payload: Mapping[str, Any], *, language: str, to: Way
) -> AnnexFreeze | Job:
    """Freeze an annex, or ask a worker to. `to`: the page that shows what was done, and the one to
    go back to. Raises as `commands.freeze` does."""
    if lines(annex) <= SMALL:
        return commands.freeze(actor, annex, payload)
    asked = {"annex": annex.reference, "asked": dict(payload)}
    about = f"annex:{annex.reference}"
    return jobs.ask(actor, freeze_large, asked, about=about, language=language, to=to)


def lines(annex: Annex) -> int:
    """How many lines an annex has, for whoever sees all of them."""
    limits, count = scope.of(annex), 0
    for kind in scope.LINED:
        query = select(func.count()).select_from(kind.model)
        query = query.join(Record, Record.id == kind.model.id)
        count += session().scalar(query.where(*limits.of(kind))) or 0
    return count
