"""The one path of a change: access, schema, change, ledger, commit. Inner commands join."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from . import ledger
from .access import Actor, acting_as
from .db import session
from .errors import Conflict, Stale
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
        ledger.open_book(current)
        try:
            with acting_as(actor):
                result = run(actor, *args, **kwargs)
                _finish(current, actor)
            return result
        except StaleDataError as error:
            current.rollback()
            raise Stale from error
        except IntegrityError as error:
            current.rollback()
            raise Conflict(_taken()) from error
        except OperationalError as error:
            current.rollback()
            if getattr(error.orig, "sqlstate", None) == DEADLOCK:
                raise Stale from error
            raise
        except BaseException:
            current.rollback()
            raise
        finally:
            ledger.close_book(current)

    return door  # type: ignore[return-value]  # wraps() loses the ParamSpec


def _finish(current: Session, actor: Actor) -> None:
    current.flush()
    ledger.write(current, actor)
    current.commit()


def _taken() -> Words:
    return Words(
        "Dit botst met wat er al is, bijvoorbeeld een kenmerk dat al bestaat.",
        "This collides with what is there already, such as a reference that exists.",
    )
