"""The initiatives in the JSON API."""

from flask import Flask

from ..api import resource
from .schemas import INITIATIVE


def register(app: Flask) -> None:
    """Enter the resources."""
    resource(app, INITIATIVE)
