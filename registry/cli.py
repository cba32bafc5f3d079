"""The commands at the terminal: `flask --app wsgi …`."""

import click
from flask import Flask
from flask.cli import AppGroup

from . import migrations
from .extensions import database

tables = AppGroup("db", help="The tables of the database.")


@tables.command("upgrade")
def upgrade() -> None:
    """Bring the tables up to date."""
    migrations.upgrade(database.engine)


@tables.command("revision")
@click.option("-m", "--message", required=True)
def revision(message: str) -> None:
    """Write the migration that the models ask for."""
    migrations.write(database.engine, message)


@tables.command("check")
def check() -> None:
    """Say whether the models and the tables agree."""
    migrations.check(database.engine)


def register(app: Flask) -> None:
    """Enter the commands."""
    app.cli.add_command(tables)
