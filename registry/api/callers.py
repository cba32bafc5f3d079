"""Who calls: the holder of the bearer token, or anybody. Cookies mean nothing here."""

from collections.abc import Callable

from flask import Flask, current_app, g, request

from ..access import Actor
from ..errors import NotSignedIn
from ..words import Words

ANYBODY = Actor(door="api")
Holder = Callable[[str], Actor | None]


class BadToken(NotSignedIn):
    """The token is unknown, has expired or was taken back; or it is no bearer token at all."""

    title = Words("Dit token geldt niet", "This token is not valid")


def recognise(app: Flask, holder: Holder) -> None:
    """Say how a token is turned into who holds it; the room of the tokens does."""
    app.extensions["token_holder"] = holder


def caller() -> Actor:
    """Who sent this request, looked up once. Raises BadToken."""
    if "caller" not in g:
        g.caller = _identified(request.headers.get("Authorization"))
    found: Actor = g.caller
    return found


def _identified(given: str | None) -> Actor:
    if given is None:
        return ANYBODY
    scheme, _, secret = given.strip().partition(" ")
    holder: Holder = current_app.extensions["token_holder"]
    actor = holder(secret.strip()) if scheme.lower() == "bearer" and secret else None
    if actor is None:
        raise BadToken(
            Words(
                "Het token is onbekend, verlopen of ingetrokken. Stuur geen Authorization mee om "
                "te lezen wat openbaar is.",
                "The token is unknown, has expired or was revoked. Send no Authorization to read "
                "what is public.",
            )
        )
    return actor
