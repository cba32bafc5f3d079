"""The plans of action, measures and milestones in the JSON API."""

from flask import Flask

from ..api import resource
from .schemas import MEASURE, MILESTONE, PLAN


def register(app: Flask) -> None:
    """Enter the resources."""
    resource(app, PLAN)
    resource(app, MEASURE)
    resource(app, MILESTONE)
