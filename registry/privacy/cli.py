"""`flask --app wsgi privacy export|erase EMAIL`."""

import json

import click
from flask import Flask
from flask.cli import AppGroup

from ..access import system
from ..errors import RegistryError
from . import queries
from .commands import erase

NAME = "Register (privacy)"
privacy = AppGroup("privacy", help="What is held about a person.")


@privacy.command("export")
@click.argument("email")
def export_command(email: str) -> None:
    """Write all that is held about a person as JSON."""
    click.echo(json.dumps(_held(email), ensure_ascii=False, indent=2))


@privacy.command("erase")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_command(email: str, yes: bool) -> None:  # noqa: FBT001  # click hands it over
    """Erase a person; the history keeps that something was changed, without the value."""
    held = _held(email)
    entries, mentions = len(held["entries"]), len(held["mentions"])
    click.echo(
        f"account: {'ja / yes' if held['account'] else 'nee / no'}, contact rows: "
        f"{len(held['contacts'])}, entries: {entries}, mentions: {mentions}"
    )
    if not yes:
        click.confirm("Onherroepelijk wissen? / Erase for good?", abort=True)
    try:
        report = erase(system(NAME, "cli"), email)
    except RegistryError as error:
        raise click.ClickException(error.detail.en) from error
    click.echo(f"gewist / erased: {report.records} records, {report.changes} entries")


def _held(email: str) -> queries.Told:
    held = queries.held(email)
    if not any(held[name] for name in ("account", "contacts", "entries", "mentions")):
        raise click.ClickException(f"Niets bekend / nothing is known about {email}")
    return held


def register(app: Flask) -> None:
    """Enter the commands."""
    app.cli.add_command(privacy)
