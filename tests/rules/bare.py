"""The shell of the API on an app of its own, without rooms or database: for routes of a test."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from flask import Response

from registry import ROOMS
from registry.api import Resource, enter
from registry.api.openapi.told import TAGGED
from registry.incoming import House
from tests.browsing import Client

Told = dict[str, Any]
SHELL = ("limits", "api")
"""The rooms that an answer of the API cannot do without."""
PLAIN: Told = {
    "operationId": "getThings",
    "responses": {"200": {"description": "Things.", "headers": TAGGED}, "400": "BAD_REQUEST"},
}


def shell(view: Callable[..., Response], **told: Any) -> Client:
    """A client of an API with one route, GET /things; `told` is what its book says besides."""
    app = House("bare", str(Path(gettempdir()) / "bare"))
    app.config.from_mapping(
        PUBLIC_URL="https://registry.example",
        API_LINKS_TO="",
        CONTACT_EMAIL="secretariaat@registry.example",
        CORS_ORIGINS=(),
        SECRET_KEY="of a test",
        RATE_LIMITS="0",
        RATE_LIMIT_STORAGE="",
        MAX_CONTENT_LENGTH=100,
    )
    app.url_map.merge_slashes = False
    app.test_client_class = Client
    for room in ROOMS:
        if room in SHELL:
            import_module(f"registry.{room}").register(app)
    things = Resource("/things", "Things of a test.")
    things.add("", "index", view, {**PLAIN, **told}, "GET")
    enter(app, things)
    client = app.test_client()
    assert isinstance(client, Client)
    return client
