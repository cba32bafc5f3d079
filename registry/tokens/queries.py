"""Whose token this is, and which tokens somebody has."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, String, bindparam, select
from sqlalchemy.orm import joinedload

from .. import clock
from ..accounts.models import Account, Grant
from ..accounts.queries import HeldGrant, Holding, actor
from ..db import Moment, connection, session
from ..prepared import Prepared
from ..record import Record
from .models import Token


def digest(secret: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Held(NamedTuple):
    """A token at the door, with the account that holds it."""

    id: int
    scope: str
    organisation_id: int | None
    last_used_at: datetime | None
    account: Holding


def valid(secret: str) -> Held | None:
    """The valid token with this text, of an active account, or None: one statement, as every
    request asks for it."""
    here = connection()
    rows = _held(here.dialect).rows(here, {"secret": digest(secret)})
    if not rows:
        return None
    number, scope, organisation, used, account, name = rows[0][:6]
    grants = [HeldGrant(*row[6:]) for row in rows if row[6] is not None]
    return Held(number, scope, organisation, used, Holding(account, name, grants))


@lru_cache(maxsize=8)
def _held(dialect: Dialect) -> Prepared:
    token = (Token.id, Token.scope, Token.organisation_id, Token.last_used_at)
    grant = (Grant.role, Grant.organisation_id, Grant.starts, Grant.ends)
    query: Any = select(*token, Account.id, Account.name, *grant).select_from(Token)
    query = query.join(Account, Account.id == Token.account_id)
    query = query.outerjoin(Grant, Grant.account_id == Account.id)
    now = bindparam("present", callable_=clock.now, type_=Moment)
    good = (Token.revoked_at.is_(None), Token.expires_at > now, Account.active)
    query = query.where(Token.digest == bindparam("secret", type_=String), *good)
    return Prepared(query.order_by(Grant.id), dialect)


def tokens_of(account_id: int) -> Sequence[Token]:
    """The tokens of an account, newest first, also those that are no good any more."""
    query = select(Token).where(Token.account_id == account_id).order_by(Token.id.desc())
    return session().scalars(query.options(joinedload(Token.organisation))).all()


def organisations_of(account: Account) -> Sequence[Record]:
    """The organisations that an account acts for today, by name."""
    theirs = sorted(actor(account, "screen").organisations)
    query = select(Record).where(Record.id.in_(theirs)).order_by(Record.sort_title)
    return session().scalars(query).all()


def has_left(token: Token) -> bool:
    """Whether a token is for an organisation that its account does not act for any more."""
    place = token.organisation_id
    return place is not None and place not in actor(token.account, "screen").organisations
