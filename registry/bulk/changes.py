"""What can be changed of many at once, and what that means for one of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import clock
from ..access import Actor
from ..commitments.schemas import COMMITMENT
from ..errors import Invalid, Message
from ..fields import Code, LongText, Policy, Ref, current
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..policydate.notices import day_words
from ..schema import BaseSchema
from ..themes.models import Theme
from ..words import Words

Payload = dict[str, Any]
Change = Callable[[Actor, Any, Payload], Payload]
FROM = Words(
    "Bijvoorbeeld: medio 2021. Leeg: vanaf de peildatum.",
    "Such as: mid-2021. Empty: from the reference date.",
)
NOTHING = Message("Choose what is to change.", "Kies wat er moet veranderen.", "required")


class StatusSchema(BaseSchema):
    """A new row of the status in time."""

    status = Code("Nieuwe stand van zaken", "New status", of="commitment-status")
    from_ = Policy("Vanaf", "From", hint=FROM)
    reason = LongText("Reden", "Reason", max_length=1000)


class InitiativeChangeSchema(BaseSchema):
    """A new row of the status in time, and a theme more."""

    status = Code("Nieuwe status", "New status", of="initiative-status")
    from_ = Policy("Status vanaf", "Status from", hint=FROM)
    reason = LongText("Reden van de status", "Reason for the status", max_length=1000)
    theme = Ref("Thema erbij", "Theme to add", to=Theme)
    why = LongText("Waarom dit thema", "Why this theme", max_length=600)


@dataclass(frozen=True)
class Bulk:
    """What of a kind can be changed at once: what is asked, and what it makes of one record."""

    kind: Kind
    schema: type[BaseSchema]
    changes: tuple[Change, ...]

    def refuse_nothing(self, payload: Mapping[str, Any]) -> None:
        """Raise Invalid where nothing was chosen."""
        first = [name for name in ("status", "theme") if name in self.schema().fields]
        if not any(payload.get(name) for name in first):
            raise Invalid({first[0]: [NOTHING]})

    def payload(self, actor: Actor, entity: Any, asked: Payload) -> Payload:
        """What changes of one record; nothing where it is so already."""
        found: Payload = {}
        for change in self.changes:
            found |= change(actor, entity, asked)
        return found


def _status(_actor: Actor, entity: Any, asked: Payload) -> Payload:
    wanted = asked.get("status")
    now = current(entity.statuses, clock.as_of())
    if not wanted or (now is not None and now.status == wanted):
        return {}
    # Without a day it would come before every dated row, and change nothing.
    since = asked.get("from") or {"text": day_words(clock.as_of()).nl}
    row = {"status": wanted, "from": since, "reason": asked.get("reason")}
    return {"statuses": [*({"key": old.key} for old in entity.statuses), row]}


def _theme(actor: Actor, entity: Any, asked: Payload) -> Payload:
    wanted = asked.get("theme")
    if not wanted or any(row.theme.reference == wanted for row in entity.themes):
        return {}
    basis = "classified" if actor.editorial else "reported"
    row = {"theme": wanted, "basis": basis, "why": asked.get("why")}
    return {"themes": [*({"key": old.key} for old in entity.themes), row]}


BULKS = (
    Bulk(INITIATIVE, InitiativeChangeSchema, (_status, _theme)),
    Bulk(COMMITMENT, StatusSchema, (_status,)),
)
