"""The letters about the state of affairs: what is behind, and what is still asked in a round."""

from collections.abc import Iterable
from datetime import date

from babel.dates import format_date
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ..accounts.models import Account, Grant
from ..accounts.queries import actor
from ..db import session
from ..kind import kind_named
from ..record import Record
from ..rounds.commands import OPENED, REMINDER
from ..updates.models import Update
from ..updates.schemas import BEHIND
from ..words import Words
from .letters import Letter, Payload, Undeliverable, letter, spread

REPORTED = "update"
LATE = (
    Words("Vertraging gemeld: {title}", "Reported behind schedule: {title}"),
    Words(
        """Dag {name},

Gemeld is dat dit vertraagd is:

{title}
{link}
""",
        """Dear {name},

This was reported to be behind schedule:

{title}
{link}
""",
    ),
)
OPEN = (
    Words("Voortgangsuitvraag: {title}", "Reporting round: {title}"),
    Words(
        """Dag {name},

In de voortgangsuitvraag «{title}» vraagt het secretariaat aan
{organisation} hoe het staat: {open} in te vullen, uiterlijk op {deadline}.

{link}

Is er niets veranderd, dan is dat met één klik gemeld.
""",
        """Dear {name},

In the reporting round “{title}”, the secretariat asks {organisation}
how things stand: {open} to report, by {deadline}.

{link}

If nothing changed, one click says so.
""",
    ),
)
ASKED = (
    Words("Herinnering: {title}", "Reminder: {title}"),
    Words(
        """Dag {name},

In de voortgangsuitvraag «{title}» is van {organisation} nog niet alles
ingevuld: {open} te gaan. De uiterste datum is {deadline}.

{link}

Is er niets veranderd, dan is dat met één klik gemeld.
""",
        """Dear {name},

In the reporting round “{title}”, {organisation} has not reported
everything yet: {open} to go. The deadline is {deadline}.

{link}

If nothing changed, one click says so.
""",
    ),
)


@spread(REPORTED)
def secretariat(payload: Payload) -> Iterable[int]:
    """The secretariat reads of what is behind; other reports are for nobody's mailbox."""
    update = session().get(Update, payload["update"])
    if update is None or update.state != BEHIND:
        return []
    query = select(Account).where(Account.active, Account.grants.any(Grant.role == "secretariat"))
    found = session().scalars(query.options(selectinload(Account.grants)).order_by(Account.id))
    return [a.id for a in found if actor(a, "cli").editorial and a.id != update.actor_id]


@letter(REPORTED)
def behind(account: Account, payload: Payload) -> Letter:
    """The letter that tells of a delay."""
    record = session().get(Record, payload["record"])
    if record is None or record.deleted_at is not None:
        raise Undeliverable("the record is gone")
    link = f"/{kind_named(record.kind).collection}/{record.reference}"
    return _filled(account, LATE, link, title=record.title)


@letter(OPENED)
def opened(account: Account, payload: Payload) -> Letter:
    """The letter to who is asked to report."""
    return _asked(account, OPEN, payload)


@letter(REMINDER)
def reminder(account: Account, payload: Payload) -> Letter:
    """The letter to who has not reported yet."""
    return _asked(account, ASKED, payload)


def _asked(account: Account, words: tuple[Words, Words], payload: Payload) -> Letter:
    day = date.fromisoformat(payload["deadline"])
    told = {name: payload[name] for name in ("title", "organisation", "open")}
    deadline = format_date(day, "long", locale=account.language)
    return _filled(account, words, f"/rounds/{payload['round']}", deadline=deadline, **told)


def _filled(account: Account, words: tuple[Words, Words], path: str, **told: object) -> Letter:
    root = current_app.config["PUBLIC_URL"].rstrip("/")
    subject, text = (each.in_(account.language) for each in words)
    values = {**told, "name": account.name, "link": f"{root}{path}"}
    return Letter(" ".join(subject.format(**values).split()), text.format(**values))
