"""What a request costs, as far as its limit is concerned: known before anything is done for it."""

from flask import request

from .. import limits
from ..extensions import READING
from . import streams
from .bodies import JSON
from .callers import counted_as

HEAVY = frozenset({"_facets", "batches", "dumps"})
"""Parts of addresses behind which there is more work than reading or writing one thing."""
HEAVIER = frozenset({"q", "expand"})
"""Parameters that ask more than reading does."""


def counted() -> None:
    """Count this request under its policy. Raises Exceeded."""
    if request.method == "OPTIONS":
        return
    limits.admit(_policy(counted_as()), _who())


def count_writes(times: int) -> None:
    """Count what this request changes, where that is more than one thing. Raises Exceeded."""
    limits.admit("write", _who(), times=times)


def _who() -> str:
    return counted_as() or limits.network(request.remote_addr or "")


def _policy(account: str | None) -> str:
    if _heavy():
        return "heavy"
    if request.method not in READING:
        return "write"
    return "read" if account else "anonymous"


def _heavy() -> bool:
    if not (HEAVIER.isdisjoint(request.args) and HEAVY.isdisjoint(request.path.split("/"))):
        return True
    return "Accept" in request.headers and streams.form() != JSON
