"""Who is who: accounts by address, and the actor that an account is today."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from .. import clock
from ..access import Actor, Role
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


def actor(account: Account, door: str, address: str = "") -> Actor:
    """What `account` may do now, by the grants that hold today (the real day)."""
    held = [grant for grant in account.grants if _holds(grant)]
    organisations = [g.organisation_id for g in held if g.organisation_id is not None]
    return Actor(
        account.id,
        account.name,
        frozenset(Role(grant.role) for grant in held) or frozenset({Role.PUBLIC}),
        frozenset(organisations),
        organisations[0] if organisations else None,
        door,
        address,
    )


def _holds(grant: Grant) -> bool:
    today = clock.now().date()
    return (grant.starts is None or grant.starts <= today) and (
        grant.ends is None or today < grant.ends
    )
