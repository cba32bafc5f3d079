"""Giving out the private address of one's calendar, and taking it back."""

import secrets

from .. import clock
from ..access import Actor, Permission, require
from ..accounts.commands import closing
from ..accounts.events import note
from ..accounts.models import Account
from ..command import command
from ..db import session
from .models import CalendarAddress
from .queries import address_of, digest

PREFIX = "agenda_"
"""By this, logs know the secret wherever it stands."""


@command
def renew(actor: Actor, account: Account) -> str:
    """A new secret for `account`; the one before opens nothing any more. The only time that its
    text is known."""
    if actor.account_id != account.id:
        require(actor, Permission.PEOPLE_MANAGE)
    found = address_of(account.id)
    if found is None:
        found = CalendarAddress(account_id=account.id)
        session().add(found)
    secret = PREFIX + secrets.token_urlsafe(32)
    found.digest, found.created_at, found.last_used_at = digest(secret), clock.now(), None
    note(actor, account, "calendar_made")
    return secret


@command
def revoke(actor: Actor, account: Account) -> None:
    """Take the address back at once."""
    if actor.account_id != account.id:
        require(actor, Permission.PEOPLE_MANAGE)
    if (found := address_of(account.id)) is not None:
        session().delete(found)
        note(actor, account, "calendar_revoked")


closing.append(revoke)
