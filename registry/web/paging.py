"""Which page of something long is asked for."""

from typing import Any

from flask import request

from ..errors import Invalid, Message

MOST_PAGES = 10_000
NO_PAGE = Message("Give a page number.", "Geef een paginanummer.", "range")


def number() -> int:
    """The number of the page that is asked for. Raises Invalid."""
    given = request.args.get("page", "1")
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= MOST_PAGES):
        raise Invalid({"page": [NO_PAGE]})
    return int(given)


def sliced(query: Any, page: int, per_page: int) -> Any:
    """The rows of `query` that stand on this page."""
    return query.limit(per_page).offset((page - 1) * per_page)
