"""Bearer tokens at the door of the JSON API."""

from flask import Flask

from ..access import Actor
from ..accounts.queries import actor
from ..api import recognise
from .queries import holder


def _caller(secret: str) -> Actor | None:
    account = holder(secret)
    return actor(account, "api") if account is not None else None


def register(app: Flask) -> None:
    """Tell the API whose token is whose."""
    recognise(app, _caller)
