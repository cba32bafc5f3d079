"""Requests as they arrive: a body that ends before its announced length is no body."""

from typing import Any

from flask import Flask


def require_whole_bodies(app: Flask) -> None:
    """Answer 400 where the connection broke while a body was sent: what came until then may look
    whole, as JSON or as a form, and would be stored as if it were."""
    inner = app.wsgi_app

    def counting(environ: dict[str, Any], start_response: Any) -> Any:
        if environ.get("CONTENT_LENGTH"):
            # With this mark of the server werkzeug takes any end for the end, without it it counts.
            environ.pop("wsgi.input_terminated", None)
        return inner(environ, start_response)

    app.wsgi_app = counting  # type: ignore[method-assign]
