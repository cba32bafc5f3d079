"""`flask --app wsgi demo`: tables, letters and accounts at the first start, then the server."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select
from werkzeug.serving import run_simple

from . import access, migrations
from .access import Role
from .accounts import commands
from .accounts.queries import by_email, everyone
from .db import session
from .dumps.keeping import want
from .exchange.cli import ACTOR
from .exchange.loading import SYSTEM, load
from .extensions import database
from .jobs.cli import beside
from .record import ExternalKey, Record
from .signin.commands import set_password

PEOPLE = (
    ("secretariaat@demo.example", "Sam Secretariaat", Role.SECRETARIAT, None),
    ("kerngroeplid@demo.example", "Kim Kerngroep", Role.MEMBER, "P08"),
    ("partner@demo.example", "Pat Partner", Role.PARTNER, "P16"),
    ("beheerder@demo.example", "Bo Beheer", Role.ADMINISTRATOR, None),
)


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Start the registry with the letters loaded, for a look at it on this machine."""
    if not current_app.config["REGISTRY_DEMO"]:
        raise click.ClickException("Zet REGISTRY_DEMO=1 / Set REGISTRY_DEMO=1")
    port = _port(os.environ.get("PORT", "5000"))
    _step("Tabellen / Tables", lambda: migrations.upgrade(database.engine))
    if not session().scalar(select(func.count()).select_from(Record)):
        _step("De twee Kamerbrieven / The two letters", _letters)
    accounts = _accounts()
    click.echo(f"\n  http://127.0.0.1:{port}\n")
    click.echo("Demo-accounts (instance/demo-accounts.txt):")
    click.echo(accounts)
    click.echo(f"Mail: {current_app.config['MAIL_URL']}\n")
    session().close()
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # a proxy
    want()
    if "PUBLIC_URL" not in os.environ:  # a link in a letter must lead to this server
        app.config["PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    beside(app)
    run_simple("127.0.0.1", port, app, threaded=True)


def _port(asked: str) -> int:
    if not (asked.isdecimal() and 0 < int(asked) < 65536):
        told = f"PORT={asked} is geen poort (1-65535). / is not a port (1-65535)."
        raise click.ClickException(told)
    return int(asked)


def _step(name: str, run: Callable[[], object]) -> None:
    click.echo(f"{name} …")
    run()


def _letters() -> None:
    folder = migrations.FOLDER.parent / "seed"
    load(access.system(ACTOR, "seed"), folder, progress=lambda line: click.echo(f"  {line}"))


def _accounts() -> str:
    """Make the demo accounts once, with passwords of their own, and show what was made."""
    kept = Path(current_app.instance_path) / "demo-accounts.txt"
    if everyone() and kept.exists():
        return kept.read_text(encoding="utf-8")
    text = "".join(_account(*person) for person in PEOPLE)
    kept.touch(mode=0o600)
    kept.write_text(text, encoding="utf-8")
    return text


def _account(email: str, name: str, role: Role, key: str | None) -> str:
    system = access.system("Demo", "cli")
    organisation = session().scalar(
        select(ExternalKey.record_id).where(ExternalKey.system == SYSTEM, ExternalKey.key == key)
    )
    password = secrets.token_urlsafe(12)
    grants = [(role, organisation, None, None)]
    known = by_email(email)
    if known is None:
        commands.register(system, email=email, name=name, password=password, grants=grants)
    else:
        set_password(system, known, password)
    return f"  {role:<14} {email:<28} {password}\n"


def register(app: Flask) -> None:
    """Enter the command."""
    app.cli.add_command(demo)
