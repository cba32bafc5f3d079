"""The policies: how many requests of a sort one caller may make in a window."""

from collections.abc import Mapping
from dataclasses import dataclass

WINDOW = 60
DEFAULTS: Mapping[str, int] = {
    "read": 6000,  # of an account: a hundred a second, more than a program asks one by one
    "anonymous": 3000,  # of an address, behind which there may be a whole office
    "write": 600,
    "heavy": 300,  # searching, following pointers, and whole lists in one answer
    "tokens": 30,  # tokens that are none, of an address: nobody guesses one by accident
}


@dataclass(frozen=True)
class Policy:
    """At most `quota` requests in `WINDOW` seconds."""

    name: str
    quota: int

    def __str__(self) -> str:
        """As RateLimit-Policy says it: an item of a structured field (RFC 9651)."""
        return f'"{self.name}";q={self.quota};w={WINDOW}'


def policies(given: str) -> Mapping[str, Policy]:
    """The policies that hold, by name: `given` is "read=100 write=0", what is not in it is as
    always, and 0 is no limit; "0" alone switches all off. Raises ValueError."""
    asked: dict[str, int] = dict.fromkeys(DEFAULTS, 0) if given.strip() == "0" else {**DEFAULTS}
    for part in given.split() if given.strip() != "0" else ():
        name, _, quota = part.partition("=")
        if name not in DEFAULTS or not (quota.isascii() and quota.isdigit()):
            known = ", ".join(DEFAULTS)
            raise ValueError(f"RATE_LIMITS: {part!r} is not NAME=NUMBER with a name of: {known}.")
        asked[name] = int(quota)
    return {name: Policy(name, quota) for name, quota in asked.items() if quota}
