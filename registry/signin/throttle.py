"""Limits on attempts, counted in the database before the attempt is judged: however many come at
once, no more than the limit get through."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import case, delete, literal, update
from sqlalchemy.dialects import postgresql, sqlite

from .. import clock
from ..access import Actor
from ..accounts.events import note
from ..accounts.models import Account
from ..command import command
from ..db import Moment, session
from ..errors import TooMany
from .models import Attempt

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """At most so many attempts in a `window`, per account and per address."""

    name: str
    of_account: int
    of_address: int
    window: timedelta


SIGN_IN = Limit("sign_in", 10, 60, timedelta(minutes=15))
CODE = Limit("code", 6, 60, timedelta(minutes=15))
RESET = Limit("reset", 3, 20, timedelta(hours=1))


def take(actor: Actor, limit: Limit, email: str, found: Account | None) -> None:
    """Count an attempt on the account of `email`, where one is `found`. Raises TooMany."""
    until = _taken(actor, limit, email, found)
    if until is not None:
        raise TooMany(int((until - clock.now()).total_seconds()) + 1)


@command
def _taken(actor: Actor, limit: Limit, email: str, found: Account | None) -> datetime | None:
    """Until when it is too often; a command that raised would not have counted."""
    now = clock.now()
    session().execute(delete(Attempt).where(Attempt.since < now - A_DAY))
    # Always the account first: in one order, nobody waits for each other.
    counted = [
        (*_count(_key(limit, sort, value), limit.window, now), most)
        for sort, value, most in (
            ("account", email, limit.of_account),
            ("address", network(actor.address), limit.of_address),
        )
    ]
    if found is not None and any(count == most + 1 for count, _, most in counted):
        note(actor, found, "blocked")
    over = [since + limit.window for count, since, most in counted if count > most]
    return max(over, default=None)


def forget(actor: Actor, limit: Limit, email: str) -> None:
    """The attempt was right: the account starts anew, and the address gets this one back."""
    session().execute(delete(Attempt).where(Attempt.key == _key(limit, "account", email)))
    given = Attempt.key == _key(limit, "address", network(actor.address))
    session().execute(update(Attempt).where(given).values(count=Attempt.count - 1))


def forget_all(email: str, addresses: Iterable[str]) -> None:
    """Somebody is erased: nothing is counted of their account or of where they came from."""
    values = [("account", email), *(("address", network(address)) for address in addresses)]
    keys = [_key(limit, *value) for limit in (SIGN_IN, CODE, RESET) for value in values]
    session().execute(delete(Attempt).where(Attempt.key.in_(keys)))


def _count(key: str, window: timedelta, now: datetime) -> tuple[int, datetime]:
    """One more for `key`, in one statement; how many now, and since when."""
    engine = postgresql if session().get_bind().dialect.name == "postgresql" else sqlite
    added = engine.insert(Attempt).values(key=key, count=1, since=now)
    over = Attempt.since <= literal(now - window, Moment)
    one_more = added.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": case((over, 1), else_=Attempt.count + 1),
            "since": case((over, literal(now, Moment)), else_=Attempt.since),
        },
    )
    count, since = session().execute(one_more.returning(Attempt.count, Attempt.since)).one()
    return count, since


def network(address: str) -> str:
    """What counts as one address: of IPv6 the network of a household, /64."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else address


def _key(limit: Limit, sort: str, value: str) -> str:
    """Hashed: what somebody typed as an address may be their password."""
    return hashlib.sha256(f"{limit.name}\n{sort}\n{value.strip().casefold()}".encode()).hexdigest()
