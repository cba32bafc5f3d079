"""The registry of the broad societal collaboration on burn-out complaints.

`create_app` composes everything: it is the table of contents."""

import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask

import config

from .extensions import database

ROOT = Path(__file__).parent.parent


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The application, configured by the environment and then by `settings`."""
    instance = Path(os.environ.get("REGISTRY_INSTANCE") or ROOT / "instance")
    app = Flask(__name__, instance_path=str(instance))
    app.url_map.merge_slashes = False
    app.config.from_mapping(config.from_environment(instance, settings or {}))
    database.init_app(app)
    _compose(app)
    return app


ROOMS = (
    "sources.schemas",
    "partners.schemas",
    "themes.schemas",
    "indicators.schemas",
    "initiatives.schemas",
    "commitments.schemas",
    "plan.schemas",
    "accounts.models",
    "tokens.models",
    "editing",
    "sources.cited",
    "sources.reported",
    "sources.numbers",
    "cli",
    "exchange.cli",
    "exchange.mapping",
    "demo",
    "accounts.session",
    "accounts.views",
    "sources.views",
    "partners.views",
    "themes.views",
    "indicators.views",
    "initiatives.views",
    "commitments.views",
    "plan.views",
    "downloads.views",
    "uploads.views",
    "bulk.views",
    "web.searching",
    "history.views",
    "home.views",
    "administration.views",
    "web",
    "api",
    "tokens.api",
    "tokens.cli",
    "accounts.cli",
    "themes.api",
    "partners.api",
    "initiatives.api",
    "commitments.api",
    "plan.api",
    "indicators.api",
    "sources.api",
    "history.api",
)
"""In the order of the house, from below: each enters what it has in the book of its floor."""


def _compose(app: Flask) -> None:
    for name in ROOMS:
        room = import_module(f"registry.{name}")
        if register := getattr(room, "register", None):
            register(app)
