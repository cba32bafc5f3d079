"""Who is who: accounts by address, and the actor that an account is today."""

from collections.abc import Sequence

from sqlalchemy import select

from .. import clock
from ..access import Actor, Role
from ..db import session
from .models import Account, Grant


def by_email(email: str) -> Account | None:
    """The account with this address, whatever its case."""
    return session().scalar(select(Account).where(Account.email == email.strip().casefold()))


def everyone() -> Sequence[Account]:
    """All accounts by name."""
    return session().scalars(select(Account).order_by(Account.name, Account.id)).all()


def actor(account: Account, door: str) -> Actor:
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
    )


def _holds(grant: Grant) -> bool:
    today = clock.now().date()
    return (grant.starts is None or grant.starts <= today) and (
        grant.ends is None or today < grant.ends
    )
