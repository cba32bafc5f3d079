"""The annexes in the JSON API."""

from flask import Flask

from ..api import resource
from .schemas import ANNEX


def register(app: Flask) -> None:
    """Enter the resource."""
    resource(app, ANNEX)
