"""Taking a person out of what lies beside the records: the log of accounts, proposals, mail, and
what was counted of their attempts. Sessions, links, codes and tokens go with the account."""

from typing import Any

from sqlalchemy import or_, select, update

from .. import clock
from ..accounts.models import AccountEvent
from ..db import session
from ..ledger import Outbox
from ..once import commands as once
from ..record import Record
from ..signin.models import AccountSession
from ..signin.throttle import forget_all
from ..workflow.models import OPEN, Revision
from .models import Erasure
from .personal import ERASED, Person


def forget(who: Person, erasure: Erasure) -> None:
    """Overwrite or take away all that is about `who` here, while `erasure` is open."""
    forget_all(who.email, _addresses(who))
    _log(who, erasure)
    _proposals(who)
    _notes(who)
    _outbox(who)
    _answers(who)
    session().flush()


def _addresses(who: Person) -> set[str]:
    """The network addresses from which they were here."""
    own = AccountSession.account_id == who.account_id
    seen = select(AccountSession.address).where(own)
    acted = select(AccountEvent.address).where(AccountEvent.actor_id == who.account_id)
    found = {*session().scalars(seen), *session().scalars(acted)} if who.account_id else set()
    return {address for address in found if address}


def _log(who: Person, erasure: Erasure) -> None:
    """What happened stays, without whom it happened to and who did it."""
    if who.account_id is None:
        return
    own, done = AccountEvent.account_id, AccountEvent.actor_id
    query = select(AccountEvent).where(or_(own == who.account_id, done == who.account_id))
    for event in session().scalars(query):
        if event.account_id == who.account_id:
            event.account_id, event.address = None, None
            event.detail = dict.fromkeys(event.detail, ERASED)
        if event.actor_id == who.account_id:
            event.actor_id, event.actor_name, event.address = -erasure.id, ERASED, None
    session().flush()


def _proposals(who: Person) -> None:
    """What somebody proposed can still be judged; on whose behalf, only until then."""
    for proposal in session().scalars(select(Revision)):
        for name in ("reason", "note", "payload", "steps"):
            _set(proposal, name, who.anywhere(getattr(proposal, name)))
        if who.account_id is None:
            continue
        proposal.steps = [_unnamed(who, step) for step in proposal.steps]
        if proposal.reviewer_id == who.account_id:
            proposal.reviewer_name = ERASED
        if proposal.author_id == who.account_id:
            proposal.author_name = ERASED
            if proposal.state not in OPEN:
                proposal.author_rights = {"roles": [], "organisations": []}


def _unnamed(who: Person, step: dict[str, Any]) -> dict[str, Any]:
    """A step of a proposal that this person took, without them."""
    own = step["account"] == who.account_id
    return {**step, "account": None, "by": ERASED} if own else step


def _notes(who: Person) -> None:
    """Why something was returned is no entry of the book: it is overwritten where it stands."""
    table: Any = Record.__table__
    query = select(table.c.id, table.c.review_note).where(table.c.review_note.is_not(None))
    for number, note in session().execute(query).all():
        if who.text(note) != note:
            row = table.c.id == number
            session().execute(update(table).where(row).values(review_note=who.text(note)))


def _outbox(who: Person) -> None:
    """Mail that waits for this person is not sent, and mail that was sent is forgotten."""
    for letter in session().scalars(select(Outbox)):
        _set(letter, "failure", who.text(letter.failure))
        payload = who.anywhere(letter.payload)
        if who.account_id is not None and payload.get("account") == who.account_id:
            payload["account"] = None
        if payload != letter.payload:
            letter.payload, letter.due_at = payload, None
            letter.done_at = letter.done_at or clock.now()


def _answers(who: Person) -> None:
    """What was answered to requests that were given a key, of others too."""

    def tells(text: str) -> bool:
        return who.text(text) != text or any(name in text for name in who.names)

    once.forget(tells)


def _set(row: Any, name: str, value: Any) -> None:
    if getattr(row, name) != value:
        setattr(row, name, value)
