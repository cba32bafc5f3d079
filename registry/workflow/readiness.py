"""What a record needs before it can be submitted, entered by the rooms that know it."""

from collections.abc import Callable, Mapping
from typing import Any

from ..access import Actor
from ..errors import Message
from ..kind import Kind

Needs = Callable[[Actor, Any], Mapping[str, Any]]
"""What is still missing, as {JSON name: [Message]}."""
_needs: dict[str, Needs] = {}
MISSING = Message("Fill this in before you submit.", "Vul dit in voordat u indient.", "required")


def needs(kind: Kind, told: Needs) -> None:
    """Say what `kind` needs."""
    _needs[kind.name] = told


def missing(actor: Actor, kind: Kind, entity: Any) -> dict[str, Any]:
    """Everything that is still missing, at once."""
    return dict(_needs[kind.name](actor, entity)) if kind.name in _needs else {}


def blank(entity: Any, *names: str) -> dict[str, Any]:
    """The fields among `names` (JSON name = attribute) that are empty."""
    return {name: [MISSING] for name in names if not getattr(entity, name)}
