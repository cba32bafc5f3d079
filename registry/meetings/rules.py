"""What came of a meeting is never seen by more people than the meeting: it follows when fewer may
see that. Going wider again is a person's choice, record by record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from .. import clock, editing
from ..access import LEVEL, Actor
from ..commitments.schemas import COMMITMENT
from ..kind import Kind
from ..record import Record, State
from ..sources.schemas import DOCUMENT
from .queries import made_agreements, made_minutes, meetings_of_agreement, meetings_of_minutes
from .schemas import MEETING

WHY = "Volgt het overleg waar dit uit voortkomt"  # Dutch, as it is stored


def follow(actor: Actor, kind: Kind, entity: Any) -> None:
    """Let the minutes and the agreements follow. An agreement stays in the current lists when its
    meeting is filed: it is to be kept."""
    if kind is not MEETING:
        return
    for reference in made_minutes(entity.id):
        document = editing.one(DOCUMENT, actor, reference)
        meetings = meetings_of_minutes(document.id)
        _narrow(actor, DOCUMENT, document, meetings)
        _file(actor, document, meetings)
    for reference in made_agreements(entity.id):
        agreement = editing.one(COMMITMENT, actor, reference)
        _narrow(actor, COMMITMENT, agreement, meetings_of_agreement(agreement.id))


def _narrow(actor: Actor, kind: Kind, entity: Any, meetings: Sequence[Record]) -> None:
    """Show it to no more people than its meetings together are shown to."""
    record: Record = entity.record
    if not meetings:
        editing.withdraw(actor, kind, entity, reason=WHY)
        return
    widest = min((meeting.audience for meeting in meetings), key=LEVEL.__getitem__)
    audience = max(record.audience, widest, key=LEVEL.__getitem__)
    now = clock.now()
    until = max(_opens(record, now), min(_opens(meeting, now) for meeting in meetings))
    if (audience, until) == (record.audience, _opens(record, now)):
        return
    archived = record.state == State.ARCHIVED
    waits = until if until > now else None
    editing.publish(actor, kind, entity, audience=audience, embargo_until=waits)
    if archived:
        editing.archive(actor, kind, entity)
    editing.noted(entity, "publish", WHY)


def _opens(record: Record, now: datetime) -> datetime:
    """From when it is read; what is read already opens now, so that moments compare."""
    return max(record.embargo_until or now, now)


def _file(actor: Actor, document: Any, meetings: Sequence[Record]) -> None:
    states = {meeting.state for meeting in meetings}
    if states == {State.ARCHIVED} and document.record.state == State.PUBLISHED:
        editing.archive(actor, DOCUMENT, document)
        editing.noted(document, "archive", WHY)


editing.following.append(follow)
