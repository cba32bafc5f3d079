"""A dry run: a request is carried out and answered in full, and then undone."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Response, request

from ..command import held
from ..db import session
from ..errors import Message
from ..listing.question import ALLOWED
from . import answers

P = ParamSpec("P")
NAME = "dryRun"
NEITHER: Message = ALLOWED.format(allowed="true, false")
PROMISES = ("ETag", "Location", "Content-Location")
"""What is said of something that is there; after a dry run it is not."""


def rehearsed() -> bool:
    """Whether the caller asks for a dry run."""
    return request.args.get(NAME) == "true"


def rehearsable(view: Callable[P, Response]) -> Callable[P, Response]:
    """Mark a view that can be rehearsed: it must change the database only, by commands."""

    @wraps(view)
    def answered(*args: P.args, **values: P.kwargs) -> Response:
        if request.args.get(NAME, "true") not in ("true", "false"):
            answers.refuse({NAME: [NEITHER]})
        if not rehearsed():
            return view(*args, **values)
        with held(session()):
            try:
                response = view(*args, **values)
            finally:
                session().rollback()
        for name in PROMISES:
            response.headers.pop(name, None)
        return response

    return answered
