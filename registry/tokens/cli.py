"""`flask --app wsgi token EMAIL --name …`: a new token at the terminal."""

import click
from flask import Flask
from flask.cli import with_appcontext

from ..access import system
from ..accounts.queries import by_email
from .commands import issue


@click.command("token")
@click.argument("email")
@click.option("--name", required=True, help="What the token is for.")
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 730))
@with_appcontext
def token(email: str, name: str, days: int) -> None:
    """Print a new bearer token of the account with this address; it is shown this once."""
    account = by_email(email)
    if account is None or not account.active:
        raise click.ClickException(f"Nobody can sign in with the address {email}.")
    click.echo(issue(system("Terminal", "cli"), account, name.strip()[:200], days=days))


def register(app: Flask) -> None:
    """Enter the command."""
    app.cli.add_command(token)
