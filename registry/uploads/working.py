"""Looking at a kept file and reading it in: in a request where it is small, else by a worker."""

from pathlib import Path

from flask import current_app

from .. import tables
from ..access import Actor, require
from ..errors import RegistryError
from ..jobs.cli import rounds
from ..jobs.commands import Task, work
from ..kind import Kind, kind_named
from ..privacy.commands import erasing
from ..tables import EMPTY, Fault
from ..words import Words
from . import drawing, keeping, matching
from .commands import Ending, Rejected, Step, read_in, rehearse, silent
from .keeping import Kept

SMALL, SMALL_LISTS = 300, 3_000
"""Records, and rows of their lists, that are looked at while a person waits: a few seconds."""
MOST_FAULTS = 100
LOOKED = Words("Het bestand is vergeleken.", "The file has been compared.")


@work("upload", Words("Bestand vergelijken", "Comparing a file"))
def compare_large(actor: Actor, task: Task) -> None:
    """Compare a large file."""
    kind, kept = _of(actor, task)
    look(actor, kind, kept, task.language, task.step)
    task.ended(LOOKED)


@work("import", Words("Bestand inlezen", "Reading in a file"))
def read_large(actor: Actor, task: Task) -> None:
    """Read in a large file."""
    kind, kept = _of(actor, task)
    read(actor, kind, kept, task.step, lambda done: task.ended(drawing.done(done)))
    keeping.drop(kept)


def _of(actor: Actor, task: Task) -> tuple[Kind, Kept]:
    kind = kind_named(task.payload["kind"])
    require(actor, kind.edit)
    return kind, keeping.found(folder(), actor.account_id, kind.collection, task.payload["upload"])


def folder() -> Path:
    """Where uploaded files wait."""
    return Path(current_app.instance_path) / "uploads"


def _forget(account_id: int) -> None:
    keeping.forget(folder(), account_id)


def _sweep() -> None:
    keeping.sweep(folder())


erasing.append(_forget)
rounds.append(_sweep)


def measure(actor: Actor, kind: Kind, kept: Kept) -> None:
    """Find out whether a file is too large to look at while a person waits."""
    read = tables.read(kept.path, kept.name, [], first=SMALL_LISTS + 1)
    found = matching.sheets(read, kind, actor)
    many = found.main is not None and len(found.main.lines) > SMALL
    kept.large = many or any(len(sheet.lines) > SMALL_LISTS for sheet in found.lists.values())
    keeping.save(kept)


def look(actor: Actor, kind: Kind, kept: Kept, lang: str, step: Step = silent) -> None:
    """Keep what is wrong with a file, or what reading it in would do; neither where its columns
    are still to be matched: a file as it was downloaded is compared at once."""
    faults: list[Fault] = []
    kept.preview = None
    found = matching.sheets(tables.read(kept.path, kept.name, faults), kind, actor)
    faults += found.faults
    if not faults and not found.headings:
        faults.append(Fault(kept.name, 1, "A", EMPTY))
    if not faults and (kept.columns is not None or matching.as_downloaded(found, kind, actor)):
        items = matching.items(found, kind, actor, faults, kept.columns)
        if not faults:
            outcomes = rehearse(actor, kind, items, lang, step)
            unread = matching.unmatched(found, kept.columns) if kept.columns is not None else []
            kept.preview = drawing.summary(outcomes, unread, found.unread, lang)
    kept.faults = drawing.both(faults[:MOST_FAULTS])
    keeping.save(kept)


def read(actor: Actor, kind: Kind, kept: Kept, step: Step = silent, ending: Ending = len) -> Words:
    """Read a file in, all or nothing; what does not hold any more is kept to be shown. Says what
    was done. Raises RegistryError."""
    known = kept.preview or {}
    found = matching.sheets(tables.read(kept.path, kept.name, []), kind, actor)
    items = matching.items(found, kind, actor, [], kept.columns)
    lang, versions = known["lang"], known["versions"]
    try:
        done = read_in(actor, kind, items, lang, versions, step=step, ending=ending)
    except RegistryError as refused:
        if isinstance(refused, Rejected):
            left = (known["unread"], known["sheets"])
            kept.preview = drawing.summary(refused.outcomes, *left, lang)
            keeping.save(kept)
        raise
    return drawing.done(done)
