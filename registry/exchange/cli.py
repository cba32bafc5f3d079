"""`flask --app wsgi load FOLDER`."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from .. import access
from .loading import BadFiles, load

ACTOR = "Register (inlezing van de Kamerbrieven)"


@click.command("load")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@with_appcontext
def load_command(folder: Path) -> None:
    """Load a folder of files in the import format, all or nothing; safe to repeat."""
    try:
        report = load(access.system(ACTOR, "seed"), folder, progress=click.echo)
    except BadFiles as error:
        for fault in error.faults:
            click.echo(f"{fault.text('nl')} / {fault.message.in_('en')}", err=True)
        raise click.ClickException(
            f"{len(error.faults)} fouten; er is niets ingelezen / "
            f"{len(error.faults)} errors; nothing was loaded"
        ) from error
    click.echo(
        f"nieuw {report.created}, gewijzigd {report.changed}, ongewijzigd {report.unchanged}, "
        f"met rust gelaten {report.kept}"
    )


def register(app: Flask) -> None:
    """Enter the command."""
    app.cli.add_command(load_command)
