"""Why something is changed: asked at every door, and required where readers lose something."""

from collections.abc import Callable, Mapping
from typing import Any

from .errors import Invalid, Message
from .fields import LongText
from .record import Record, State
from .schema import BaseSchema, RecordSchema, load_onto, loaded
from .words import Words

MOST = 1000
READ_BY = Words(
    "Komt in de geschiedenis, voor iedereen die de wijziging mag zien.",
    "Goes into the history, for everybody who may see the change.",
)
NEEDED = Message(
    "Say why: this was published, and its readers see the reason.",
    "Zeg waarom: dit was gepubliceerd, en de lezers ervan zien de reden.",
    "required",
)


checking: list[Callable[[RecordSchema, Any, Mapping[str, Any]], None]] = []
"""What rooms refuse of a change that does not say enough, before it is laid over the record."""


class ReasonSchema(BaseSchema):
    """The reason of a change."""

    reason = LongText(
        "Reden",
        "Reason",
        max_length=MOST,
        hint=READ_BY,
    )


def given(payload: Mapping[str, Any]) -> str | None:
    """The reason in `payload`. Raises Invalid."""
    reason: str | None = loaded(ReasonSchema(), payload).get("reason")
    return reason


def require_reason(record: Record, reason: str | None) -> None:
    """Raise Invalid where readers have seen `record` and nobody tells them why it goes."""
    if record.state in (State.PUBLISHED, State.ARCHIVED) and not reason:
        raise Invalid({"reason": [NEEDED]})


def checked(dictionary: RecordSchema, entity: Any, payload: Mapping[str, Any]) -> dict[str, Any]:
    """What a payload would make of a record. Raises Invalid where that is not or may not be."""
    values = load_onto(dictionary, entity, payload)
    for check in checking:
        check(dictionary, entity, values)
    return values
