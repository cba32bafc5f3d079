"""Records as the registry knew them at an earlier moment: answered by the room of the history."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask, current_app

from ..access import Actor
from ..kind import Kind
from ..record import Record

Tree = dict[str, Any]
Memory = Callable[[Kind, Actor, str, datetime], tuple[Record, Tree]]


def remember(app: Flask, memory: Memory) -> None:
    """Say who knows how a record stood."""
    app.extensions["memory"] = memory


def known_at(kind: Kind, actor: Actor, reference: str, moment: datetime) -> tuple[Record, Tree]:
    """The record and its JSON at `moment`. Raises NotFound."""
    memory: Memory = current_app.extensions["memory"]
    return memory(kind, actor, reference, moment)
