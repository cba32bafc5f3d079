"""What was frozen stays as it is, and what was not is shown to nobody beyond the core group."""

from typing import Any

from .. import editing, shown
from ..access import LEVEL, Actor, View
from ..errors import Conflict
from ..kind import Kind
from ..words import Words
from . import queries
from .schemas import ANNEX

UNFROZEN = Words(
    "Stel de bijlage eerst vast: tot dan is zij er voor de kerngroep.",
    "Freeze the annex first: until then it is for the core group.",
)


def refuse_frozen(_actor: Actor, kind: Kind, entity: Any) -> None:
    """Refuse to change an annex that was frozen."""
    if kind is ANNEX and entity.id is not None:
        queries.require_unfrozen(entity)


def refuse_early(kind: Kind, entity: Any, audience: str) -> None:
    """Refuse to show an annex beyond the core group before it was frozen."""
    if kind is ANNEX and LEVEL[audience] < View.CORE_GROUP and queries.freeze(entity.id) is None:
        raise Conflict(UNFROZEN)


editing.completing.append(refuse_frozen)
shown.showing.append(refuse_early)
