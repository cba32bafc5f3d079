"""`flask --app wsgi remind`: the reminders of a day; a worker does so once a day."""

from datetime import date, datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from .. import clock
from ..access import Actor, system
from ..jobs.cli import rounds
from .run import HELD, PAUSED, QUEUED, Plan, is_done, plan, run

NAME = "Register (herinneringen)"
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("remind")
@click.option("--as-of", type=DAY, help="As if it were this day (default: the reference date).")
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@with_appcontext
def remind(*, as_of: datetime | None, dry_run: bool) -> None:
    """Ask for the reminders of a day. Nothing is sent twice, however often it is done."""
    day = as_of.date() if as_of else clock.today()
    if dry_run:
        with clock.seen_as_of(day):
            found = plan()
        _tell(found)
    else:
        found = run(_actor(), day)
    told = f"{found.count(QUEUED)} reminders to {len(found.chosen)} people"
    waiting = f"{found.count(PAUSED, HELD)} wait (paused, or the address refused mail)"
    click.echo(f"{day}: {told}, {waiting}; for {len(found.nobody)} there is nobody to remind")


def _tell(found: Plan) -> None:
    for number, chosen in found.chosen.items():
        click.echo(f"{found.accounts[number].email}:")
        for one in chosen:
            words = one.due.due.text if one.due.due else one.due.term
            about = f"{one.due.record.reference} {one.due.rule} “{words}”"
            click.echo(f"  {about} ({one.due.number}, {one.state})")


def _actor() -> Actor:
    return system(NAME, "cli")


def _round() -> None:
    """What a worker of everything does once a day; where mail has no way out, nothing is asked."""
    day, done = clock.today(), current_app.extensions.setdefault("reminded", set[date]())
    if day in done or not current_app.config["MAIL_URL"]:
        return
    if not is_done(day):
        run(_actor(), day)
    done.add(day)


rounds.append(_round)


def register(app: Flask) -> None:
    """Enter the command."""
    app.cli.add_command(remind)
