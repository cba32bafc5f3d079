"""The one path of a change: access, schema, change, ledger, commit. Inner commands join."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from . import ledger
from .access import Actor, acting_as
from .db import session
from .errors import Conflict, RegistryError, Stale
from .extensions import database
from .words import Words

P = ParamSpec("P")
R = TypeVar("R")
DEADLOCK = "40P01"  # two at once on the same records; PostgreSQL let the other one go on


def command(run: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
    """Make `run(actor, …)` a command: the outermost commits once, or nothing is changed."""

    @wraps(run)
    def door(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
        current = session()
        if "book" in current.info:
            return run(actor, *args, **kwargs)
        database.change(current)
        ledger.open_book(current)
        try:
            with acting_as(actor):
                result = run(actor, *args, **kwargs)
                _finish(current, actor)
            return result
        except BaseException as error:
            _undo(current)
            if clash := _clash(error):
                raise clash from error
            raise
        finally:
            ledger.close_book(current)

    return door  # type: ignore[return-value]  # wraps() loses the ParamSpec


@dataclass
class Hold:
    """What became of the commands that somebody holds: how many finished, and whether one was
    broken off, so that there is something to undo."""

    finished: int = 0
    broken: bool = False


@contextmanager
def held(current: Session) -> Iterator[Hold]:
    """Let the commands of a block finish without a commit: who holds them commits them along with
    something of their own, or undoes them. Holds within a hold are that one."""
    if "hold" in current.info:
        yield current.info["hold"]
        return
    database.change(current)
    current.info["hold"] = hold = Hold()
    try:
        yield hold
    finally:
        del current.info["hold"]


def _undo(current: Session) -> None:
    hold: Hold | None = current.info.get("hold")
    if hold is None:
        current.rollback()
        database.done(current)
    else:
        hold.broken = True


def _clash(error: BaseException) -> RegistryError | None:
    """What it means that the database refused, where somebody else was first."""
    deadlock = getattr(getattr(error, "orig", None), "sqlstate", None) == DEADLOCK
    if deadlock or isinstance(error, StaleDataError):
        return Stale()
    return Conflict(_taken()) if isinstance(error, IntegrityError) else None


def _finish(current: Session, actor: Actor) -> None:
    current.flush()
    ledger.write(current, actor)
    hold: Hold | None = current.info.get("hold")
    if hold is None:
        current.commit()
        database.done(current)
    else:
        hold.finished += 1


def _taken() -> Words:
    return Words(
        "Dit botst met wat er al is, bijvoorbeeld een kenmerk dat al bestaat.",
        "This collides with what is there already, such as a reference that exists.",
    )
