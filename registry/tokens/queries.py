"""Whose token this is."""

import hashlib

from sqlalchemy import select

from .. import clock
from ..accounts.models import Account
from ..db import session
from .models import Token


def digest(secret: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def holder(secret: str) -> Account | None:
    """The active account whose valid token this is, or None."""
    query = select(Token).where(
        Token.digest == digest(secret), Token.revoked_at.is_(None), Token.expires_at > clock.now()
    )
    token = session().scalar(query)
    return token.account if token is not None and token.account.active else None
