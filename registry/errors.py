"""The exception tree. Commands raise these; web and api translate them at one place each."""

from collections.abc import Iterator, Mapping
from typing import Any

from .words import Words


class Message(str):
    """An error text that knows its Dutch and its code, and still is a string to marshmallow.

    `str.format` must keep both languages, as marshmallow formats every message that it gives.
    """

    nl: str
    code: str
    allowed: tuple[str, ...]  # the values that would have been right, where they can be listed

    def __new__(cls, en: str, nl: str, code: str, allowed: tuple[str, ...] = ()) -> "Message":
        self = super().__new__(cls, en)
        self.nl, self.code, self.allowed = nl, code, allowed
        return self

    def format(self, *args: object, **kwargs: object) -> "Message":
        allowed = kwargs.get("allowed")
        listed = tuple(allowed.split(", ")) if isinstance(allowed, str) else self.allowed
        english, dutch = str(self).format(*args, **kwargs), self.nl.format(*args, **kwargs)
        return Message(english, dutch, self.code, listed)

    def in_(self, lang: str) -> str:
        return str(self) if lang == "en" else self.nl


def messages(tree: Any) -> Iterator[Message]:
    """All that an error tree says, in its order, wherever it says it."""
    for inner in tree.values() if isinstance(tree, Mapping) else tree:
        if isinstance(inner, Message):
            yield inner
        elif isinstance(inner, Mapping | list):
            yield from messages(inner)


class RegistryError(Exception):
    """Every refusal of the registry, with the HTTP status that it means."""

    status = 500
    title = Words("Er ging iets mis", "Something went wrong")
    type = "about:blank"  # the kind of problem (RFC 9457), where one is registered
    members: Mapping[str, Any] = {}  # what that kind says beside

    def __init__(self, detail: Words | None = None) -> None:
        self.detail = detail or self.title
        super().__init__(self.detail.en)


class NotFound(RegistryError):
    """There is no such thing, or it is hidden from who asks: the same answer."""

    status = 404
    title = Words("Niet gevonden", "Not found")


class Gone(RegistryError):
    """It was removed, and who asks may know that; its history is still there."""

    status = 410
    title = Words("Verwijderd", "Removed")


class Forbidden(RegistryError):
    """Who asks can see it but may not do this."""

    status = 403
    title = Words("Hier hebt u geen rechten voor", "You may not do this")


class NotSignedIn(Forbidden):
    """Nobody is signed in and this needs somebody."""

    status = 401
    title = Words("Log eerst in", "Sign in first")


class TooMany(RegistryError):
    """Too many attempts; `seconds` says after how long the next may be made (RFC 6585, 429)."""

    status = 429
    title = Words("Te veel pogingen", "Too many attempts")

    def __init__(self, seconds: int) -> None:
        self.seconds = max(1, seconds)
        minutes = -(-self.seconds // 60)
        super().__init__(
            Words(
                f"Probeer het over {minutes} {'minuut' if minutes == 1 else 'minuten'} opnieuw.",
                f"Try again in {minutes} {'minute' if minutes == 1 else 'minutes'}.",
            )
        )


class Invalid(RegistryError):
    """Input that breaks a rule; `errors` is a marshmallow tree {field: [Message]}."""

    status = 400
    title = Words("De invoer klopt niet", "The input is not valid")

    def __init__(self, errors: Mapping[str, Any], detail: Words | None = None) -> None:
        super().__init__(detail)
        self.errors = errors


class Stale(RegistryError):
    """Somebody else changed the record since it was read."""

    status = 412
    title = Words(
        "Intussen heeft een ander dit gewijzigd", "Someone else has changed this in the meantime"
    )


class VersionMissing(RegistryError):
    """A change must say which version it starts from (RFC 6585, 428)."""

    status = 428
    title = Words("Geef aan van welke versie u uitgaat", "Say which version you start from")


class Conflict(RegistryError):
    """The state of the record does not allow this."""

    status = 409
    title = Words("Dit kan nu niet", "This is not possible now")
