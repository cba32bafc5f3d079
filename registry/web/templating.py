"""How templates read what pages give them: by far the most of it is plain dictionaries."""

from typing import Any

from flask import Flask
from flask.templating import Environment


class Views(Environment):
    """Looks in a dictionary first: to ask it for an attribute that it never has, and catch that,
    would cost more than the rest of a template does."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def register(app: Flask) -> None:
    """Have templates read so. Before the first one is asked for."""
    app.jinja_environment = Views
