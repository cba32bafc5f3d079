"""Handing in and judging: of drafts, and of changes to what is published."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from .. import clock, editing, ledger, schema
from ..access import Actor, Permission, may_propose, require
from ..command import command
from ..db import session
from ..errors import Conflict, Forbidden, Invalid, Message, NotSignedIn
from ..fields import UNREADABLE
from ..kind import Kind
from ..ledger import Change
from ..nesting import new_key
from ..record import Record, State
from ..words import Words
from .models import OPEN, Revision, Standing
from .queries import involved
from .readiness import missing

LONGEST = 1000
PROPOSED = "proposal"
JUDGED = {Standing.PUBLISHED: "proposal-adopted", Standing.RETURNED: "proposal-returned"}
"""Topics of the mail that tells of revisions."""
NOT_READY = Words(
    "Nog niet ingediend: er ontbreekt iets.", "Not submitted yet: something is missing."
)
SAY_WHY = Message("Say what should change.", "Schrijf wat er anders moet.", "required")
TOO_LONG = Message("At most {max} characters.", "Hoogstens {max} tekens.", "too_long")
NOTHING = Message("This changes nothing.", "Dit verandert niets.", "unchanged")


@command
def submit(actor: Actor, kind: Kind, entity: Any, *, version: int | None = None) -> Any:
    """Hand a draft to the secretariat. Raises Invalid with everything that is still missing."""
    require(actor, kind.edit, entity.record)
    editing.expect(entity, version)
    record = entity.record
    if record.state not in (State.DRAFT, State.RETURNED):
        raise editing.done()
    if lacking := missing(actor, kind, entity):
        raise Invalid(lacking, NOT_READY)
    record.state, record.review_note = State.SUBMITTED, None
    record.submitter_id, record.submitted_at = actor.account_id, clock.now()
    return _told(entity, "submit")


@command
def send_back(
    actor: Actor, kind: Kind, entity: Any, *, note: str, version: int | None = None
) -> Any:
    """Return what was submitted to its maker, with what should change."""
    require(actor, Permission.RECORD_PUBLISH, entity.record)
    editing.expect(entity, version)
    if entity.record.state != State.SUBMITTED:
        raise editing.done()
    entity.record.review_note = _said(note)
    editing.reviewed(actor, entity.record)
    entity.record.state = State.RETURNED
    return _told(entity, "return", entity.record.review_note)


@command
def propose(
    actor: Actor,
    kind: Kind,
    entity: Any,
    payload: Mapping[str, Any],
    *,
    version: int | None = None,
    reason: str | None = None,
) -> Revision:
    """Propose a change of a published record; readers keep what is published.

    Who has an open proposal for the record adds to it. Raises Invalid, Forbidden or Stale.
    """
    if not proposes(actor, kind, entity):
        require(actor, kind.edit, entity.record)
        raise Forbidden
    editing.expect(entity, version)
    schema.load_onto(kind.schema(), entity, payload)
    if not payload:
        raise Invalid({"_schema": [NOTHING]})
    found = _open_by(actor, entity.record.id) or _new(actor, entity)
    if overtaken := _overtaken(kind, found) - payload.keys():
        raise Conflict(_told_overtaken(overtaken))
    found.reason = reason or found.reason
    return _waiting(found, entity, payload)


def _waiting(found: Revision, entity: Any, payload: Mapping[str, Any]) -> Revision:
    """Hand a revision in, with `payload` laid over what it held."""
    found.payload = {**found.payload, **payload}
    found.base_version, found.state = entity.record.version, Standing.SUBMITTED
    found.updated_at = clock.now()
    session().add(found)
    session().flush()
    ledger.post(session(), PROPOSED, {"revision": found.key})
    return found


def proposes(actor: Actor, kind: Kind, entity: Any) -> bool:
    """Whether what `actor` changes in this record is a proposal."""
    return may_propose(actor, entity.record, involved(kind, entity))


def _open_by(actor: Actor, record_id: int) -> Revision | None:
    query = select(Revision).where(
        Revision.record_id == record_id,
        Revision.author_id == actor.account_id,
        Revision.state.in_(OPEN),
    )
    return session().scalar(query)


def _new(actor: Actor, entity: Any) -> Revision:
    if actor.account_id is None:
        raise NotSignedIn
    return Revision(
        key=new_key(),
        record_id=entity.record.id,
        payload={},
        author_id=actor.account_id,
        author_name=actor.name,
        author_rights={
            "roles": sorted(actor.roles),
            "organisations": sorted(actor.organisations),
            "home": actor.home_id,
        },
        created_at=clock.now(),
    )


@command
def adopt(actor: Actor, kind: Kind, entity: Any, revision: Revision) -> Any:
    """Publish a revision: lay it over the record on behalf of its author.

    Raises Conflict where another change since its making touched the same fields.
    """
    require(actor, Permission.RECORD_PUBLISH, entity.record)
    if entity.record.state != State.PUBLISHED:
        raise Conflict(editing.UNPUBLISHED)
    _must_wait(revision)
    marks = [judge(actor, revision.author_id) for judge in editing.judging]
    if overtaken := _overtaken(kind, revision):
        raise Conflict(_told_overtaken(overtaken))
    editing.lay(revision.author(actor.door), kind, entity, revision.payload, None)
    proposed = f"Voorstel van {_place(revision)}"
    editing.noted(entity, "adopt", ". ".join(filter(None, (proposed, revision.reason, *marks))))
    _judged(actor, revision, Standing.PUBLISHED)
    return entity


@command
def return_revision(actor: Actor, revision: Revision, *, note: str) -> None:
    """Send a revision back to its author, with what should change."""
    require(actor, Permission.RECORD_PUBLISH, revision.record)
    _must_wait(revision)
    revision.note = _said(note)
    _judged(actor, revision, Standing.RETURNED)


@command
def retract(actor: Actor, revision: Revision) -> None:
    """Take one's own revision back."""
    if actor.account_id is None or actor.account_id != revision.author_id:
        raise Forbidden
    if revision.state not in OPEN:
        raise editing.done()
    revision.state, revision.updated_at = Standing.WITHDRAWN, clock.now()


def _must_wait(revision: Revision) -> None:
    session().refresh(revision, with_for_update=True)
    if revision.state != Standing.SUBMITTED:
        raise editing.done()


def _judged(actor: Actor, revision: Revision, standing: Standing) -> None:
    topic = JUDGED[standing]
    ledger.post(session(), topic, {"revision": revision.key, "account": revision.author_id})
    revision.state, revision.reviewed_at = standing, clock.now()
    revision.reviewer_id, revision.reviewer_name = actor.account_id, actor.name
    revision.updated_at = revision.reviewed_at


def _place(revision: Revision) -> str:
    """The organisation that a revision comes from: the history is read by everybody."""
    home = revision.author_rights.get("home")
    return session().get_one(Record, home).title if home is not None else "een invoerder"


def _overtaken(kind: Kind, revision: Revision) -> set[str]:
    """The fields of the revision that were changed after its author saw them."""
    if not revision.payload:
        return set()
    query = select(Change.changes).where(
        Change.record_id == revision.record_id,
        Change.version > revision.base_version,
        Change.subject.is_(None),
    )
    pairs = (pair for changes in session().scalars(query) for pair in changes)
    touched = {pair["path"].partition("[")[0].partition(".")[0] for pair in pairs}
    fields = {f.data_key or n: f for n, f in kind.dictionary.load_fields.items()}
    # One field may stand on two columns: madeAtEvent and madeAtDocument are parts of madeAt.
    parted = {n for n, f in fields.items() if isinstance(getattr(f, "parts", None), Mapping)}
    return {
        name
        for name in revision.payload
        if name in touched or (name in parted and any(t.startswith(name) for t in touched))
    }


def _told_overtaken(names: set[str]) -> Words:
    told = ", ".join(sorted(names))
    return Words(
        f"Intussen is hetzelfde gegeven al gewijzigd ({told}). Stuur het voorstel terug, dan kan "
        "de indiener van de nieuwe tekst uitgaan.",
        f"The same field has been changed in the meantime ({told}). Send the proposal back, so "
        "that its author can start from the new text.",
    )


def _said(note: str) -> str:
    said = UNREADABLE.sub(" ", note).strip()
    if not said:
        raise Invalid({"note": [SAY_WHY]})
    if len(said) > LONGEST:
        raise Invalid({"note": [TOO_LONG.format(max=LONGEST)]})
    return said


def _told(entity: Any, action: str, reason: str | None = None) -> Any:
    """Note the step, and ask for the mail that tells of it."""
    editing.noted(entity, action, reason)
    editing.tell(entity, action)
    return entity
