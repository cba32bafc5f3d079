"""The guard at the door of the API: admits a request or refuses it, and says how much is left.

The fields are those of the IETF draft "RateLimit header fields for HTTP" (httpapi, version 11)."""

import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from zlib import crc32

from flask import Flask, current_app, g

from ..errors import TooMany
from ..words import Words
from .counting import Counter, Memory, Shared
from .policies import WINDOW, Policy, policies

QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"
NETWORK = 64  # bits of an IPv6 address that one household or office has to itself
NOBODY = "unknown"


class Exceeded(TooMany):
    """More was asked than a policy allows."""

    title = Words("Te veel verzoeken", "Too many requests")
    type = QUOTA_EXCEEDED

    def __init__(self, policy: Policy, seconds: int) -> None:
        super().__init__(seconds)
        self.members = {"violated-policies": [policy.name]}
        self.detail = Words(
            f"Hier mogen {policy.quota} verzoeken per minuut. Probeer het over {self.seconds} "
            "seconden opnieuw; RateLimit zegt hoeveel er nog kan.",
            f"There may be {policy.quota} requests a minute here. Try again in {self.seconds} "
            "seconds; RateLimit says how much is left.",
        )


@dataclass
class Guard:
    """What one app counts, and by which policies."""

    policies: Mapping[str, Policy]
    counter: Counter
    barred: dict[str, int] = field(default_factory=dict)
    """Addresses that guessed too often, with the moment from which they may try again."""


def register(app: Flask) -> None:
    """Put up the guard. Raises ValueError where the configuration cannot be read."""
    storage = app.config["RATE_LIMIT_STORAGE"]
    counter: Counter = Shared(storage) if storage else Memory()
    app.extensions["guard"] = Guard(policies(app.config["RATE_LIMITS"]), counter)


def admit(policy: str, who: str, *, times: int = 1) -> None:
    """Count a request of `who` under a policy, if there is such a limit, or as many as `times`.
    Raises Exceeded."""
    guard = _guard()
    if (limit := guard.policies.get(policy)) is None:
        return
    left, seconds = _counted(guard, limit, who, times=times)
    g.rate = limit, max(0, left), seconds
    if left < 0:
        raise Exceeded(limit, seconds)


def told() -> Mapping[str, str]:
    """What the answer to this request says of the limit that it came under."""
    if "rate" not in g:
        return {}
    policy, left, seconds = g.rate
    return {"RateLimit-Policy": str(policy), "RateLimit": f'"{policy.name}";r={left};t={seconds}'}


def admit_guess(address: str) -> None:
    """Raise Exceeded where tokens that are none came from `address` too often."""
    guard = _guard()
    if (until := guard.barred.get(network(address))) is None:
        return
    seconds = until - int(time.time())
    if seconds > 0:
        limit = guard.policies["tokens"]
        g.rate = limit, 0, seconds
        raise Exceeded(limit, seconds)
    guard.barred.pop(network(address), None)


def is_guess(address: str) -> None:
    """Count a token that is none. Raises Exceeded when it was one too many."""
    guard = _guard()
    if (limit := guard.policies.get("tokens")) is None:
        return
    left, seconds = _counted(guard, limit, network(address))
    if left < 0:
        guard.barred[network(address)] = int(time.time()) + seconds
        g.rate = limit, 0, seconds
        raise Exceeded(limit, seconds)


def network(address: str) -> str:
    """Who is behind an address: itself, or its network in IPv6, where everybody has many."""
    if ":" not in address:
        return address or NOBODY
    try:
        return str(ipaddress.ip_network((address.partition("%")[0], NETWORK), strict=False))
    except ValueError:
        return address


def _counted(guard: Guard, policy: Policy, who: str, *, times: int = 1) -> tuple[int, int]:
    """How much is left of a policy, below nothing where it was exceeded, and for how many seconds.

    The windows of two callers turn at different moments, lest all come back at once."""
    key = f"{policy.name}:{who}"
    now = int(time.time())
    seconds = WINDOW - (now + crc32(key.encode())) % WINDOW
    return policy.quota - guard.counter.add(key, now + seconds, times=times), seconds


def _guard() -> Guard:
    found: Guard = current_app.extensions["guard"]
    return found
