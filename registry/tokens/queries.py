"""Whose token this is, and which tokens somebody has."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select

from .. import clock
from ..db import session
from .models import Token


def digest(secret: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def valid(secret: str) -> Token | None:
    """The valid token with this text, of an active account, or None."""
    query = select(Token).where(
        Token.digest == digest(secret), Token.revoked_at.is_(None), Token.expires_at > clock.now()
    )
    token = session().scalar(query)
    return token if token is not None and token.account.active else None


def tokens_of(account_id: int) -> Sequence[Token]:
    """The tokens of an account, newest first, also those that are no good any more."""
    query = select(Token).where(Token.account_id == account_id).order_by(Token.id.desc())
    return session().scalars(query).all()
