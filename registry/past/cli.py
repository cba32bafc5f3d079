"""`flask --app wsgi history verify`."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from .verification import verify

history = AppGroup("history", help="The book of changes.")


@history.command("verify")
def verify_command() -> None:
    """Prove that the book of changes is whole and gives what is stored; name the first fault."""
    folder = Path(current_app.instance_path).absolute() / "files"
    fault = verify(lambda done, of: click.echo(f"{done}/{of}", err=True), folder=folder)
    if fault is not None:
        raise click.ClickException(
            f"{fault.reference} {fault.path}: geschiedenis / history {fault.replayed!r}, "
            f"opgeslagen / stored {fault.stored!r}"
        )
    click.echo("De geschiedenis klopt. / The history is whole.")


def register(app: Flask) -> None:
    """Enter the commands."""
    app.cli.add_command(history)
