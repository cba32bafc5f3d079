"""What this room adds to the JSON API: a record as the registry knew it at a moment."""

from flask import Flask

from ..api import remember
from . import replay


def register(app: Flask) -> None:
    """Tell the API who remembers."""
    remember(app, replay.known_at)
