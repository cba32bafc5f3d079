"""Who calls: the holder of the bearer token, or anybody. Cookies mean nothing here."""

from collections.abc import Callable
from typing import NamedTuple

from flask import Flask, current_app, g, request

from .. import limits
from ..access import Actor
from ..errors import Forbidden, NotSignedIn
from ..extensions import READING
from ..words import Words

ANYBODY = Actor(door="api")


class Holder(NamedTuple):
    """Who sends a token: the actor that it makes of them, the numbers of account and token, and
    whether it may change anything."""

    actor: Actor
    account: int
    token: int
    writes: bool


Recognise = Callable[[str], Holder | None]


class OnlyReads(Forbidden):
    """A token whose scope is reading was used to change something."""

    title = Words("Dit token mag alleen lezen", "This token may only read")


class BadToken(NotSignedIn):
    """The token is unknown, has expired or was taken back; or it is no bearer token at all."""

    title = Words("Dit token geldt niet", "This token is not valid")


HOW = Words(
    "Schrijf Authorization: Bearer en dan het token.",
    "Write Authorization: Bearer and then the token.",
)


def recognise(app: Flask, holder: Recognise) -> None:
    """Say how a token is turned into who holds it; the room of the tokens does."""
    app.extensions["token_holder"] = holder


def caller() -> Actor:
    """Who sent this request, looked up once. Raises BadToken, or Exceeded after too many."""
    found: Actor | None = g.get("caller")
    if found is None:
        g.caller = found = _identified(request.headers.get("Authorization"))
    return found


def counted_as() -> str | None:
    """The account whose requests these are, whatever token it sends; None: nobody's."""
    holder: Holder | None = g.get("holder")
    return f"account {holder.account}" if holder else None


def require_scope() -> None:
    """Raise OnlyReads where the token may not do what is asked."""
    holder: Holder | None = g.get("holder")
    if holder and not holder.writes and request.method not in READING:
        raise OnlyReads


def _identified(given: str | None) -> Actor:
    if given is None:
        return ANYBODY
    limits.admit_guess(request.remote_addr or "")
    scheme, _, secret = given.strip().partition(" ")
    recognised: Recognise = current_app.extensions["token_holder"]
    holder = recognised(secret.strip()) if scheme.lower() == "bearer" and secret else None
    if holder is None:
        limits.is_guess(request.remote_addr or "")
        if scheme.lower() != "bearer" or not secret:
            raise BadToken(HOW)
        raise BadToken(
            Words(
                "Het token is onbekend, verlopen of ingetrokken, of geldt voor een organisatie "
                "waar de houder niet meer bij hoort. Stuur geen Authorization mee om te lezen wat "
                "openbaar is.",
                "The token is unknown, has expired or was revoked, or is for an organisation that "
                "its holder does not belong to any more. Send no Authorization to read what is "
                "public.",
            )
        )
    g.holder = holder
    return holder.actor
