"""Who is who: accounts by address, and the actor that an account is today."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from .. import clock
from ..access import MATRIX, Actor, Permission, Role
from ..db import session
from .models import Account, Grant


def by_email(email: str) -> Account | None:
    """The account with this address, whatever its case."""
    if "\0" in email:  # PostgreSQL cannot even compare it
        return None
    return session().scalar(select(Account).where(Account.email == email.strip().casefold()))


def everyone() -> Sequence[Account]:
    """All accounts by name, with what they are granted and where."""
    query = select(Account).order_by(Account.name, Account.id)
    places = selectinload(Account.grants).joinedload(Grant.organisation)
    return session().scalars(query.options(places)).all()


class HeldGrant(NamedTuple):
    """A grant as far as it says what somebody may."""

    role: str
    organisation_id: int | None
    starts: date | None
    ends: date | None


class Holding(NamedTuple):
    """An account as far as it says who acts."""

    id: int
    name: str
    grants: list[HeldGrant]


def actor(
    account: Account | Holding, door: str, address: str = "", *, only: int | None = None
) -> Actor:
    """What `account` may do now, by the grants that hold today (the real day); with `only`, what
    it may for that one organisation."""
    held = [grant for grant in account.grants if _holds(grant)]
    if only is not None:
        held = [grant for grant in held if grant.organisation_id == only]
    organisations = [g.organisation_id for g in held if g.organisation_id is not None]
    return Actor(
        account.id,
        account.name,
        frozenset(Role(grant.role) for grant in held) or frozenset({Role.PUBLIC}),
        frozenset(organisations),
        organisations[0] if organisations else None,
        door,
        address,
        only,
    )


def _holds(grant: Grant | HeldGrant) -> bool:
    today = clock.now().date()
    return (grant.starts is None or grant.starts <= today) and (
        grant.ends is None or today < grant.ends
    )


def judges(*, but: int | None = None) -> Sequence[int]:
    """Who can publish today and sign in, leaving out one account."""
    today = clock.now().date()
    query = (
        select(Account.id)
        .join(Account.grants)
        .where(
            Account.active,
            Account.password_hash.is_not(None),
            Grant.role.in_(
                role for role, may in MATRIX.items() if Permission.RECORD_PUBLISH in may
            ),
            or_(Grant.starts.is_(None), Grant.starts <= today),
            or_(Grant.ends.is_(None), Grant.ends > today),
        )
    )
    if but is not None:
        query = query.where(Account.id != but)
    return session().scalars(query.distinct().order_by(Account.id)).all()
