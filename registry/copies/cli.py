"""`flask --app wsgi annex …`: an annex at the terminal, written to a file."""

from datetime import date
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from .. import clock
from ..access import ANYBODY, Actor, Role, system
from ..annexes import comparing, composing
from ..annexes.commands import CORE
from ..annexes.looking import Content
from ..errors import Invalid, Message, NotFound, messages
from ..printing.formats import FORMATS
from ..reports import queries as reports
from ..reports.models import Annex

READERS = {
    "core_group": CORE,
    "partners": Actor(roles=frozenset({Role.PARTNER})),
    "public": ANYBODY,
}
UNREAD = Message("This is no day: {text}.", "Dit is geen dag: {text}.", "wrong_type")
NOWHERE = Message(
    "There is no annex {reference}.", "Er is geen bijlage {reference}.", "unknown_reference"
)
ONE = Message(
    "Give a reference date or an annex, not both: an annex has its own date.",
    "Geef een peildatum of een bijlage, niet beide: een bijlage heeft een eigen peildatum.",
    "not_allowed",
)


@click.command("annex")
@click.option("--as-of", "day", help="The reference date, YYYY-MM-DD. Default: today.")
@click.option("--annex", "reference", help="A registered annex, such as REP-0001.")
@click.option("--lang", default="nl", show_default=True, type=click.Choice(["nl", "en"]))
@click.option("--format", "name", default="csv", show_default=True, type=click.Choice([*FORMATS]))
@click.option(
    "--reader",
    default="core_group",
    show_default=True,
    type=click.Choice([*READERS]),
    help="For whom: judgements and agreements are for the core group only.",
)
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def annex(
    day: str | None, reference: str | None, lang: str, name: str, reader: str, output: Path
) -> None:
    """Write an annex to a progress letter: a registered one, or one of everything on a day."""
    try:
        told = _content(day, reference, READERS[reader])
    except Invalid as error:
        said = "\n".join(message.in_(lang) for message in messages(error.errors))
        raise click.ClickException(said) from error
    try:
        output.write_bytes(FORMATS[name].write(told, lang))
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}") from error
    lines = len(told["commitments"]) + len(told["initiatives"])
    click.echo(f"{output}: {lines} lines as of {told['asOf']}, {told['leftOut']} left out")


def _content(day: str | None, reference: str | None, reader: Actor) -> Content:
    if day and reference:
        raise Invalid({"_schema": [ONE]})
    if reference is None:
        return composing.content(Annex(title=TITLE, title_en=TITLE_EN, as_of=_day(day)), reader)
    try:
        found = reports.annex(system("Terminal", "cli"), reference)
    except NotFound as error:
        raise Invalid({"annex": [NOWHERE.format(reference=reference)]}) from error
    return comparing.of(found, reader)


TITLE, TITLE_EN = "Bijlage bij de voortgangsbrief", "Annex to the progress letter"


def _day(text: str | None) -> date:
    if text is None:
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid({"asOf": [UNREAD.format(text=text)]}) from error


def register(app: Flask) -> None:
    """Enter the command."""
    app.cli.add_command(annex)
