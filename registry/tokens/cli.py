"""`flask --app wsgi token …`: tokens at the terminal, made, listed and revoked."""

import click
from flask import Flask
from flask.cli import with_appcontext

from ..access import system
from ..accounts.models import Account
from ..accounts.queries import by_email
from ..db import session
from ..errors import Invalid
from .commands import issue, revoke
from .models import SCOPES, Token
from .queries import tokens_of


@click.command("token")
@click.argument("email")
@click.option("--name", required=True, help="What the token is for.")
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 730))
@click.option("--scope", default="write", show_default=True, type=click.Choice(SCOPES))
@click.option("--for", "organisation", default="", help="The organisation, such as ORG-0001.")
@with_appcontext
def token(email: str, name: str, days: int, scope: str, organisation: str) -> None:
    """Print a new bearer token of the account with this address; it is shown this once."""
    account = _account(email)
    if not account.active:
        raise click.ClickException(f"Nobody can sign in with the address {email}.")
    try:
        made = issue(
            system("Terminal", "cli"),
            account,
            name,
            days=days,
            scope=scope,
            organisation=organisation,
        )
        click.echo(made)
    except Invalid as error:
        raise click.ClickException(str(error.errors)) from error


@click.command("tokens")
@click.argument("email")
@with_appcontext
def tokens(email: str) -> None:
    """List the tokens of the account with this address."""
    for one in tokens_of(_account(email).id):
        state = "revoked" if one.revoked_at else f"until {one.expires_at:%Y-%m-%d}"
        place = one.organisation.reference if one.organisation else "all"
        click.echo(f"{one.id}\t{one.scope}\t{place}\t{state}\t{one.name}")


@click.command("token-revoke")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@with_appcontext
def token_revoke(number: int) -> None:
    """Take back the token with this number, as `tokens` lists them."""
    found = session().get(Token, number)
    if found is None:
        raise click.ClickException(f"There is no token {number}.")
    revoke(system("Terminal", "cli"), found)
    click.echo(f"{found.name}: revoked")


def _account(email: str) -> Account:
    account = by_email(email)
    if account is None:
        raise click.ClickException(f"Nobody can sign in with the address {email}.")
    return account


def register(app: Flask) -> None:
    """Enter the commands."""
    for one in (token, tokens, token_revoke):
        app.cli.add_command(one)
