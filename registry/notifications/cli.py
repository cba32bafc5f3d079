"""`flask --app wsgi mail`: the worker that sends what waits in the outbox, once or for ever."""

import logging
import time

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from ..db import session
from ..jobs.cli import rounds
from ..ledger import Outbox
from .delivery import deliver_due
from .post import Carrier, carrier

log = logging.getLogger(__name__)
PAUSE = 2.0  # seconds between two looks at the outbox
UNSET = "MAIL_URL is not set: no mail is sent. What is asked for waits in the outbox."


@click.command("mail")
@click.option("--watch", is_flag=True, help="Keep looking for new mail until stopped.")
@with_appcontext
def mail(*, watch: bool) -> None:
    """Send the mail that is due. Several workers may run beside each other."""
    try:
        send = carrier(current_app.config["MAIL_URL"])
    except ValueError as error:
        unset = not current_app.config["MAIL_URL"]
        raise click.ClickException(f"{UNSET} ({_waiting()})" if unset else str(error)) from error
    click.echo(f"{deliver_due(send)} done, {_waiting()}")
    session().close()
    if watch:
        _watch(current_app._get_current_object(), send)  # type: ignore[attr-defined]


def _waiting() -> str:
    query = select(func.count()).select_from(Outbox).where(Outbox.due_at.is_not(None))
    return f"{session().scalar(query)} waiting"


def _watch(app: Flask, send: Carrier) -> None:
    while True:
        try:
            with app.app_context():
                deliver_due(send)
        except Exception:
            log.exception("the outbox cannot be read; trying again")
        time.sleep(PAUSE)


def _round() -> None:
    """What a worker of everything does for the mail."""
    if url := current_app.config["MAIL_URL"]:
        deliver_due(carrier(url))


rounds.append(_round)


def register(app: Flask) -> None:
    """Enter the command; say it where mail has no way out."""
    if not app.config["MAIL_URL"]:
        app.logger.warning(UNSET)
    app.cli.add_command(mail)
