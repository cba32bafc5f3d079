"""Requests as they arrive: by which of two doors, and that a body that ends before its announced
length is no body."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue


@dataclass
class Door:
    """The door of programs: whose requests it takes, by their path, and what is done before and
    after each, the last that was entered first."""

    takes: Callable[[str], bool] = lambda _path: False
    before: list[Callable[[], Response | None]] = field(default_factory=list)
    after: list[Callable[[Response], Response]] = field(default_factory=list)


class House(Flask):
    """Flask, where what is done around pages (cookies, forms, languages, who is signed in) is not
    done around requests of programs: it took as long as all that is done for those."""

    def __init__(self, name: str, instance_path: str) -> None:
        super().__init__(name, instance_path=instance_path)
        self.extensions["programs"] = Door()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Nothing here is a coroutine, and Flask need not look for one at every call."""
        return func

    def preprocess_request(self) -> ResponseReturnValue | None:
        door = programs(self)
        if not door.takes(request.path):
            return super().preprocess_request()
        answers = (step() for step in door.before)
        return next((answer for answer in answers if answer is not None), None)

    def process_response(self, response: Response) -> Response:
        door = programs(self)
        if not door.takes(request.path):
            return super().process_response(response)
        for step in reversed(door.after):
            response = step(response)
        return response


def programs(app: Flask) -> Door:
    """The door of programs, for rooms that have something to do there."""
    found: Door = app.extensions["programs"]
    return found


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
