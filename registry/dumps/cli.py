"""`flask --app wsgi dump`: make a dump of all that is public, now."""

import click
from flask import Flask
from flask.cli import with_appcontext

from . import keeping
from .building import build


@click.command("dump")
@with_appcontext
def dump() -> None:
    """Write all that is public as files to start a copy from; a worker renews them."""
    with keeping.alone() as alone:
        if not alone:
            raise click.ClickException("Een ander is al bezig. / Somebody else is at it.")
        made = build()
    for file in made.files:
        click.echo(f"{keeping.place(made, file)}  {file.size}  {file.sha256}")


def register(app: Flask) -> None:
    """Enter the command."""
    app.cli.add_command(dump)
