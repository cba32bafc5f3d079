"""Confirming from which day words were read, and reading a date anew by the conventions of now."""

import re
from datetime import date
from typing import Any

from sqlalchemy import select

from .. import clock, editing, ledger, schema
from ..access import Actor, Permission, require
from ..command import command
from ..db import session
from ..errors import Conflict, NotFound
from ..kind import Kind
from ..words import Words
from .models import PolicyConfirmation

PLACE = re.compile(r"(?P<list>[A-Za-z]+)\[(?P<key>[a-z0-9-]+)\]\.(?P<field>[A-Za-z]+)", re.ASCII)
REREAD = "Opnieuw gelezen volgens de leesafspraken"  # Dutch, as it is stored
CONFIRM, READING = "confirm_reading", "reading"  # what the book calls it
NO_ANCHOR = Words(
    "Deze woorden zijn niet vanaf een dag gelezen.", "These words were not read from a day."
)
Payload = dict[str, Any]


@command
def confirm(actor: Actor, kind: Kind, entity: Any, path: str) -> PolicyConfirmation:
    """Say that the words at `path` count from the day that is stored with them."""
    require(actor, Permission.VOCABULARY_EDIT)
    _, found = _at(kind, entity, path)
    if not found.get("anchor"):
        raise Conflict(NO_ANCHOR)
    query = select(PolicyConfirmation).filter_by(record_id=entity.id, path=path)
    row = session().scalar(query) or PolicyConfirmation(record_id=entity.id, path=path)
    row.words, row.anchor = found["text"], date.fromisoformat(found["anchor"])
    row.account_id, row.confirmed_at = actor.account_id, clock.now()
    session().add(row)
    session().flush()
    told = {"words": row.words, "anchor": row.anchor.isoformat()}
    of = entity.record
    ledger.say(session(), ledger.Statement(CONFIRM, READING, of.reference, told, of))
    return row


@command
def reread(actor: Actor, kind: Kind, entity: Any, path: str, *, version: int | None = None) -> Any:
    """Read the words at `path` by the conventions of now; the history tells what it was."""
    require(actor, Permission.VOCABULARY_EDIT)
    place, found = _at(kind, entity, path)
    words = {"text": found["text"], "anchor": found["anchor"]}
    return editing.revise(
        actor, kind, entity, _payload(kind, entity, place, words), version=version, reason=REREAD
    )


def _at(kind: Kind, entity: Any, path: str) -> tuple[re.Match[str] | str, Payload]:
    """The place of a date and the date itself. Raises NotFound."""
    current = schema.editable(kind.dictionary, entity)
    if match := PLACE.fullmatch(path):
        rows = current.get(match["list"])
        keyed = {row.get("key"): row for row in rows} if isinstance(rows, list) else {}
        found = keyed.get(match["key"], {}).get(match["field"])
    else:
        found = current.get(path)
    if not isinstance(found, dict) or not found.get("text") or "anchor" not in found:
        raise NotFound
    return match or path, found


def _payload(kind: Kind, entity: Any, place: re.Match[str] | str, words: Payload) -> Payload:
    current = schema.editable(kind.dictionary, entity)
    if isinstance(place, str):
        more = {}
        if place == "due" and "moves" in current:
            more = {"moves": [*current["moves"], {"change": "reread", "why": REREAD}]}
        return {place: words, **more}
    rows = [
        {**row, place["field"]: words} if row["key"] == place["key"] else row
        for row in current[place["list"]]
    ]
    return {place["list"]: rows}
