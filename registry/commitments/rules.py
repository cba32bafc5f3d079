"""What a commitment needs before it is submitted."""

from typing import Any

from ..access import Actor
from ..workflow.readiness import MISSING, blank, needs
from .schemas import COMMITMENT


def needed(actor: Actor, entity: Any) -> dict[str, Any]:
    """Its text and strength, by whom it is made, and until when, in words."""
    lacking = blank(entity, "text", "strength", "by")
    if entity.due is None or not entity.due.text:
        lacking["due"] = [MISSING]
    return lacking


needs(COMMITMENT, needed)
