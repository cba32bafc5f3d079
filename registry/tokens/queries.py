"""Whose token this is, and which tokens somebody has."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from .. import clock
from ..accounts.models import Account
from ..accounts.queries import actor
from ..db import session
from ..record import Record
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
    return session().scalars(query.options(joinedload(Token.organisation))).all()


def organisations_of(account: Account) -> Sequence[Record]:
    """The organisations that an account acts for today, by name."""
    theirs = sorted(actor(account, "").organisations)
    query = select(Record).where(Record.id.in_(theirs)).order_by(Record.sort_title)
    return session().scalars(query).all()


def has_left(token: Token) -> bool:
    """Whether a token is for an organisation that its account does not act for any more."""
    place = token.organisation_id
    return place is not None and place not in actor(token.account, "").organisations
