"""Putting an earlier version of a record back, along the path of every change."""

from typing import Any

from .. import editing, ledger
from ..access import Actor, require
from ..command import command
from ..db import session
from ..errors import Conflict, Invalid, Stale
from ..kind import Kind
from ..ledger import Change
from ..words import Words
from . import queries, replay
from .payloads import Payload, difference, told

SAME = Words(
    "Het staat er al zo als in deze versie.", "It already stands as it did in this version."
)


@command
def put_back(
    actor: Actor,
    kind: Kind,
    entity: Any,
    earlier: int,
    *,
    version: int | None = None,
    reason: str | None = None,
) -> Any:
    """Give a record the fields that it had in version `earlier`; how it is published stays.

    Raises NotFound where there is no such version, Conflict where nothing would change, and
    Invalid with all that cannot come back.
    """
    require(actor, kind.edit, entity.record)
    if version is not None and version != entity.record.version:
        raise Stale
    payload = missing(actor, kind, entity, earlier)
    if not payload:
        raise Conflict(SAME)
    noted = ledger.entry(session(), entity.record)
    noted.restored_version = earlier
    try:
        editing.revise(actor, kind, entity, payload, reason=reason)
    except Invalid as refused:
        raise Invalid(told(refused.errors, payload)) from refused
    noted.action = "put_back"
    return entity


def missing(actor: Actor, kind: Kind, entity: Any, earlier: int) -> Payload:
    """What has to change for `entity` to stand as in version `earlier`. Raises NotFound."""
    record = entity.record
    then = replay.laid_out(queries.up_to_version(record, earlier))
    now = replay.laid_out(queries.up_to_version(record, record.version))
    return difference(kind, actor, then, now, replay.targets(kind, then))


def made(entity: Any, version: int) -> Change:
    """The change that made this version of a record. Raises NotFound."""
    return queries.up_to_version(entity.record, version)[-1]


def step(entity: Any, earlier: int) -> Change:
    """The same in the words of the book, for the eye; in no session. Raises NotFound."""
    record = entity.record
    then = replay.values(queries.up_to_version(record, earlier))
    now = replay.values(queries.up_to_version(record, record.version))
    found = [pair for pair in ledger.pairs(now, then) if pair["path"] not in replay.OF_THE_RECORD]
    found.sort(key=lambda pair: str(pair["path"]))
    return Change(seq=record.last_seq, record_id=record.id, changes=found)
