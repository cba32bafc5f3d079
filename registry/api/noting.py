"""One line in the log for each request to the API: by its route and never by its address, whose
values may be names, and by the numbers of account and token, never by who they are of."""

import logging
import time
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, g, request

log = logging.getLogger("registry.requests")
NOWHERE = "-"


def begin() -> None:
    """Start the clock."""
    g.begun = time.perf_counter()


def note(response: Response) -> None:
    """Write the line when all has been sent."""
    if not log.isEnabledFor(logging.INFO):
        return
    known = _known()
    if response.is_streamed:
        streamed: Any = response.response
        response.response = _Counting(streamed, known, response.status_code)
        return
    size = response.content_length or 0
    _write(known, response.status_code, 0 if request.method == "HEAD" else size)


def _known() -> dict[str, Any]:
    holder, rule = g.get("holder"), request.url_rule
    return {
        "request": g.get("request_id", NOWHERE),
        "method": request.method,
        "route": rule.rule if rule else NOWHERE,
        "account": holder.account if holder else None,
        "token": holder.token if holder else None,
        "begun": g.get("begun", 0.0),
    }


def _write(known: dict[str, Any], status: int, size: int) -> None:
    begun = known.pop("begun")
    spent = round((time.perf_counter() - begun) * 1000, 1)
    told = {**known, "status": status, "ms": spent, "bytes": size}
    log.info(
        "%(method)s %(route)s %(status)d %(ms).1f ms %(bytes)d bytes, account %(account)s, "
        "token %(token)s",
        told,
        extra={"told": told},
    )


class _Counting:
    """What is streamed, counted; its line is written when it ends or is let go of."""

    def __init__(self, parts: Iterable[Any], known: dict[str, Any], status: int) -> None:
        self._parts, self._known, self._status = parts, known, status
        self._size = 0

    def __iter__(self) -> Iterator[Any]:
        for part in self._parts:
            self._size += len(part.encode() if isinstance(part, str) else part)
            yield part

    def close(self) -> None:
        if hasattr(self._parts, "close"):
            self._parts.close()
        if self._known:
            _write(self._known, self._status, self._size)
            self._known = {}
