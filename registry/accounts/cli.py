"""`flask --app wsgi account EMAIL --name …`: somebody who can sign in, made at the terminal."""

import secrets

import click
from flask import Flask
from flask.cli import with_appcontext

from ..access import Role, system
from ..errors import Invalid
from .commands import register as make

ROLES = [str(role) for role in (Role.ADMINISTRATOR, Role.SECRETARIAT)]


@click.command("account")
@click.argument("email")
@click.option("--name", required=True, help="What this person is called.")
@click.option("--role", type=click.Choice(ROLES), default=ROLES[0], show_default=True)
@with_appcontext
def account(email: str, name: str, role: str) -> None:
    """Make an account and print its password once; members are made on the screens."""
    password = secrets.token_urlsafe(12)
    grants = [(role, None, None, None)]
    try:
        make(system("Terminal", "cli"), email=email, name=name, password=password, grants=grants)
    except Invalid as error:
        why = "; ".join(f"{field}: {found[0]}" for field, found in error.errors.items())
        raise click.ClickException(why) from error
    click.echo(password)


def register(app: Flask) -> None:
    """Enter the command."""
    app.cli.add_command(account)
