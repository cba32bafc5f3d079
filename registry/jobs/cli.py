"""`flask --app wsgi work`: one worker for all that is done outside requests, once or for ever."""

import logging
import threading
import time
from collections.abc import Callable

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..db import AWAY
from ..incoming import programs
from .working import work_due

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds between two looks at what waits
rounds: list[Callable[[], object]] = [work_due]
"""What a worker looks after; higher rooms add theirs."""


@click.command("work")
@click.option("--watch", is_flag=True, help="Keep looking for new work until stopped.")
@with_appcontext
def work(*, watch: bool) -> None:
    """Do the long work and send the mail that is due. Several may run beside each other."""
    for look in rounds:
        look()
    if watch:
        _watch(current_app._get_current_object())  # type: ignore[attr-defined]  # a proxy


def _watch(app: Flask) -> None:
    while True:
        for look in rounds:
            _look(app, look)
        time.sleep(PAUSE)


def _look(app: Flask, look: Callable[[], object]) -> None:
    try:
        with app.app_context():
            look()
    except AWAY as error:
        log.info("the database is away or busy; trying again: %s", error)
    except Exception:
        log.exception("the worker met a fault; it goes on")


def beside(app: Flask) -> None:
    """Work in a thread beside the server, once per process."""
    if not app.extensions.setdefault("working", []):
        thread = threading.Thread(target=_watch, args=(app,), daemon=True, name="work")
        app.extensions["working"].append(thread)
        thread.start()


def register(app: Flask) -> None:
    """Enter the command. Where the process has a worker of its own, its first request wakes it:
    a server may have forked until then."""
    app.cli.add_command(work)
    if app.config["WORKER"] == "beside":
        app.before_request(lambda: beside(app))
        programs(app).before.append(lambda: beside(app))
