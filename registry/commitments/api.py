"""The commitments in the JSON API."""

from typing import Any

from flask import Flask

from ..api import ALWAYS, resource, shape
from .places import MadeAt
from .schemas import COMMITMENT


@shape(MadeAt)
def _made_at(shapes: Any, field: MadeAt, sent: bool) -> dict[str, Any]:  # noqa: FBT001  # every shape takes it
    of = shapes.sent if sent else shapes.read
    name = "PlaceInput" if sent else "Place"

    def build() -> dict[str, Any]:
        parts = {name: of(part) for name, part in MadeAt.parts.items()}
        whole = {"additionalProperties": False} if sent else {"required": list(parts)}
        return {"type": "object", "properties": parts, **whole}

    return {**shapes.named(name, build), ALWAYS: True}


def register(app: Flask) -> None:
    """Enter the resource."""
    resource(app, COMMITMENT)
