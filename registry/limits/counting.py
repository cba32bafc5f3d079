"""Where requests are counted: in the memory of this process, or in Redis for several."""

import logging
import time
from threading import Lock
from typing import Protocol

from .policies import WINDOW

log = logging.getLogger(__name__)
MOST = 100_000  # counts that are kept at a time; beyond, all begin anew
AWAY = 10.0  # seconds for which a storage that did not answer is left alone
PATIENCE = 0.25  # seconds in which it must answer


class Counter(Protocol):
    """Counts."""

    def add(self, key: str, ends: int, *, times: int = 1) -> int:
        """How often `key` has been added until now, these `times` included; forgotten at the moment
        `ends` (seconds since 1970)."""


class Memory:
    """Counts in this process alone."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[str, list[int]] = {}
        self._swept = 0.0

    def add(self, key: str, ends: int, *, times: int = 1) -> int:
        with self._lock:
            found = self._counts.get(key)
            if found is None or found[0] != ends:
                self._make_room()
                found = self._counts[key] = [ends, 0]
            found[1] += times
            return found[1]

    def _make_room(self) -> None:
        """Once a window, forget what is over: reading all counts each time would cost more than
        the requests do."""
        now = time.time()
        if now - self._swept >= WINDOW or len(self._counts) >= MOST:
            self._swept = now
            self._counts = {key: kept for key, kept in self._counts.items() if kept[0] > now}
            if len(self._counts) >= MOST:
                self._counts = {}


class Shared:
    """Counts in a Redis or Valkey that all processes share. When it is away, each process counts
    for itself: a limit is no reason to answer nobody."""

    def __init__(self, url: str) -> None:
        from redis import Redis  # only who configures it pays for reading it in
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        self._redis = Redis.from_url(
            url.replace("valkey", "redis", 1) if url.startswith("valkey") else url,
            socket_connect_timeout=PATIENCE,
            socket_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )
        self._own = Memory()
        self._away_until = 0.0

    def add(self, key: str, ends: int, *, times: int = 1) -> int:
        if time.monotonic() >= self._away_until:
            try:
                return self._ask(f"registry:{key}:{ends}", times)
            except Exception as error:  # whatever it is, the request must go on
                self._away_until = time.monotonic() + AWAY
                log.warning(
                    "The storage of rate limits is away (%s): this process counts for itself, "
                    "and tries again in %d seconds.",
                    type(error).__name__,
                    AWAY,
                )
        return self._own.add(key, ends, times=times)

    def _ask(self, key: str, times: int) -> int:
        counted = self._redis.pipeline(transaction=False)
        counted.incrby(key, times)
        counted.expire(key, WINDOW)
        return int(counted.execute()[0])
