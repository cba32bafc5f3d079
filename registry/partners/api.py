"""The organisations in the JSON API."""

from flask import Flask

from ..api import resource
from .schemas import PARTNER


def register(app: Flask) -> None:
    """Enter the resources."""
    resource(app, PARTNER)
