"""Why something is changed: asked at every door, and required where readers lose something."""

from collections.abc import Mapping
from typing import Any

from .errors import Invalid, Message
from .fields import LongText
from .record import Record, State
from .schema import BaseSchema, loaded
from .words import Words

MOST = 1000
NEEDED = Message(
    "Say why: this was published, and its readers see the reason.",
    "Zeg waarom: dit was gepubliceerd, en de lezers ervan zien de reden.",
    "required",
)


class ReasonSchema(BaseSchema):
    """The reason of a change."""

    reason = LongText(
        "Reden",
        "Reason",
        max_length=MOST,
        hint=Words("Komt in de geschiedenis.", "Goes into the history."),
    )


def given(payload: Mapping[str, Any]) -> str | None:
    """The reason in `payload`. Raises Invalid."""
    reason: str | None = loaded(ReasonSchema(), payload).get("reason")
    return reason


def require_reason(record: Record, reason: str | None) -> None:
    """Raise Invalid where readers have seen `record` and nobody tells them why it goes."""
    if record.state in (State.PUBLISHED, State.ARCHIVED) and not reason:
        raise Invalid({"reason": [NEEDED]})
