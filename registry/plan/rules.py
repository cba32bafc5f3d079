"""What a milestone needs before it is submitted."""

from typing import Any

from ..access import Actor
from ..workflow.readiness import MISSING, blank, needs
from .schemas import MILESTONE


def needed(actor: Actor, entity: Any) -> dict[str, Any]:
    """Its title, until when, in words, and who sees to it."""
    lacking = blank(entity, "title")
    if entity.due is None or not entity.due.text:
        lacking["due"] = [MISSING]
    if entity.owner is None and not entity.owner_words:
        lacking["owner"] = [MISSING]
    return lacking


needs(MILESTONE, needed)
