"""The themes, sectors, groups, causes and views in the JSON API."""

from flask import Flask

from ..api import resource
from .schemas import CAUSE, GROUP, SECTOR, THEME, VIEW


def register(app: Flask) -> None:
    """Enter the resources."""
    resource(app, THEME)
    resource(app, SECTOR)
    resource(app, GROUP)
    resource(app, CAUSE)
    resource(app, VIEW)
