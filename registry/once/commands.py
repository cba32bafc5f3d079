"""Reserving the key of a request, and storing what was answered in the transaction of what was
done. A lease says who is at work: who lost it stores nothing, and so does nothing."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from .. import clock
from ..db import session
from ..errors import Conflict, Gone, Invalid, Message
from ..words import Words
from .models import RequestKey

HEADER = "Idempotency-Key"
KEPT = timedelta(days=2)
LEASE = timedelta(minutes=2)
SOON, LATE = 1, 10  # seconds that a duplicate is asked to wait: the first may be done before
Parts = list[dict[str, Any]]
REUSED = Message(
    "This key was used for another request. Take a new one for each request.",
    "Deze sleutel is gebruikt voor een ander verzoek. Neem voor elk verzoek een nieuwe.",
    "reused",
)
ERASED = Words(
    "Dit is gedaan; het antwoord is gewist, omdat er iemand in stond die gewist is.",
    "This was done; its answer was erased along with a person whom it told of.",
)


class Running(Conflict):
    """The same request is being carried out."""

    title = Words("Hetzelfde verzoek loopt nog", "The same request is still running")

    def __init__(self, rest: timedelta = timedelta(0)) -> None:
        """`rest`: how long it may still hold its key, if it was cut off."""
        super().__init__()
        self.seconds = min(LATE, max(SOON, ceil(rest.total_seconds())))


@dataclass(frozen=True)
class Answer:
    """What was answered."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Attempt:
    """A request that may be carried out now by who holds the lease; or the answer that it got."""

    id: int
    lease: str
    parts: Parts = field(default_factory=list)
    answer: Answer | None = None


def reserve(account_id: int, key: str, asked: str) -> Attempt:
    """Take the key of an account for a request (`asked`: its digest), and commit. Raises Running,
    Invalid where it was used for another request, or Gone."""
    lease, now = secrets.token_hex(8), clock.now()
    try:
        attempt = _new(account_id, key, asked, lease, now) or _there(account_id, key, asked, lease)
        session().commit()
    except BaseException:
        session().rollback()
        raise
    return attempt


def _new(account_id: int, key: str, asked: str, lease: str, now: datetime) -> Attempt | None:
    engine = postgresql if session().get_bind().dialect.name == "postgresql" else sqlite
    old = (RequestKey.account_id == account_id, RequestKey.begun_at < now - KEPT)
    session().execute(delete(RequestKey).where(*old))
    values = {"account_id": account_id, "key": key, "request": asked, "parts": []}
    values |= {"lease": lease, "lease_until": now + LEASE, "begun_at": now}
    added = engine.insert(RequestKey).values(**values)
    added = added.on_conflict_do_nothing(index_elements=["account_id", "key"])
    number = session().scalar(added.returning(RequestKey.id))
    return None if number is None else Attempt(number, lease)


def _there(account_id: int, key: str, asked: str, lease: str) -> Attempt:
    """What became of an earlier request with this key; one that was cut off is taken over."""
    query = select(RequestKey.__table__).where(
        RequestKey.account_id == account_id, RequestKey.key == key
    )
    row = session().execute(query.with_for_update()).one_or_none()
    if row is None:  # it was refused just now, so the key is free again
        raise Running
    if row.request != asked:
        raise Invalid({HEADER: [REUSED]})
    if row.done_at is not None:
        if row.body is None:
            raise Gone(ERASED)
        return Attempt(row.id, row.lease, answer=Answer(row.status, row.headers, row.body))
    if (rest := row.lease_until - clock.now()) > timedelta(0):
        raise Running(rest)
    mine = {"lease": lease, "lease_until": clock.now() + LEASE}
    session().execute(update(RequestKey).where(RequestKey.id == row.id).values(**mine))
    return Attempt(row.id, lease, parts=row.parts)


def settle(attempt: Attempt, answer: Answer) -> None:
    """Store the answer, last in the transaction of what was done. Raises Running where another
    attempt has taken over: then all of this one is to be undone."""
    told = {"status": answer.status, "headers": answer.headers, "body": answer.body}
    _note(attempt, done_at=clock.now(), **told)


def note(attempt: Attempt, parts: Parts) -> None:
    """Store how far a batch is, in the transaction of its last part. Raises Running."""
    _note(attempt, parts=parts, lease_until=clock.now() + LEASE)
    attempt.parts = parts


def _note(attempt: Attempt, **values: Any) -> None:
    changed = update(RequestKey).where(*_mine(attempt)).values(**values)
    if session().execute(changed.returning(RequestKey.id)).scalar() is None:
        raise Running


def release(attempt: Attempt) -> None:
    """Give the key back, as nothing was done, and commit. What a batch did so far stays noted."""
    if attempt.parts:
        over = update(RequestKey).where(*_mine(attempt)).values(lease_until=clock.now())
        session().execute(over)
    else:
        session().execute(delete(RequestKey).where(*_mine(attempt)))
    session().commit()


def _mine(attempt: Attempt) -> tuple[Any, ...]:
    return RequestKey.id == attempt.id, RequestKey.lease == attempt.lease


def tidy() -> None:
    """Let go of what was kept long enough; each worker does this."""
    old = RequestKey.begun_at < clock.now() - KEPT
    if session().scalar(select(RequestKey.id).where(old).limit(1)) is not None:
        session().execute(delete(RequestKey).where(old))
        session().commit()


def forget(about: Any) -> None:
    """Take out the answers of which `about(body)` says that they tell of somebody."""
    kept = select(RequestKey.id, RequestKey.body, RequestKey.parts)
    for number, body, parts in session().execute(kept).all():
        if about(body or "") or about(repr(parts)):
            gone = update(RequestKey).where(RequestKey.id == number)
            session().execute(gone.values(body=None, headers={}, parts=[]))
