"""Who has a second factor, and of whom one is required."""

from collections.abc import Sequence

from sqlalchemy import func, select

from .. import clock
from ..access import Role
from ..accounts.models import Account, Grant
from ..db import session
from .models import FactorRule, RecoveryCode, SecondFactor


def confirmed(account_id: int) -> SecondFactor | None:
    """The second factor that counts, or None."""
    found = factor(account_id)
    return found if found is not None and found.confirmed_at is not None else None


def factor(account_id: int) -> SecondFactor | None:
    """The second factor of an account, confirmed or not."""
    return session().get(SecondFactor, account_id, populate_existing=True)


def rules() -> frozenset[Role]:
    """The roles of which a second step is required."""
    return frozenset(Role(role) for role in session().scalars(select(FactorRule.role)))


def required_of(account: Account) -> bool:
    """Whether a role of `account` requires it; one that is yet to begin counts too."""
    today = clock.now().date()
    held = {Role(g.role) for g in account.grants if g.ends is None or today < g.ends}
    return bool(held & rules())


def without(role: Role) -> Sequence[Account]:
    """Who has the role and no second factor that counts."""
    having = select(SecondFactor.account_id).where(SecondFactor.confirmed_at.is_not(None))
    granted = select(Grant.account_id).where(Grant.role == role)
    query = select(Account).where(Account.id.in_(granted), Account.id.not_in(having))
    return session().scalars(query).all()


def codes_left(account_id: int) -> int:
    """How many recovery codes have not been used."""
    query = select(func.count()).select_from(RecoveryCode)
    unused = (RecoveryCode.account_id == account_id) & RecoveryCode.used_at.is_(None)
    return session().scalar(query.where(unused)) or 0
