"""Handing in and judging: of drafts, and of changes to what is published."""

from collections.abc import Collection, Mapping
from typing import Any

from .. import clock, editing, ledger, naming, nesting, schema
from ..access import Actor, Permission, may_propose, require
from ..command import command
from ..db import session
from ..errors import Conflict, Forbidden, Invalid, Message, NotFound, NotSignedIn
from ..fields import UNREADABLE, Rows
from ..kind import Kind
from ..nesting import new_key
from ..reasons import checked
from ..record import Record, State
from ..words import Words
from . import queries
from .comparing import overtaken
from .models import OPEN, Revision, RevisionState
from .readiness import missing

LONGEST = 1000
PROPOSED = "proposal"
JUDGED = {RevisionState.PUBLISHED: "proposal-adopted", RevisionState.RETURNED: "proposal-returned"}
"""Topics of the mail that tells of revisions."""
DONE = {RevisionState.PUBLISHED: "adopted", RevisionState.RETURNED: "returned"}
"""Their names among the steps of a revision."""
NOT_READY = Words(
    "Nog niet ingediend: er ontbreekt iets.", "Not submitted yet: something is missing."
)
SAY_WHY = Message("Say what should change.", "Schrijf wat er anders moet.", "required")
TOO_LONG = Message("At most {max} characters.", "Hoogstens {max} tekens.", "too_long")
NOTHING = Message("This changes nothing.", "Dit verandert niets.", "unchanged")
NOTHING_LEFT = Message(
    "Nothing that you proposed is left. Withdraw the proposal if you mean that.",
    "Er blijft niets over van wat u voorstelde. Trek het voorstel in als u dat bedoelt.",
    "unchanged",
)
ALL_OF_IT = Words(
    "Dit is alles wat u voorstelt. Trek het hele voorstel in.",
    "This is all that you propose. Withdraw the whole proposal.",
)
SEND_BACK = Words(
    "Stuur het voorstel terug, dan kan de indiener van de nieuwe tekst uitgaan.",
    "Send the proposal back, so that its author can start from the new text.",
)
DECIDE = Words(
    "Neem dit terug uit uw voorstel, of stel het opnieuw voor.",
    "Take this back from your proposal, or propose it anew.",
)


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
    without: Collection[str] = (),
) -> Revision:
    """Propose a change of a published record; readers keep what is published.

    Who has an open proposal for the record adds to it; the fields `without` fall out of it.
    Raises Invalid, Forbidden or Stale.
    """
    if not proposes(actor, kind, entity.record):
        require(actor, kind.edit, entity.record)
        raise Forbidden
    editing.expect(entity, version)
    schema.load_onto(kind.schema(), entity, payload)
    found = queries.open_by(actor, entity.record) or _new(actor, entity)
    if not payload:
        raise Invalid({"_schema": [NOTHING_LEFT if found.payload else NOTHING]})
    if lost := overtaken(kind, found) - payload.keys() - set(without):
        raise Conflict(_told_overtaken(kind, lost, DECIDE))
    kept = {name: value for name, value in found.payload.items() if name not in without}
    whole = {**kept, **_keyed(kind, entity, payload)}
    checked(kind.schema(), entity, whole)
    found.reason = reason or found.reason
    return _waiting(actor, found, entity, whole)


def _keyed(kind: Kind, entity: Any, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with a key for every new row, so that it is the same row when it comes back."""
    current = schema.editable(kind.schema(), entity)
    told = dict(payload)
    for name, field in kind.dictionary.load_fields.items():
        key = field.data_key or name
        if isinstance(field, Rows) and payload.get(key):
            merged = nesting.merge(field.schema, current[key], payload[key])
            pairs = zip(payload[key], merged, strict=True)
            told[key] = [{**row, "key": whole.get("key") or new_key()} for row, whole in pairs]
    return told


def _waiting(actor: Actor, found: Revision, entity: Any, payload: dict[str, Any]) -> Revision:
    """Hand a revision in with this payload."""
    found.noted(actor, "proposed", fields=payload)
    found.payload = payload
    found.base_version, found.state = entity.record.version, RevisionState.SUBMITTED
    found.updated_at = clock.now()
    session().add(found)
    session().flush()
    ledger.post(session(), PROPOSED, {"revision": found.key})
    return found


def proposes(actor: Actor, kind: Kind, record: Record) -> bool:
    """Whether what `actor` changes in this record is a proposal."""
    return may_propose(actor, record, queries.near(actor, kind, record))


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
    if lost := overtaken(kind, revision):
        raise Conflict(_told_overtaken(kind, lost, SEND_BACK))
    editing.lay(revision.author(actor.door), kind, entity, revision.payload, None)
    proposed = f"Voorstel van {_place(revision)}"
    editing.noted(entity, "adopt", ". ".join(filter(None, (proposed, revision.reason, *marks))))
    _judged(actor, revision, RevisionState.PUBLISHED)
    return entity


@command
def return_revision(actor: Actor, revision: Revision, *, note: str) -> None:
    """Send a revision back to its author, with what should change."""
    require(actor, Permission.RECORD_PUBLISH, revision.record)
    _must_wait(revision)
    revision.note = _said(note)
    _judged(actor, revision, RevisionState.RETURNED)


@command
def take_back(actor: Actor, kind: Kind, entity: Any, revision: Revision, name: str) -> Revision:
    """Let one field fall out of one's own revision; the others stay as they were proposed.

    Raises NotFound where it is not in there, Conflict where it is all that is proposed, and
    Invalid where the others do not fit without it.
    """
    _must_be_own(actor, revision)
    if name not in revision.payload:
        raise NotFound
    left = {other: value for other, value in revision.payload.items() if other != name}
    if not left:
        raise Conflict(ALL_OF_IT)
    schema.load_onto(kind.schema(), entity, left)
    revision.noted(actor, "taken_back", fields={name: revision.payload[name]})
    revision.payload, revision.updated_at = left, clock.now()
    return revision


@command
def retract(actor: Actor, revision: Revision) -> None:
    """Take one's own revision back."""
    _must_be_own(actor, revision)
    revision.noted(actor, "withdrawn")
    revision.state, revision.updated_at = RevisionState.WITHDRAWN, clock.now()


def _must_be_own(actor: Actor, revision: Revision) -> None:
    if actor.account_id is None or actor.account_id != revision.author_id:
        raise Forbidden
    session().refresh(revision, with_for_update=True)
    if revision.state not in OPEN:
        raise editing.done()


def _must_wait(revision: Revision) -> None:
    session().refresh(revision, with_for_update=True)
    if revision.state != RevisionState.SUBMITTED:
        raise editing.done()


def _judged(actor: Actor, revision: Revision, state: RevisionState) -> None:
    topic = JUDGED[state]
    ledger.post(session(), topic, {"revision": revision.key, "account": revision.author_id})
    told = {"note": revision.note} if state == RevisionState.RETURNED else {}
    revision.noted(actor, DONE[state], **told)
    revision.state, revision.reviewed_at = state, clock.now()
    revision.reviewer_id, revision.reviewer_name = actor.account_id, actor.name
    revision.updated_at = revision.reviewed_at


def _place(revision: Revision) -> str:
    """The organisation that a revision comes from: the history is read by everybody."""
    home = revision.author_rights.get("home")
    return naming.openly(home)


def _told_overtaken(kind: Kind, names: set[str], advice: Words) -> Words:
    fields = kind.dictionary.described().items()
    labels = [field.about.words for name, field in fields if (field.data_key or name) in names]
    nl, en = (", ".join(label.in_(lang) for label in labels) for lang in ("nl", "en"))
    return Words(
        f"Intussen is hetzelfde gegeven al gewijzigd ({nl}). {advice.nl}",
        f"The same field has been changed in the meantime ({en}). {advice.en}",
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
