"""Giving out and taking back tokens."""

import secrets
from datetime import timedelta

from .. import clock
from ..access import Actor, Permission, require
from ..accounts.models import Account
from ..command import command
from ..db import session
from .models import Token
from .queries import digest

PREFIX = "sr_"


@command
def issue(actor: Actor, account: Account, name: str, *, days: int = 90) -> str:
    """A new token for `account`, valid for `days`. The only time that its text is known."""
    if actor.account_id != account.id:
        require(actor, Permission.PEOPLE_MANAGE)
    secret = PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    session().add(
        Token(
            account_id=account.id,
            name=name,
            digest=digest(secret),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
    )
    return secret


@command
def revoke(actor: Actor, token: Token) -> None:
    """Take a token back at once."""
    if actor.account_id != token.account_id:
        require(actor, Permission.PEOPLE_MANAGE)
    token.revoked_at = clock.now()
