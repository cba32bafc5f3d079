"""The worker: claims a row of the outbox, writes its letter, sends it, and notes how that went."""

import logging
import smtplib
from collections.abc import Callable
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select

from .. import clock
from ..accounts.models import Account
from ..db import session
from ..ledger import Outbox
from . import letters
from .letters import Letter, Undeliverable
from .post import Carrier

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 240, 720))
"""How long to wait after each failure; after the last there is one more attempt."""
MOST = len(WAITS) + 1
SENDER = "Samenwerkingsregister"
PERMANENT = 500  # from here on a mail server says that trying again is of no use
REFUSED = "the address was refused: "
refused: list[Callable[[Account, str], None]] = []
"""What higher rooms do where the address of an account was refused for good."""


def deliver_due(send: Carrier) -> int:
    """Do all that is due; how many rows came to their end. Never raises for a failing server."""
    ended = 0
    while (row := claim()) is not None:
        if row.attempts > MOST:
            _give_up(row, "each attempt ended with its worker")
        else:
            _deliver(row, send)
        ended += row.due_at is None
    return ended


def claim() -> Outbox | None:
    """The next row that is due, for this worker alone until its lease runs out."""
    due = select(Outbox).where(Outbox.due_at <= clock.now()).order_by(Outbox.due_at, Outbox.id)
    query = due.limit(1).with_for_update(skip_locked=True)
    row = session().scalar(query, execution_options={"populate_existing": True})
    if row is not None:
        row.attempts += 1
        row.due_at = clock.now() + LEASE
    session().commit()
    return row


def _deliver(row: Outbox, send: Carrier) -> None:
    try:
        if "account" not in row.payload:
            _spread(row)
            return
        account = letters.receiver(row.payload)
        letter = letters.write(row.topic, account, row.payload)
        session().commit()  # the link in a letter must be good, and the database free, from here on
        _send(row, account, letter, send)
    except Undeliverable as error:
        _give_up(row, str(error))
    except Exception as error:  # any fault of one letter must not keep the others
        _failed(row, f"{type(error).__name__}: {error}")
    else:
        _done(row)


def _send(row: Outbox, account: Account, letter: Letter, send: Carrier) -> None:
    """Hand a message over; one that is refused for good, at once or later on, is given up."""
    try:
        send(_message(row, account, letter))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
        if any(code < PERMANENT for code, _ in _answers(error)):
            raise
        why = f"{REFUSED}{_said(error)}"
        if letter.to is None:
            _note(account, why)
        raise Undeliverable(why) from error


def _note(account: Account, why: str) -> None:
    for told in refused:
        told(account, why)


def _spread(row: Outbox) -> None:
    """Turn a row for several people into a row for each, at once or not at all."""
    if row.topic not in letters.SPREADS:
        raise Undeliverable(f"there is nobody to write to for {row.topic!r}")
    now = clock.now()
    for number in letters.SPREADS[row.topic](row.payload):
        payload = {**row.payload, "account": number}
        each = Outbox(
            seq=row.seq, topic=row.topic, payload=payload, created_at=row.created_at, due_at=now
        )
        session().add(each)
    _done(row)


def _done(row: Outbox) -> None:
    row.done_at, row.due_at, row.failure = clock.now(), None, None
    _forget_address(row)
    session().commit()


def _forget_address(row: Outbox) -> None:
    """An address that somebody had before is kept no longer than its letter waits."""
    if "address" in row.payload:
        row.payload = {name: v for name, v in row.payload.items() if name != "address"}


def _failed(row: Outbox, why: str) -> None:
    session().rollback()
    if row.attempts >= MOST:
        _give_up(row, why)
        return
    row.due_at = clock.now() + WAITS[row.attempts - 1]
    row.failure = why[:1000]
    session().commit()
    log.warning("mail %s (%s) failed, attempt %s: %s", row.id, row.topic, row.attempts, why)


def _give_up(row: Outbox, why: str) -> None:
    session().rollback()
    row.due_at, row.failure = None, why[:1000]
    _forget_address(row)
    session().commit()
    log.warning("mail %s (%s) is given up: %s", row.id, row.topic, why)


def _answers(
    error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError,
) -> list[tuple[int, bytes | str]]:
    """What the mail server said: a number and words, for each address or for the message."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return list(error.recipients.values())
    return [(error.smtp_code, error.smtp_error)]


def _said(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> str:
    return "; ".join(
        f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
        for code, text in _answers(error)
    )


def _message(row: Outbox, account: Account, letter: Letter) -> EmailMessage:
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"
    name, address = parseaddr(current_app.config["MAIL_FROM"] or f"register@{host}")
    message = EmailMessage()
    message["From"] = Address(name or SENDER, addr_spec=address)
    message["To"] = Address(" ".join(account.name.split()), addr_spec=letter.to or account.email)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(clock.now())
    # The same for every attempt: a server that got it twice can tell.
    message["Message-ID"] = f"<outbox-{row.id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = account.language
    message.set_content(letter.text)
    return message
