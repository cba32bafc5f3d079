"""How much of something long is asked for, and where the rest is."""

from urllib.parse import urlencode

from flask import request

from ..errors import Invalid, Message
from ..listing.question import MOST, NUMBER, PER_PAGE
from .shell import address


def per_page() -> int:
    """How many rows are asked for. Raises Invalid."""
    given = request.args.get("perPage", str(PER_PAGE))
    if given.isascii() and given.isdigit() and 1 <= int(given[:12]) <= MOST:
        return int(given)
    wrong: Message = NUMBER.format(high=MOST)
    raise Invalid({"perPage": [wrong]})


def links(path: str, cursor: str | None) -> str:
    """The header Link: the first page, and the next one where there is one."""
    asked = [(n, v) for n, v in request.args.items(multi=True) if n != "cursor"]
    found = {"first": asked}
    if cursor is not None:
        found["next"] = [*asked, ("cursor", cursor)]
    return ", ".join(
        f'<{address(path)}{"?" if pairs else ""}{urlencode(pairs)}>; rel="{rel}"'
        for rel, pairs in found.items()
    )
