"""The shell around every request under /api/: identity, limits, headers, errors."""

import re
import uuid
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter, Rule

from .. import limits
from ..access import acting_as
from ..errors import RegistryError
from ..incoming import programs
from . import alternates, bounds, noting
from .answers import only_text, require_accepted
from .bodies import MERGE_PATCH
from .callers import caller, require_scope
from .costs import counted
from .licence import LICENCE
from .problems import answer, refused_route
from .sharing import share

VERSION = "1.1.0"
ROOT = "/api/v1"
DOCS = "/docs"
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
HEADERS = {
    "API-Version": VERSION,
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Of every answer; no view sets one of them itself."""
LICENSED = f'<{LICENCE["url"]}>; rel="license"'
VARIES = ("Accept", "Authorization")
View = Callable[..., Response]
around: list[Callable[..., Response]] = []
"""What higher rooms put around every view, once it is known who calls: `(view, **values)`."""


def door(view: View) -> View:
    """Make `view` an endpoint of the API: who calls is known, every error is a problem."""

    @wraps(view)
    def answered(**values: Any) -> Response:
        try:
            with acting_as(caller()):
                counted()
                require_scope()
                form = alternates.asked(view)
                if form is None:
                    require_accepted(view)
                only_text()
                response = _surrounded(view, values)
                return response if form is None else alternates.given(response, form)
        except Exception as error:
            return answer(error)

    return answered


def _surrounded(view: View, values: dict[str, Any]) -> Response:
    for wrap in around:
        view = partial(wrap, view)
    return view(**values)


def surround(app: Flask) -> None:
    """Put the shell around the requests of `app` that are under /api/."""
    app.session_interface = _Cookies()
    app.url_map.converters["reference"] = _Reference
    app.url_rule_class = _Rule
    door = programs(app)
    door.takes = is_ours
    door.before.append(_arrive)
    door.after.append(_leave)


class _Reference(BaseConverter):
    """No reference starts as `_facets` does: what cannot be done with those is a 405 there, and no
    record that is not found."""

    regex = "[^/_][^/]*"


class _Rule(Rule):
    """An address that says `<reference>` means one that a record can have."""

    def get_converter(
        self, variable_name: str, converter_name: str, args: tuple[Any, ...], kwargs: Any
    ) -> BaseConverter:
        name = "reference" if variable_name == "reference" else converter_name
        return super().get_converter(variable_name, name, args, kwargs)


class _Cookies(SecureCookieSessionInterface):
    """Sessions for the screens only: the API neither reads nor sets a cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return None if is_ours(request.path) else super().open_session(app, request)


def address(path: str) -> str:
    """The absolute address of `path` below the root of the API. Whoever asks says at which host
    they do: where the public address is known, that is not repeated."""
    root = current_app.config["API_LINKS_TO"] or f"{request.scheme}://{request.host}"
    return f"{root}{ROOT}{path}"


def is_ours(path: str) -> bool:
    """Whether an address is one of the API's. Its documentation is pages, which stand in the
    shell of the screens."""
    return (path == "/api" or path.startswith("/api/")) and not is_to_read(path)


def is_to_read(path: str) -> bool:
    """Whether an address is a page of the documentation."""
    return path == ROOT + DOCS or path.startswith(f"{ROOT}{DOCS}/")


def _arrive() -> Response | None:
    noting.begin()
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
    if isinstance(request.routing_exception, HTTPException):
        return refused_route(request.routing_exception)
    try:
        bounds.require_bounds()
    except RegistryError as error:
        return answer(error)
    return None


def _leave(response: Response) -> Response:
    headers, root = response.headers, address("")
    described = f'<{root}/openapi.json>; rel="service-desc"'
    headers.add("Link", f'{described}, <{root}{DOCS}>; rel="service-doc"')
    headers.add("Link", LICENSED)
    headers.extend(HEADERS)
    headers.extend(limits.told())
    headers.add("X-Request-ID", g.get("request_id") or str(uuid.uuid4()))
    if "Vary" in headers:
        response.vary.update(VARIES)
    else:
        headers.add("Vary", ", ".join(VARIES))
    if request.method == "OPTIONS" and response.status_code == 200:
        _tell_options(response)
    if response.status_code == 204:
        response.headers.pop("Content-Type", None)
    if response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    share(response)
    noting.note(response)
    return response


def _tell_options(response: Response) -> None:
    response.status_code = 204
    if "PATCH" in response.headers.get("Allow", ""):
        response.headers["Accept-Patch"] = MERGE_PATCH
