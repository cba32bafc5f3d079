"""What was frozen stays as it is, and what was not is shown to nobody beyond the core group."""

from collections.abc import Mapping
from typing import Any

from .. import editing, reasons, shown
from ..access import LEVEL, Actor, View
from ..errors import Conflict
from ..kind import Kind
from ..schema import RecordSchema
from ..words import Words
from . import queries, scope
from .models import Annex
from .schemas import ANNEX

UNFROZEN = Words(
    "Stel de bijlage eerst vast: tot dan is zij er voor de kerngroep.",
    "Freeze the annex first: until then it is for the core group.",
)


def refuse_frozen(_dictionary: RecordSchema, entity: Any, _values: Mapping[str, Any]) -> None:
    """Refuse to change an annex that was frozen; to erase somebody from it is no change of it."""
    if isinstance(entity, Annex):
        queries.require_unfrozen(entity)


def refuse_unknown(_actor: Actor, kind: Kind, entity: Any) -> None:
    """Refuse a reference date of which nothing was registered."""
    if kind is ANNEX:
        scope.require_known(entity.as_of)


def refuse_early(kind: Kind, entity: Any, audience: str) -> None:
    """Refuse to show an annex beyond the core group before it was frozen."""
    if kind is ANNEX and LEVEL[audience] < View.CORE_GROUP and queries.freeze(entity.id) is None:
        raise Conflict(UNFROZEN)


reasons.checking.append(refuse_frozen)
editing.completing.append(refuse_unknown)
shown.showing.append(refuse_early)
