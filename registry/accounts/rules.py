"""Nobody judges their own work, unless nobody else can."""

from sqlalchemy import or_, select

from .. import clock, editing
from ..access import MATRIX, Actor, Permission
from ..db import session
from ..errors import Forbidden
from ..words import Words
from .models import Account, Grant

OWN = Words(
    "U hebt dit zelf ingediend. Iemand anders van het secretariaat beoordeelt het.",
    "You submitted this yourself. Somebody else of the secretariat judges it.",
)
ALONE = "Zelf beoordeeld: niemand anders kon het"
JUDGES = tuple(role for role, granted in MATRIX.items() if Permission.RECORD_PUBLISH in granted)


def refuse_own(actor: Actor, author_id: int | None) -> str | None:
    """Raise Forbidden for who handed it in; the mark for the history where nobody else can."""
    if author_id is None or author_id != actor.account_id:
        return None
    if _others(actor.account_id):
        raise Forbidden(OWN)
    return ALONE


def _others(account_id: int) -> bool:
    """Whether somebody else can judge today."""
    today = clock.now().date()
    query = (
        select(Account.id)
        .join(Account.grants)
        .where(
            Account.id != account_id,
            Account.active,
            Account.password_hash.is_not(None),
            Grant.role.in_(JUDGES),
            or_(Grant.starts.is_(None), Grant.starts <= today),
            or_(Grant.ends.is_(None), Grant.ends > today),
        )
    )
    return session().scalar(query.limit(1)) is not None


editing.judging.append(refuse_own)
