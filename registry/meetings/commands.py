"""What a meeting leads to: its minutes as a document, and action points as agreements."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .. import clock, editing, schema
from ..access import LEVEL, Actor, Permission, acting_as, can_see, require
from ..command import command
from ..commitments.schemas import COMMITMENT
from ..errors import Conflict, Invalid, Message, NotFound
from ..kind import Kind
from ..record import Record, State
from ..sources.models import Document
from ..sources.schemas import DOCUMENT
from ..words import Words
from .models import ActionPoint, Decision, Meeting
from .schemas import MEETING

OF_DECISION = re.compile(r"Besluit \d+")
UNPUBLISHED = Words(
    "Publiceer eerst het overleg: wat eruit volgt krijgt dezelfde lezers.",
    "Publish the meeting first: what comes of it gets the same readers.",
)
NOT_MINUTES = Words(
    "{reference} is geen verslag. Haal het weg bij het overleg; het verslag wordt dan gemaakt.",
    "{reference} is no minutes. Take it off the meeting; the minutes will then be made.",
)
HIDDEN = Message(
    "The readers of the meeting may not see this: widen its visibility first.",
    "De lezers van het overleg mogen dit niet zien: verruim eerst de zichtbaarheid ervan.",
    "hidden",
)
OWNERLESS = Message(
    "Fill in first which organisation does this (owner).",
    "Vul eerst in welke organisatie dit doet (trekker).",
    "required",
)


class Agreed(Conflict):
    """An action point is an agreement already: `reference` says which."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(
            Words(
                f"Dit actiepunt is al vastgelegd als afspraak: {reference}.",
                f"This action point has been registered as an agreement already: {reference}.",
            )
        )


# --- the minutes --------------------------------------------------------------------------


@command
def publish_minutes(actor: Actor, meeting: Meeting, *, version: int | None = None) -> Document:
    """Adopt the minutes: a document for the readers of the meeting, a passage per decision.

    Once more after a change: passages follow their decision by its key, and others stay. Raises
    Conflict where nothing changed, Invalid where a decision that is cited has gone.
    """
    _may(actor, meeting, version)
    _refuse_hidden(meeting, "decisions", ("theme", "initiative"))
    document = minutes_of(actor, meeting)
    if document is None:
        document = editing.create(actor, DOCUMENT, _payload(meeting, []))
        editing.revise(actor, MEETING, meeting, {"minutes": document.reference})
    elif in_step(actor, meeting, document):
        raise editing.done()
    else:
        editing.revise(actor, DOCUMENT, document, _payload(meeting, _passages(actor, document)))
    _show(actor, DOCUMENT, document, meeting.record)
    return document


def minutes_of(actor: Actor, meeting: Meeting) -> Document | None:
    """The minutes with their passages; None where there are none, or no longer. Raises Conflict
    for a document that is something else."""
    if meeting.minutes is None or not can_see(actor, meeting.minutes.record):
        return None
    if meeting.minutes.kind != "minutes":
        told = meeting.minutes.reference
        nl, en = NOT_MINUTES.nl.format(reference=told), NOT_MINUTES.en.format(reference=told)
        raise Conflict(Words(nl, en))
    found: Document = editing.one(DOCUMENT, actor, meeting.minutes.reference)
    return found


def in_step(actor: Actor, meeting: Meeting, document: Document) -> bool:
    """Whether the minutes say what the meeting says now, to the same readers."""
    with acting_as(actor):
        now = schema.editable(DOCUMENT.schema(), document)
    wanted = _payload(meeting, now["passages"])
    return _is_shown(document.record, meeting.record) and wanted == {
        name: now[name] for name in wanted
    }


def _passages(actor: Actor, document: Document) -> list[dict[str, Any]]:
    with acting_as(actor):
        passages: list[dict[str, Any]] = schema.editable(DOCUMENT.schema(), document)["passages"]
    return passages


def _payload(meeting: Meeting, there: list[dict[str, Any]]) -> dict[str, Any]:
    """The document that the meeting asks for; `there`: the passages that it has."""
    when = meeting.when
    day = when.earliest if when and when.earliest == when.latest else None
    own = list(_decided(meeting.decisions, there))
    keys = {row["key"] for row in own}
    others = [
        row
        for row in there
        if row["key"] not in keys and not OF_DECISION.fullmatch(row["section"] or "")
    ]
    return {
        "title": f"Verslag: {meeting.title}",
        "kind": "minutes",
        "printedWhen": when.text[:200] if when and when.text else None,
        "officialDate": day.isoformat() if day else None,
        "passages": [*own, *others],
    }


def _decided(
    decisions: Iterable[Decision], there: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """A passage per decision, in its exact words. Words that somebody cited from the minutes
    before they were a decision are that passage."""
    by_words = {row["quote"]: row["key"] for row in there}
    lines = {row["key"]: row["lines"] for row in there}
    for number, decision in enumerate(decisions, 1):
        known = decision.key in lines
        key = decision.key if known else by_words.get(decision.text, decision.key)
        section = f"Besluit {number}"
        yield {
            "key": key,
            "quote": decision.text,
            "section": section,
            "lines": lines.get(key),
        }


# --- the agreements -----------------------------------------------------------------------


@command
def agree(actor: Actor, meeting: Meeting, key: str, *, version: int | None = None) -> Any:
    """Make an action point a commitment of strength agreement, by the organisation that does it.

    Raises Agreed where it is one already, Invalid without an organisation, NotFound.
    """
    _may(actor, meeting, version)
    with acting_as(actor):
        rows = [row for row in meeting.actions if _shows(row)]
    action = next((row for row in rows if row.key == key), None)
    if action is None:
        raise NotFound
    if action.commitment is not None:
        raise Agreed(action.commitment.reference)
    if action.owner is None:
        raise Invalid({"actions": {rows.index(action): {"owner": [OWNERLESS]}}})
    _refuse_hidden(meeting, "actions", ("owner",), only=action)
    made = editing.create(actor, COMMITMENT, _agreement(actor, meeting, action))
    _show(actor, COMMITMENT, made, meeting.record)
    pointing = [{"key": row.key} for row in rows]
    pointing[rows.index(action)]["commitment"] = made.reference
    editing.revise(actor, MEETING, meeting, {"actions": pointing})
    return made


def _shows(row: ActionPoint) -> bool:
    shows: bool = MEETING.dictionary.fields["actions"].shows(row)  # type: ignore[attr-defined]
    return shows


def _agreement(actor: Actor, meeting: Meeting, action: ActionPoint) -> dict[str, Any]:
    assert action.owner is not None
    document = minutes_of(actor, meeting)
    status = {"status": "open", "from": meeting.when.as_json() if meeting.when else None}
    return {
        "text": action.text,
        "strength": "agreement",
        "by": [{"partner": action.owner.reference}],
        "due": action.due.as_json() if action.due else None,
        "madeAt": {"document": document.reference} if document else {},
        "statuses": [status],
        "sources": _source(meeting, action, document),
    }


def _source(
    meeting: Meeting, action: ActionPoint, document: Document | None
) -> list[dict[str, Any]]:
    """The passage of the decision that the action point follows from, where there is one."""
    if document is None or not action.decision or action.decision > len(meeting.decisions):
        return []
    decision = meeting.decisions[action.decision - 1]
    found = [p for p in document.passages if p.key == decision.key or p.quote == decision.text]
    return [
        {
            "field": "text",
            "document": document.reference,
            "quote": passage.quote,
            "basis": "stated" if passage.quote == action.text else "derived",
            "why": f"Actiepunt bij besluit {action.decision}: {meeting.title}",
        }
        for passage in found[:1]
    ]


# --- the same readers ---------------------------------------------------------------------


def _may(actor: Actor, meeting: Meeting, version: int | None) -> None:
    require(actor, Permission.RECORD_PUBLISH, meeting.record)
    editing.expect(meeting, version)
    if meeting.record.state not in editing.SHOWN:
        raise Conflict(UNPUBLISHED)


def _show(actor: Actor, kind: Kind, entity: Any, like: Record) -> None:
    if not _is_shown(entity.record, like):
        audience, until = like.audience, like.embargo_until
        editing.publish(actor, kind, entity, audience=audience, embargo_until=until)


def _is_shown(record: Record, like: Record) -> bool:
    readers = (State.PUBLISHED, like.audience, like.embargo_until)
    return (record.state, record.audience, record.embargo_until) == readers


def _refuse_hidden(
    meeting: Meeting, name: str, pointers: tuple[str, ...], *, only: Any = None
) -> None:
    """Refuse rows about what the readers of the meeting may not see: the words would tell it."""
    wrong: dict[int, dict[str, list[Message]]] = {}
    for index, row in enumerate(getattr(meeting, name)):
        if only in (None, row):
            found = {p: [HIDDEN] for p in pointers if _hides(getattr(row, p), meeting.record)}
            wrong |= {index: found} if found else {}
    if wrong:
        raise Invalid({name: wrong})


def _hides(to: Any, meeting: Record) -> bool:
    if to is None:
        return False
    record: Record = to.record
    until = record.embargo_until
    waits = until is not None and until > max(clock.now(), meeting.embargo_until or clock.now())
    narrower = LEVEL[record.audience] > LEVEL[meeting.audience]
    return record.state not in editing.SHOWN or waits or narrower or record.deleted_at is not None
