"""Validators that are known before anything is read: of a list where the book stands, of a record
what was sent when it stood there last."""

from collections import OrderedDict
from collections.abc import Callable
from functools import cache, wraps
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import ParamSpec

from flask import Response, current_app, g, request

from .. import clock, ledger
from ..db import connection
from ..sealing import digest_key
from . import conditions
from .answers import same
from .callers import caller
from .problems import language

P = ParamSpec("P")
MOST = 10_000


def by_standing(view: Callable[P, Response]) -> Callable[P, Response]:
    """Mark the view of a list, or of anything that is read from the book alone: its tag is where
    the book stood, and who has that already gets 304 before anything is asked.

    It must depend on nothing but records, what is said beside them, who asks, and the day."""

    @wraps(view)
    def answered(*args: P.args, **values: P.kwargs) -> Response:
        tag = f'W/"{_digest(*_asked(), *ledger.standing(connection()))}"'
        if conditions.named(tag):
            return same(tag, public=not caller().signed_in)
        g.standing = tag
        return view(*args, **values)

    return answered


def by_memory(view: Callable[P, Response]) -> Callable[P, Response]:
    """Mark the view of one record: its tag stays a digest of what is sent, and is remembered for
    as long as the book stands where it stood, so that nothing is read to say 304 again."""

    @wraps(view)
    def answered(*args: P.args, **values: P.kwargs) -> Response:
        if "If-None-Match" not in request.headers:
            return view(*args, **values)
        memory, key = _memory(), _digest(*_asked())
        now = ledger.standing(connection())  # before the record is read: it is never newer
        tag = memory.of(key, now)
        if tag is not None and conditions.named(tag):
            return same(tag, public=not caller().signed_in)
        response = view(*args, **values)
        if response.status_code in (200, 304):
            memory.keep(key, now, response.headers["ETag"])
        return response

    return answered


class Memory:
    """Tags of records by who asks for what; the longest unasked goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[ledger.Standing, str]] = OrderedDict()
        self._lock = Lock()

    def of(self, key: str, now: ledger.Standing) -> str | None:
        """The tag, if the book still stands where it stood."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or found[0] != now:
                return None
            self._kept.move_to_end(key)
            return found[1]

    def keep(self, key: str, now: ledger.Standing, tag: str) -> None:
        """Remember a tag."""
        with self._lock:
            self._kept[key] = now, tag
            self._kept.move_to_end(key)
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)


def _memory() -> Memory:
    memory: Memory = current_app.extensions.setdefault("validators", Memory())
    return memory


def _asked() -> tuple[object, ...]:
    """What is asked, by whom, on which day, and which program answers."""
    who, now = caller(), clock.now()
    return (
        *(request.scheme, request.host, request.path, request.query_string),
        *(request.headers.get("Accept", ""), language()),
        *(who.account_id, who.only, sorted(who.roles), sorted(who.organisations), who.home_id),
        *(clock.today(), now.date(), clock.day_of(now), build()),
    )


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=12, key=digest_key()).hexdigest()


@cache
def build() -> str:
    """A digest of the program itself: another one may answer the same question otherwise."""
    found = blake2b(digest_size=8)
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()
