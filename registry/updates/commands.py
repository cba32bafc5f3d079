"""Reporting how things stand, and releasing a report to all readers of the record."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from .. import clock, editing, ledger
from ..access import Actor, Permission, require
from ..command import command
from ..db import rfc3339, session
from ..errors import Conflict, Forbidden, Invalid, Message, NotFound, NotSignedIn
from ..fields import UNREADABLE
from ..kind import Kind
from ..nesting import new_key
from ..record import Record
from ..schema import MESSAGES, loaded
from ..words import Words
from . import queries
from .models import Evidence, Update
from .schemas import UNCHANGED, ReportSchema

UNKNOWN = Message(
    "There is no such report of this record.",
    "Die melding is er niet bij dit gegeven.",
    "unknown_reference",
)
NOT_YOURS = Message(
    "You do not report on behalf of this organisation here.",
    "Namens deze organisatie meldt u hier niet.",
    "not_allowed",
)
ANOTHER = Message(
    "A correction is of the organisation that made the report.",
    "Een correctie is van de organisatie die de melding deed.",
    "not_allowed",
)
AGAIN = Message(
    "This was corrected already; correct the correction.",
    "Dit is al gecorrigeerd; corrigeer de correctie.",
    "duplicate",
)
HELD = Words(
    "Dit hoort bij een uitvraag die nog loopt; vrijgeven kan als die gesloten is.",
    "This belongs to a reporting round that is still open; it can be released once that is closed.",
)
reported: list[Callable[[Update], None]] = []
"""What higher rooms do with a report, inside its command."""
holding: list[Callable[[Update], bool]] = []
"""Whether a higher room keeps a report from readers outside the core group for now."""
freezing: list[Callable[[Update], bool]] = []
"""Whether a higher room has fixed a report as it is."""


@command
def report(
    actor: Actor,
    kind: Kind,
    entity: Any,
    payload: Mapping[str, Any],
    *,
    organisation: int | None = None,
) -> Update:
    """Add to the series of a record; `replaces` is the key of the report that this corrects."""
    _hold(entity.record)
    _require(actor, kind, entity)
    given = _object(payload)
    corrects = _corrected(actor, entity, given.pop("replaces", None))
    values = _loaded(given)
    rows, chosen = values.pop("evidence"), values.pop("organisation", None)
    by = _on_behalf(actor, kind, entity, organisation or (chosen and chosen.id), corrects)
    made = Update(
        key=new_key(),
        record_id=entity.record.id,
        organisation_id=by,
        replaces_id=corrects.id if corrects else None,
        **_by(actor),
        evidence=[_evidence(row, position) for position, row in enumerate(rows)],
        **values,
    )
    session().add(made)
    session().flush()
    _tell(entity, made)
    return made


def _by(actor: Actor) -> dict[str, Any]:
    who = {"actor_id": actor.account_id, "actor_name": actor.name}
    return {**who, "reported_at": clock.now()}


def _hold(record: Record) -> None:
    """Let nobody merge or withdraw the record meanwhile: its version will not tell them."""
    names = ["version", "state", "deleted_at"]
    session().refresh(record, names, with_for_update={"read": True})
    if record.deleted_at is not None:
        raise NotFound


def fixed(update: Update) -> bool:
    """Whether others rely on this report as it is: only a correction adds to it then."""
    return update.released_at is not None or any(frozen(update) for frozen in freezing)


def _tell(entity: Any, made: Update) -> None:
    for take in reported:
        take(made)
    topic = "update", {"record": entity.record.id, "update": made.id}
    say(entity, made, "update", queries.facts(made), topic)


def say(
    entity: Any,
    update: Update,
    action: str,
    values: dict[str, Any],
    *topics: tuple[str, dict[str, Any]],
) -> None:
    """Tell in the book what was done to a report; the record that it is about stays as it is."""
    record = entity.record
    told = ledger.Statement(action, queries.REPORT, update.key, values, record, [*topics])
    ledger.say(session(), told)


def no_change(actor: Actor, kind: Kind, entity: Any, organisation: str | None = None) -> Update:
    """Report that nothing changed, of the organisation with this reference if that was chosen."""
    chosen = {"organisation": organisation} if organisation else {}
    return report(actor, kind, entity, {"state": UNCHANGED, **chosen})


@command
def release(actor: Actor, kind: Kind, entity: Any, update: Update) -> Update:
    """Show a report to all who see the record; how it is judged stays with who takes part."""
    require(actor, Permission.RECORD_PUBLISH, entity.record)
    session().refresh(update, ["released_at"], with_for_update=True)
    if update.released_at is not None:
        raise editing.done()
    if any(held(update) for held in holding):
        raise Conflict(HELD)
    update.released_at = clock.now()
    say(entity, update, "release_update", {"releasedAt": rfc3339(update.released_at)})
    return update


def _require(actor: Actor, kind: Kind, entity: Any) -> None:
    if not queries.may_report(actor, kind, entity.record):
        raise Forbidden if actor.signed_in or actor.editorial else NotSignedIn


def _object(payload: Mapping[str, Any]) -> dict[str, Any]:
    if not hasattr(payload, "keys"):  # JSON that is no object
        raise Invalid({"_schema": [MESSAGES["type"]]})
    return dict(payload)


def _loaded(payload: Mapping[str, Any]) -> dict[str, Any]:
    values = loaded(ReportSchema(), payload)
    return {**values, "day": values.get("day") or clock.today()}


def _corrected(actor: Actor, entity: Any, key: Any) -> Update | None:
    if key in (None, ""):
        return None
    if not isinstance(key, str) or UNREADABLE.search(key):
        raise Invalid({"replaces": [UNKNOWN]})
    query = queries.seen(actor).where(Update.record_id == entity.record.id, Update.key == key)
    found = session().scalar(query)
    if found is None or not _theirs(actor, found):
        raise Invalid({"replaces": [UNKNOWN]})
    if session().scalar(select(Update.id).where(Update.replaces_id == found.id)):
        raise Invalid({"replaces": [AGAIN]})
    return found


def _on_behalf(
    actor: Actor, kind: Kind, entity: Any, chosen: int | None, corrects: Update | None
) -> int | None:
    """Of which organisation a report is: as chosen, as what it corrects, or the nearest."""
    before = _as_before(actor, corrects)
    if chosen is None:
        return before or queries.reported_for(actor, kind, entity.record)
    if chosen not in queries.reporters(actor, kind, entity.record):
        raise Invalid({"organisation": [NOT_YOURS]})
    if before not in (None, chosen):
        raise Invalid({"organisation": [ANOTHER]})
    return chosen


def _as_before(actor: Actor, corrects: Update | None) -> int | None:
    """A correction is of the same one of their organisations as what it corrects."""
    before = corrects.organisation_id if corrects else None
    return before if before in actor.organisations else None


def _theirs(actor: Actor, update: Update) -> bool:
    """Whether this is a report that `actor` may correct: their own organisation's, or any for the
    secretariat."""
    return actor.editorial or update.organisation_id in actor.organisations


def _evidence(row: Mapping[str, Any], position: int) -> Evidence:
    """A key that somebody made up gives no hold on another row: each row gets its own."""
    values = {name: row.get(name) for name in ("why", "address", "document", "passage")}
    return Evidence(key=new_key(), position=position, **values)
