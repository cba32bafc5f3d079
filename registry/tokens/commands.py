"""Giving out and taking back tokens."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select

from .. import clock
from ..access import Actor, Permission, require
from ..accounts.commands import UNSHOWN, closing
from ..accounts.events import note
from ..accounts.models import Account
from ..command import command
from ..db import session
from ..errors import Invalid, Message
from ..fields import UNREADABLE
from .models import PUBLIC, SCOPES, WRITE, Token
from .queries import digest, organisations_of

PREFIX = "sr_"
LONGEST = 730
NO_NAME = Message(
    "Say what the token is for, in at most 200 characters.",
    "Zeg waar het token voor is, in hoogstens 200 tekens.",
    "required",
)
NO_SCOPE = Message("Choose what it may do.", "Kies wat het mag.", "choice")
NO_DAYS = Message(
    "Give a number of days from 1 to 730.", "Geef een aantal dagen van 1 tot 730.", "range"
)


NOT_THEIRS = Message(
    "Choose one of the organisations that the account acts for, or none.",
    "Kies een van de organisaties waarvoor het account werkt, of geen.",
    "choice",
)
FOR_NOBODY = Message(
    "A token that reads only what is public acts for no organisation.",
    "Een token dat alleen leest wat openbaar is, werkt voor geen organisatie.",
    "choice",
)


@command
def issue(
    actor: Actor,
    account: Account,
    name: str,
    *,
    days: int = 90,
    scope: str = WRITE,
    organisation: str = "",
) -> str:
    """A new token for `account`, valid for `days`. The only time that its text is known. With the
    reference of an `organisation` it acts for that one alone, and no longer than the account."""
    if actor.account_id != account.id:
        require(actor, Permission.PEOPLE_MANAGE)
    theirs = {one.reference: one.id for one in organisations_of(account)}
    if errors := _faults(name, days, scope) | _misplaced(organisation, theirs, scope):
        raise Invalid(errors)
    secret, now = PREFIX + secrets.token_urlsafe(32), clock.now()
    made = Token(name=name.strip(), scope=scope, organisation_id=theirs.get(organisation))
    made.account_id, made.digest = account.id, digest(secret)
    made.created_at, made.expires_at = now, now + timedelta(days=days)
    session().add(made)
    told = {"organisation": organisation} if organisation else {}
    note(actor, account, "token_made", name=made.name, scope=scope, **told)
    return secret


def _misplaced(organisation: str, theirs: Collection[str], scope: str) -> dict[str, list[Message]]:
    if not organisation or (organisation in theirs and scope != PUBLIC):
        return {}
    return {"organisation": [FOR_NOBODY if scope == PUBLIC else NOT_THEIRS]}


def _faults(name: str, days: int, scope: str) -> dict[str, list[Message]]:
    if UNREADABLE.search(name):
        return {"name": [UNSHOWN]}
    wrong = {
        "name": (NO_NAME, not 0 < len(name.strip()) <= 200),
        "days": (NO_DAYS, not 1 <= days <= LONGEST),
        "scope": (NO_SCOPE, scope not in SCOPES),
    }
    return {field: [message] for field, (message, is_so) in wrong.items() if is_so}


@command
def revoke(actor: Actor, token: Token) -> None:
    """Take a token back at once."""
    if actor.account_id != token.account_id:
        require(actor, Permission.PEOPLE_MANAGE)
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        note(actor, token.account, "token_revoked", name=token.name)


def _revoke_all(actor: Actor, account: Account) -> None:
    theirs = (Token.account_id == account.id) & Token.revoked_at.is_(None)
    for token in session().scalars(select(Token).where(theirs)):
        revoke(actor, token)


closing.append(_revoke_all)
