"""Handing a record over."""

from typing import Any

from .. import editing, ledger
from ..access import Actor, Permission, require
from ..command import command
from ..db import session
from ..errors import Invalid, Message
from ..kind import Kind
from ..partners.models import Partner

NO_KEEPER = Message(
    "A group that is named only as a category keeps nothing.",
    "Een groep die niet met naam is genoemd, kan niets beheren.",
    "not_allowed",
)


@command
def hand_over(
    actor: Actor,
    kind: Kind,
    entity: Any,
    keeper: Partner | None,
    *,
    version: int | None = None,
    reason: str | None = None,
) -> Any:
    """Make `keeper` the organisation that keeps a record from now on; None: the secretariat.

    Raises Conflict where it keeps it already, Invalid where it cannot, Stale.
    """
    require(actor, Permission.RECORD_HAND_OVER, entity.record)
    editing.expect(entity, version)
    if keeper is not None and keeper.is_group:
        raise Invalid({"keeper": [NO_KEEPER]})
    number = keeper.id if keeper is not None else None
    if entity.record.keeper_id == number:
        raise editing.done()
    entity.record.keeper_id = number
    session().expire(entity.record, ["keeper", "organisation"])
    editing.noted(entity, "hand_over", reason)
    if number is not None:
        payload = {"record": entity.record.id, "organisation": number}
        ledger.entry(session(), entity.record).topics.append(("hand_over", payload))
    return entity
