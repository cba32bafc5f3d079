"""Every refusal and failure as application/problem+json (RFC 9457), all errors at once."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from ..db import AWAY, RETRY_AFTER
from ..errors import Invalid, Message, NotSignedIn, RegistryError, TooMany
from ..words import Words
from .callers import BadToken

MEDIA = "application/problem+json"
TITLES: Mapping[int, Words] = {
    400: Words("Het verzoek klopt niet", "Bad request"),
    404: Words("Niet gevonden", "Not found"),
    405: Words("Deze methode kan hier niet", "Method not allowed"),
    406: Words("Dit formaat is er niet", "Not acceptable"),
    408: Words("Het verzoek bleef uit", "Request timeout"),
    411: Words("De lengte ontbreekt", "Length required"),
    413: Words("Het verzoek is te groot", "Content too large"),
    414: Words("Het adres is te lang", "URI too long"),
    415: Words("Dit formaat wordt niet gelezen", "Unsupported media type"),
    429: Words("Te veel verzoeken", "Too many requests"),
    431: Words("De kopregels zijn te groot", "Request header fields too large"),
    500: Words("Er ging iets mis", "Internal server error"),
    503: Words("Even niet bereikbaar", "Service unavailable"),
}
DETAILS: Mapping[int, Words] = {
    404: Words("Hier is niets, of niets dat u mag zien.", "Nothing is here, or nothing for you."),
    405: Words("Allow noemt wat hier wel kan.", "Allow lists what is possible here."),
    413: Words("Stuur minder in één keer.", "Send less at a time."),
    500: Words(
        "De fout is vastgelegd onder het nummer in X-Request-ID.",
        "The fault has been logged under the number in X-Request-ID.",
    ),
    503: Words(
        "De gegevens zijn even niet bereikbaar. Probeer het zo weer.",
        "The data cannot be reached for a moment. Try again shortly.",
    ),
}


class Refused(Invalid):
    """Invalid input outside the body: `place` is "query" or "header"."""

    def __init__(self, place: str, errors: Mapping[str, Any]) -> None:
        super().__init__(errors)
        self.place = place


class Moved(RegistryError):
    """The record was merged into another, for who could see it: the same may be asked there."""

    status = 308
    title = Words("Samengevoegd", "Merged")

    def __init__(self, target: str, location: str) -> None:
        self.location = location
        super().__init__(
            Words(
                f"Dit is samengevoegd met {target}. Location zegt waar dat staat.",
                f"This was merged into {target}. Location says where that is.",
            )
        )


class Unreadable(RegistryError):
    """A request that cannot be understood for another reason than its values."""

    def __init__(self, status: int, detail: Words) -> None:
        self.status, self.title = status, TITLES[status]
        super().__init__(detail)


def language() -> str:
    """The language of titles and details: English, or Dutch when that is preferred."""
    wanted = (tag.split("-")[0] for tag, quality in request.accept_languages if quality)
    return next((tag for tag in wanted if tag in ("en", "nl")), "en")


def answer(error: Exception) -> Response:
    """The answer to `error`. What nobody foresaw is logged, and told without its inside."""
    if isinstance(error, RegistryError):
        return _refusal(error)
    if isinstance(error, HTTPException):
        return _of_status(error.code or 500, Words(str(error.description), str(error.description)))
    if isinstance(error, AWAY):
        current_app.logger.warning("The database is away: %s", error)
        return _of_status(503)
    if current_app.testing:
        raise error
    current_app.logger.exception("A request to the API failed")
    return _of_status(500)


def refused_route(error: HTTPException) -> Response:
    """The answer to an address or method that does not exist."""
    methods = getattr(error, "valid_methods", None)
    response = _of_status(405 if methods else 404)
    if methods:
        response.headers["Allow"] = ", ".join(sorted(methods))
    return response


def _refusal(error: RegistryError) -> Response:
    errors = list(_listed(error)) if isinstance(error, Invalid) else []
    said = error.detail is not error.title
    detail = error.detail if said else DETAILS.get(error.status, error.detail)
    more = {"type": error.type, **error.members, **({"errors": errors} if errors else {})}
    response = _problem(error.status, error.title, detail, more)
    if isinstance(error, Moved):
        response.headers["Location"] = error.location
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.seconds)
    if isinstance(error, NotSignedIn):
        fault = ', error="invalid_token"' if isinstance(error, BadToken) else ""
        response.headers["WWW-Authenticate"] = f'Bearer realm="api"{fault}'
    return response


def _of_status(status: int, described: Words | None = None) -> Response:
    title = TITLES.get(status) or described or TITLES[500]
    response = _problem(status, title, DETAILS.get(status) or described or title)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _problem(
    status: int, title: Words, detail: Words, more: Mapping[str, Any] | None = None
) -> Response:
    lang = language()
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": title.in_(lang),
        "status": status,
        "detail": detail.in_(lang),
        "requestId": g.get("request_id", ""),
        **(more or {}),
    }
    response = Response(json.dumps(content, ensure_ascii=False), status, mimetype=MEDIA)
    response.headers["Content-Language"] = lang
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    return response


def _listed(error: Invalid) -> Iterator[dict[str, Any]]:
    place = getattr(error, "place", "body")
    for location, message in _messages(error.errors, ""):
        shown = location if place == "body" else location.removeprefix("/")
        yield {"in": place, "location": shown, **_said(message)}


def _said(message: Any) -> dict[str, Any]:
    if not isinstance(message, Message):
        return {"code": "invalid", "detail": str(message)}
    said: dict[str, Any] = {"code": message.code, "detail": message.in_(language())}
    if message.allowed:
        said["allowed"] = list(message.allowed)
    return said


def _messages(tree: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(tree, Mapping):
        for name, inner in tree.items():
            yield from _messages(inner, pointer if name == "_schema" else below(pointer, name))
    elif isinstance(tree, list):
        for inner in tree:
            yield from _messages(inner, pointer)
    else:
        yield pointer, tree


def below(pointer: str, name: object) -> str:
    """The JSON pointer (RFC 6901) of `name` in what `pointer` points at."""
    return f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"
