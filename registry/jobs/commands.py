"""The book of long work, and the commands that ask for it and call it off."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import delete, select, update

from .. import clock
from ..access import Actor
from ..command import command
from ..db import session
from ..errors import Conflict, NotFound, NotSignedIn
from ..words import Words
from .models import ALIVE, Job, Stage

KEPT = timedelta(days=30)
ANOTHER = Words("Een ander is hier al mee bezig.", "Someone else is at work on this already.")
BEGUN = Words("Dit is al begonnen of klaar.", "This has begun or ended already.")


class Task(Protocol):
    """What work gets: what was asked, and how to tell how far it is."""

    key: str
    language: str
    payload: dict[str, Any]

    def step(self, done: int, total: int) -> None:
        """Tell how far it is. Raises Lost where another worker has taken over."""

    def ended(self, words: Words, result: dict[str, Any] | None = None) -> None:
        """Note that it is done: called inside the command that changes something, so that either
        both hold or neither."""


@dataclass(frozen=True)
class Work:
    """One kind of long work. `run` calls commands on behalf of who asked, whose rights are those
    of that moment; a refusal that it raises is the end."""

    name: str
    words: Words
    run: Callable[[Actor, Task], None]


Way = tuple[str, str]  # the page that shows what was done, and the one to go back to
WORKS: dict[str, Work] = {}


def work(name: str, words: Words) -> Callable[[Callable[[Actor, Task], None]], Work]:
    """Enter a function in the book of long work."""

    def enter(run: Callable[[Actor, Task], None]) -> Work:
        return WORKS.setdefault(name, Work(name, words, run))

    return enter


@command
def ask(
    actor: Actor, wanted: Work, payload: dict[str, Any], *, about: str, language: str, to: Way
) -> Job:
    """Ask for work; who asks twice what is `about` the same gets the job that is there."""
    if actor.account_id is None:
        raise NotSignedIn
    if (there := _alive(actor, about)) is not None:
        return there
    session().execute(delete(Job).where(Job.ended_at < clock.now() - KEPT))
    job = Job(
        key=secrets.token_hex(12),
        account_id=actor.account_id,
        organisation_id=actor.only,
        door=actor.door,
        language=language,
        work=wanted.name,
        about=about,
        payload=payload,
        onward=to[0],
        back=to[1],
        asked_at=clock.now(),
    )
    session().add(job)
    session().flush()
    return job


def _alive(actor: Actor, about: str) -> Job | None:
    there = session().scalar(select(Job).where(Job.about == about, Job.state.in_(ALIVE)))
    if there is not None and there.account_id != actor.account_id:
        raise Conflict(ANOTHER)
    return there


@command
def cancel(actor: Actor, job: Job) -> None:
    """Call off what no worker has taken up. Raises Conflict."""
    waits = (Job.id == job.id, Job.account_id == actor.account_id, Job.state == Stage.WAITING)
    ended = update(Job).where(*waits).values(state=Stage.CANCELLED, ended_at=clock.now())
    if session().execute(ended.returning(Job.id)).scalar() is None:
        raise Conflict(BEGUN)


def one(actor: Actor, key: str) -> Job:
    """The job with this key, for who asked for it. Raises NotFound."""
    query = select(Job).where(Job.key == key, Job.account_id == actor.account_id)
    found = session().scalar(query) if actor.signed_in and "\0" not in key else None
    if found is None:
        raise NotFound
    return found


def about(actor: Actor, words: str) -> Job:
    """The last job that this person asked for about this. Raises NotFound."""
    query = select(Job).where(Job.about == words, Job.account_id == actor.account_id)
    found = session().scalar(query.order_by(Job.id.desc()).limit(1))
    if found is None:
        raise NotFound
    return found


def latest(actor: Actor, most: int) -> list[Job]:
    """What this person asked for, newest first."""
    query = select(Job).where(Job.account_id == actor.account_id).order_by(Job.id.desc())
    return list(session().scalars(query.limit(most)))
