"""The registry of the broad societal collaboration on burn-out complaints.

`create_app` composes everything: it is the table of contents."""

import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import config

from . import incoming, logs
from .extensions import database

ROOT = Path(__file__).parent.parent


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The application, configured by the environment and then by `settings`."""
    instance = Path(os.environ.get("REGISTRY_INSTANCE") or ROOT / "instance")
    app = incoming.House(__name__, str(instance))
    app.url_map.merge_slashes = False
    app.config.from_mapping(config.from_environment(instance, settings or {}))
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]  # as Flask tells to
    incoming.require_whole_bodies(app)
    database.init_app(app)
    logs.write(app)
    _compose(app)
    logs.hide(app)
    return app


ROOMS = (
    "limits",
    "sources.schemas",
    "partners.schemas",
    "themes.schemas",
    "indicators.schemas",
    "initiatives.schemas",
    "commitments.schemas",
    "plan.schemas",
    "meetings.schemas",
    "accounts.models",
    "signin.models",
    "factors.models",
    "invitations.models",
    "tokens.models",
    "calendar.models",
    "jobs.models",
    "once.models",
    "elsewhere.models",
    "privacy.models",
    "readings.models",
    "updates.models",
    "attachments.models",
    "rounds.models",
    "freshness.schemas",
    "timing.schemas",
    "reports.schemas",
    "planning.models",
    "reminders.models",
    "editing",
    "workflow.models",
    "accounts.rules",
    "provenance.cited",
    "provenance.kept",
    "provenance.reported",
    "sources.rules",
    "partners.rules",
    "initiatives.rules",
    "due.rules",
    "commitments.rules",
    "plan.rules",
    "meetings.rules",
    "reports.rules",
    "updates.rules",
    "cli",
    "permissions",
    "guide.written",
    "exchange.cli",
    "exchange.mapping",
    "notifications.access",
    "notifications.judging",
    "notifications.reports",
    "notifications.notices",
    "notifications.annexes",
    "annexes.working",
    "reminding.letters",
    "jobs.cli",
    "notifications.cli",
    "reminders.cli",
    "dumps.cli",
    "dumps.working",
    "demo",
    "signin.session",
    "signin.views",
    "accounts.mine",
    "mine.views",
    "invitations.views",
    "tokens.views",
    "jobs.views",
    "sources.views",
    "partners.views",
    "themes.views",
    "indicators.views",
    "initiatives.views",
    "gaps.views",
    "holders.views",
    "commitments.views",
    "plan.views",
    "meetings.views",
    "updates.views",
    "attachments.keeping",
    "attachments.views",
    "rounds.views",
    "timing.views",
    "chain.views",
    "chain.coming",
    "readiness.views",
    "planning.views",
    "planning.following",
    "readiness.document",
    "freshness.views",
    "dashboard.views",
    "reminding.views",
    "reminding.own",
    "reminding.logged",
    "drafting.views",
    "drafting.writing",
    "agreeing.views",
    "copies.keeping",
    "copies.views",
    "copies.cli",
    "timeline.views",
    "calendar.views",
    "downloads.views",
    "uploads.views",
    "bulk.views",
    "screens.searching",
    "past.cli",
    "privacy.cli",
    "history.views",
    "keeping.letters",
    "keeping.views",
    "merging.views",
    "review.views",
    "home.views",
    "guide.views",
    "opendata.views",
    "opendata.wellknown",
    "opendata.sitemap",
    "administration.views",
    "readings.views",
    "people.views",
    "web",
    "api",
    "once.api",
    "elsewhere.api",
    "sources.citations",
    "updates.api",
    "timing.api",
    "chain.api",
    "attachments.api",
    "rounds.api",
    "reminding.api",
    "planning.api",
    "readiness.api",
    "lines.api",
    "copies.api",
    "past.api",
    "history.api",
    "keeping.api",
    "merging.api",
    "tokens.api",
    "jobs.api",
    "steering.api",
    "reports.api",
    "calendar.api",
    "opendata.api",
    "opendata.linked",
    "tokens.cli",
    "accounts.cli",
    "themes.api",
    "partners.api",
    "initiatives.api",
    "gaps.api",
    "holders.api",
    "commitments.api",
    "plan.api",
    "indicators.api",
    "sources.api",
    "batches.api",
    "following.api",
    "dumps.api",
    "meetings.api",  # it answers with documents too, of which the shapes are known by now
)
"""In the order of the house, from below: each enters what it has in the book of its floor. What
adds to the resource of every kind in the API comes before the kinds."""


def _compose(app: Flask) -> None:
    for name in ROOMS:
        room = import_module(f"registry.{name}")
        if register := getattr(room, "register", None):
            register(app)
