"""The letter to the members of an organisation that keeps a record from now on."""

from collections.abc import Iterable

from flask import current_app
from sqlalchemy import select

from ..access import can_see
from ..accounts.models import Account, Grant
from ..accounts.queries import actor
from ..db import session
from ..kind import kind_named
from ..notifications.letters import Letter, Payload, Undeliverable, letter, spread
from ..record import Record
from ..words import Words

TOPIC = "hand_over"
SUBJECT = Words("Uw organisatie beheert nu {reference}", "Your organisation now keeps {reference}")
TEXT = Words(
    """Dag {name},

Het secretariaat heeft dit aan uw organisatie overgedragen:

{title} ({reference})
{link}

Vanaf nu houden u en uw collega’s het bij. Wat gepubliceerd is, wijzigt u
met een voorstel dat het secretariaat beoordeelt.
""",
    """Dear {name},

The secretariat has handed this over to your organisation:

{title} ({reference})
{link}

From now on you and your colleagues maintain it. What is published you
change by a proposal that the secretariat judges.
""",
)


@spread(TOPIC)
def members(payload: Payload) -> Iterable[int]:
    """The accounts that act for the organisation today."""
    query = select(Account).join(Grant).where(Grant.organisation_id == payload["organisation"])
    for account in session().scalars(query.where(Account.active).distinct()):
        if payload["organisation"] in actor(account, "cli").organisations:
            yield account.id


@letter(TOPIC)
def handed_over(account: Account, payload: Payload) -> Letter:
    """The letter to one of them."""
    record = session().get(Record, payload["record"])
    if record is None or not can_see(actor(account, "cli"), record):
        raise Undeliverable("what was handed over is not there any more")
    root = current_app.config["PUBLIC_URL"].rstrip("/")
    told = {
        "name": account.name,
        "title": record.title,
        "reference": record.reference,
        "link": f"{root}/{kind_named(record.kind).collection}/{record.reference}",
    }
    language = account.language
    return Letter(SUBJECT.in_(language).format(**told), TEXT.in_(language).format(**told))
