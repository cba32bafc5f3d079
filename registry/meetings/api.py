"""The meetings in the JSON API."""

from flask import Flask

from ..api import resource
from .schemas import MEETING


def register(app: Flask) -> None:
    """Enter the resource."""
    resource(app, MEETING)
