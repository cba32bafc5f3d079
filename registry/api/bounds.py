"""How large a request may be: refused with the reason before anything is done for it."""

from flask import request

from ..errors import Message, RegistryError
from ..words import Words
from .problems import TITLES, Refused

ADDRESS = 8000
"""Characters of an address, which servers and proxies let pass."""
VALUES = 200
"""Values of parameters in all."""
BODY = 1024 * 1024
"""Bytes of a body of JSON; files have the bound of their own room."""
MANY = Message(
    "Give at most {most} values in all.", "Geef in totaal hoogstens {most} waarden.", "too_many"
)


class TooLong(RegistryError):
    """The address is longer than anybody needs."""

    status = 414
    title = TITLES[414]


class TooLarge(RegistryError):
    """The body is larger than what is read here."""

    status = 413
    title = TITLES[413]


def require_bounds() -> None:
    """Refuse what is too large. Raises TooLong (414), TooLarge (413) or Refused (400)."""
    path, query = request.environ.get("PATH_INFO", ""), request.environ.get("QUERY_STRING", "")
    if len(path) + len(query) > ADDRESS:
        raise TooLong(
            Words(
                f"Een adres heeft hoogstens {ADDRESS} tekens. Vraag minder waarden in één keer.",
                f"An address has at most {ADDRESS} characters. Ask for fewer values at a time.",
            )
        )
    if query.count("&") >= VALUES:
        raise Refused("query", {"": [MANY.format(most=VALUES)]})
    if request.mimetype.endswith("json"):
        _require_body()


def _require_body() -> None:
    request.max_content_length = BODY  # of what says no length, when it is read
    if (request.content_length or 0) > BODY:
        raise TooLarge(
            Words(
                f"JSON is hoogstens {BODY} bytes. Stuur minder in één keer.",
                f"JSON is at most {BODY} bytes. Send less at a time.",
            )
        )
