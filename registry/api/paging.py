"""How much of something long is asked for, and where the rest is."""

from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from flask import request
from sqlalchemy import Select

from ..errors import Invalid
from ..listing import cursors
from ..listing.question import MOST, NUMBER, PER_PAGE, whole_number
from .problems import Refused
from .shell import address

ABOUT_THE_PAGE = ("cursor", "perPage", "count", "highlight")
"""What may differ between the pages of one question."""


def walked(query: Select[Any], order: cursors.Order) -> cursors.Walk:
    """The page of `query` that is asked for. Raises Refused."""
    asked = sorted((n, v) for n, v in request.args.items(multi=True) if n not in ABOUT_THE_PAGE)
    name = blake2b(f"{request.path} {asked}".encode(), digest_size=9).hexdigest()
    try:
        return cursors.walk(query, name, order, per_page(), request.args.get("cursor"))
    except Invalid as error:
        raise Refused("query", error.errors) from error


def per_page() -> int:
    """How many rows are asked for. Raises Invalid."""
    found = whole_number(request.args.get("perPage", str(PER_PAGE)).strip(), MOST)
    if found is None:
        raise Invalid({"perPage": [NUMBER.format(high=MOST)]})
    return found


def links(path: str, next_: str | None, prev: str | None = None) -> str:
    """The header Link: the first page, and those around this one where there are any."""
    asked = [(n, v) for n, v in request.args.items(multi=True) if n != "cursor"]
    found = {"first": asked}
    for rel, cursor in (("prev", prev), ("next", next_)):
        if cursor is not None:
            found[rel] = [*asked, ("cursor", cursor)]
    return ", ".join(
        f'<{address(path)}{"?" if pairs else ""}{urlencode(pairs)}>; rel="{rel}"'
        for rel, pairs in found.items()
    )
