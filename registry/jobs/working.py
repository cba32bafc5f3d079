"""The worker: takes up a job for as long as its lease, does it, and notes how that went.

How far it is stands in a file beside the database: while work is done in one transaction, nothing
of it can be read, and SQLite lets nobody else write."""

import json
import logging
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import and_, or_, select, update

from .. import clock
from ..access import Actor, acting_as
from ..accounts.models import Account
from ..accounts.queries import actor
from ..db import AWAY, session
from ..errors import NotSignedIn, RegistryError
from ..extensions import database
from ..words import Words
from .commands import WORKS
from .models import ALIVE, Job, Stage

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
RENEWED = 20.0  # seconds between two renewals of a lease
TOLD = 0.5  # seconds between two tellings of how far it is
MOST = 3
BROKEN = Words(
    "Er ging iets mis. Er is niets gewijzigd.", "Something went wrong. Nothing was changed."
)
CUT_OFF = Words(
    "Dit is drie keer begonnen en afgebroken. Er is niets gewijzigd.",
    "This was begun three times and cut off. Nothing was changed.",
)


class Lost(Exception):
    """Another worker has taken over: what was done here is undone."""


def work_due() -> int:
    """Do all that waits; how many jobs were taken up."""
    taken = 0
    while (job := claim()) is not None:
        taken += 1
        _take_up(job)
    return taken


def claim() -> Job | None:
    """The next job, for this worker alone until its lease runs out."""
    left = and_(Job.state == Stage.RUNNING, Job.lease_until < clock.now())
    query = select(Job).where(or_(Job.state == Stage.WAITING, left)).order_by(Job.id)
    query = query.limit(1).with_for_update(skip_locked=True)
    job = session().scalar(query, execution_options={"populate_existing": True})
    if job is not None:
        job.state, job.attempts = Stage.RUNNING, job.attempts + 1
        job.started_at = job.started_at or clock.now()
        job.lease_until = clock.now() + LEASE
    session().commit()
    if job is not None:
        session().expunge(job)  # the work may roll back and let go of all that it has read
    return job


def _take_up(job: Job) -> None:
    taken = Taken(job)
    try:
        if job.attempts > MOST:
            taken.failed(CUT_OFF)
        else:
            _run(job, taken)
    except Lost:
        session().rollback()
        log.warning("job %s was taken over by another worker", job.key)
    except AWAY:
        session().rollback()  # its lease runs out, and it is taken up again
        log.warning("job %s: the database is away", job.key, exc_info=True)
    finally:
        taken.place.unlink(missing_ok=True)


def _run(job: Job, taken: "Taken") -> None:
    try:
        who = _on_behalf_of(job)
        with acting_as(who):
            WORKS[job.work].run(who, taken)
        session().commit()
    except RegistryError as refused:
        taken.failed(refused.detail)
    except (Lost, *AWAY):
        raise
    except Exception:  # a fault in one job must not keep the others
        log.exception("job %s (%s) failed", job.key, job.work)
        taken.failed(BROKEN)


def _on_behalf_of(job: Job) -> Actor:
    account = session().get(Account, job.account_id, populate_existing=True)
    if account is None or not account.active:
        raise NotSignedIn
    return actor(account, job.door, only=job.organisation_id)


class Taken:
    """A job in the hands of one worker."""

    def __init__(self, job: Job) -> None:
        self.key, self.language, self.payload = job.key, job.language, job.payload
        self.mine = (Job.id == job.id, Job.attempts == job.attempts, Job.state == Stage.RUNNING)
        self.place = _place(job.key)
        self.told = self.renewed = time.monotonic()
        self.counted = (0, 0)

    def step(self, done: int, total: int) -> None:
        now, self.counted = time.monotonic(), (done, total)
        if now - self.told > TOLD:
            self.told = now
            unfinished = self.place.with_suffix(".unfinished")
            unfinished.write_text(json.dumps([done, total]))
            unfinished.replace(self.place)
        if now - self.renewed > RENEWED and not _alone():
            self.renewed = now
            with database.aside() as short:
                until = clock.now() + LEASE
                self._note(short, lease_until=until, done=done, total=total)

    def ended(self, words: Words, result: dict[str, Any] | None = None) -> None:
        self._end(Stage.DONE, words, result)

    def failed(self, words: Words) -> None:
        """Note why it was not done; what it did is undone."""
        session().rollback()
        self._end(Stage.FAILED, words, None)
        session().commit()

    def _end(self, state: Stage, words: Words, result: dict[str, Any] | None) -> None:
        done, total = self.counted
        told: dict[str, Any] = {"words": list(words), "result": result, "lease_until": None}
        told |= {"done": done, "total": total, "ended_at": clock.now()}
        self._note(session(), state=state, **told)

    def _note(self, on: Any, **values: Any) -> None:
        changed = update(Job).where(*self.mine).values(**values).returning(Job.id)
        if on.execute(changed).scalar() is None:
            raise Lost


def _alone() -> bool:
    """Whether the transaction of the work keeps everybody else from writing: then nobody can take
    the job over either."""
    return session().get_bind().dialect.name == "sqlite" and session().in_transaction()


def progress(job: Job) -> tuple[int, int]:
    """(done, total) as far as is known; a total of 0 says that it is not."""
    try:
        done, total = json.loads(_place(job.key).read_bytes()) if job.state in ALIVE else (0, 0)
    except (OSError, ValueError):
        done, total = job.done, job.total
    return int(done), int(total)


def _place(key: str) -> Path:
    folder = Path(current_app.instance_path, "jobs")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / key
