"""Changing a whole list: looked at and carried out by a worker."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import select

from .. import clock, listing
from ..access import Actor, can, require
from ..db import session
from ..downloads.writing import items
from ..errors import Conflict
from ..jobs.commands import Task, about, work
from ..kind import Kind
from ..record import Record
from ..uploads import drawing
from ..uploads.commands import CHANGED, REFUSED, Outcome, Rejected
from ..words import Words
from .changes import BULKS, Bulk
from .commands import Run, change, rehearse

AT_ONCE = 100
MOST = 20_000
ABOUT = "bulk {}"
LOOKED = Words("De wijziging is doorgerekend.", "The change has been worked out.")
MANY = Words(
    "Deze lijst is langer dan 20.000. Kies eerst een filter.",
    "This list is longer than 20,000. Choose a filter first.",
)


@work("bulk-look", Words("Wijziging doorrekenen", "Working out a change"))
def look_at_all(actor: Actor, task: Task) -> None:
    """What a change would do to all records of a list."""
    bulk, asked = _bulk(task.payload["kind"]), task.payload["asked"]
    require(actor, bulk.kind.edit)
    with clock.seen_as_of(date.fromisoformat(task.payload["asOf"])):
        found = list(islice(changeable(bulk.kind, actor, task.payload["question"]), MOST + 1))
        if len(found) > MOST:
            raise Conflict(MANY)
        versions = {item["reference"]: item["version"] for item in found}
        outcomes = rehearse(actor, Run(bulk, versions, asked, task.language, task.step))
    preview = drawing.summary(outcomes, [], [], task.language)
    task.ended(LOOKED, {"preview": preview})


@work("bulk-change", Words("Gegevens wijzigen", "Changing records"))
def change_all(actor: Actor, task: Task) -> None:
    """Change what was looked at, from the versions that were."""
    looked = about(actor, ABOUT.format(task.payload["token"]))
    bulk, asked = _bulk(looked.payload["kind"]), looked.payload["asked"]
    require(actor, bulk.kind.edit)
    versions: dict[str, int] = (looked.result or {})["preview"]["versions"]
    run = Run(bulk, versions, asked, task.language, task.step)
    try:
        with clock.seen_as_of(date.fromisoformat(looked.payload["asOf"])):
            change(actor, run, lambda done: task.ended(changed(done)))
    except Rejected as refused:
        raise Conflict(_why(refused.outcomes)) from refused


def changed(outcomes: list[Outcome]) -> Words:
    """What is said of what was changed."""
    count = sum(outcome.what == CHANGED for outcome in outcomes)
    return Words(f"{count} gewijzigd.", f"{count} changed.")


def _why(outcomes: list[Outcome]) -> Words:
    refused = [outcome for outcome in outcomes if outcome.what == REFUSED]
    names = ", ".join(str(outcome.reference) for outcome in refused[:10])
    return Words(
        f"Er is niets gewijzigd: {len(refused)} geweigerd ({names}). Bekijk opnieuw wat het doet.",
        f"Nothing was changed: {len(refused)} refused ({names}). See again what it does.",
    )


def changeable(kind: Kind, actor: Actor, asked: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """The JSON of the records of a list that this person may change."""
    found = items(kind, actor, listing.ask(kind, actor, asked, html=True))
    while batch := list(islice(found, AT_ONCE)):
        query = select(Record).where(Record.reference.in_([item["reference"] for item in batch]))
        known = {record.reference: record for record in session().scalars(query)}
        yield from (item for item in batch if can(actor, kind.edit, known[item["reference"]]))


def _bulk(name: str) -> Bulk:
    return next(bulk for bulk in BULKS if bulk.kind.name == name)
