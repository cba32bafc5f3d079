"""The shell around every request under /api/: identity, headers, errors, CORS."""

import re
import uuid
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.exceptions import HTTPException

from ..access import acting_as
from .answers import only_text, require_accepted
from .bodies import MERGE_PATCH
from .callers import caller
from .problems import answer, refused_route

VERSION = "1.0.0"
ROOT = "/api/v1"
READING = ("GET", "HEAD", "OPTIONS")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
A_DAY = str(24 * 3600)
HEADERS = {
    "API-Version": VERSION,
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
EXPOSED = (
    "API-Version, ETag, Idempotency-Replayed, Link, Location, Retry-After, Total-Count, "
    "X-Request-ID"
)
ACCEPTED = (
    "Accept, Accept-Language, Authorization, Change-Reason, Content-Type, Idempotency-Key, "
    "If-Match, If-None-Match, X-Request-ID"
)

View = Callable[..., Response]
around: list[Callable[..., Response]] = []
"""What higher rooms put around every view, once it is known who calls: `(view, **values)`."""


def door(view: View) -> View:
    """Make `view` an endpoint of the API: who calls is known, every error is a problem."""

    @wraps(view)
    def answered(**values: Any) -> Response:
        try:
            with acting_as(caller()):
                require_accepted(view)
                only_text()
                return _surrounded(view, values)
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
    app.before_request(_arrive)
    app.after_request(_leave)


class _Cookies(SecureCookieSessionInterface):
    """Sessions for the screens only: the API neither reads nor sets a cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return None if is_ours(request.path) else super().open_session(app, request)


def address(path: str) -> str:
    """The absolute address of `path` below the root of the API."""
    return f"{request.host_url.rstrip('/')}{ROOT}{path}"


def is_ours(path: str) -> bool:
    """Whether an address is one of the API's."""
    return path == "/api" or path.startswith("/api/")


def _arrive() -> Response | None:
    if not is_ours(request.path):
        return None
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
    if isinstance(request.routing_exception, HTTPException):
        return refused_route(request.routing_exception)
    return None


def _leave(response: Response) -> Response:
    if not is_ours(request.path):
        return response
    response.headers.update(HEADERS)
    response.headers["X-Request-ID"] = g.get("request_id") or str(uuid.uuid4())
    response.headers.add("Link", f'<{address("/openapi.json")}>; rel="service-desc"')
    response.vary.update(("Accept", "Authorization"))
    if request.method == "OPTIONS" and response.status_code == 200:
        _tell_options(response)
    if response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    _share(response)
    return response


def _tell_options(response: Response) -> None:
    response.status_code = 204
    response.headers.pop("Content-Type", None)
    if "PATCH" in response.headers.get("Allow", ""):
        response.headers["Accept-Patch"] = MERGE_PATCH


def _share(response: Response) -> None:
    """CORS: anybody may read; only the pages that CORS_ORIGINS lists may write."""
    origin = request.headers.get("Origin")
    known = origin is not None and origin in current_app.config["CORS_ORIGINS"]
    if request.method not in READING and not known:
        return
    response.headers["Access-Control-Allow-Origin"] = origin if origin and known else "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    if current_app.config["CORS_ORIGINS"]:
        response.vary.add("Origin")
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        methods = response.headers.get("Allow", "") if known else ", ".join(READING)
        response.headers["Access-Control-Allow-Methods"] = methods
        response.headers["Access-Control-Allow-Headers"] = ACCEPTED
        response.headers["Access-Control-Max-Age"] = A_DAY
