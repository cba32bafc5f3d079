"""The letter that asks an owner to agree to lines of an annex."""

from flask import current_app

from ..accounts.models import Account
from ..reports.commands import TOPIC
from ..words import Words
from .letters import Letter, Payload, letter

SUBJECT = Words("Akkoord gevraagd: {title}", "Your agreement is asked: {title}")
TEXT = Words(
    """Dag {name},

In de bijlage «{title}» staan regels waar uw organisatie over gaat.
Kloppen zij? Aantal voorgelegde regels: {lines}.

{link}

U kunt per regel akkoord geven of een opmerking maken.
""",
    """Dear {name},

The annex “{title}” has lines that your organisation owns.
Are they right? Number of lines asked: {lines}.

{link}

You can agree to each line, or remark on it.
""",
)


@letter(TOPIC)
def asked(account: Account, payload: Payload) -> Letter:
    """The letter to who is asked; one for all lines together."""
    root = current_app.config["PUBLIC_URL"].rstrip("/")
    values = {
        "name": account.name,
        "title": payload["title"],
        "lines": payload["lines"],
        "link": f"{root}/agreements",
    }
    subject = SUBJECT.in_(account.language).format(**values)
    return Letter(" ".join(subject.split()), TEXT.in_(account.language).format(**values))
