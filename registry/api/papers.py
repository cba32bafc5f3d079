"""A record as a paper to keep: as which file, in which language, and how that is described."""

from collections.abc import Sequence
from typing import Any, get_args

from flask import request

from ..listing.question import ALLOWED
from ..papers import FORMATS, Lang
from . import answers
from .openapi.operations import ANYBODY, ONE_ERRORS, Operations
from .openapi.told import VERSION_HEADER

Told = dict[str, Any]
MEDIA = [one.mimetype for one in FORMATS.values()]
CHOICES: dict[str, tuple[str, ...]] = {"format": (*FORMATS,), "language": get_args(Lang)}
WHICH = {"format": "As which kind of file.", "language": "In which language."}
NAMES = tuple(CHOICES)
"""What every paper can be asked for."""

offered = answers.offers(*MEDIA, "application/json")
"""Mark an endpoint that answers with a paper."""


def asked() -> tuple[str, str]:
    """(format, language) as the request has them, or else the first of each. Refuses others."""
    return _chosen("format"), _chosen("language")


def _chosen(name: str) -> str:
    allowed = CHOICES[name]
    given = request.args.get(name) or allowed[0]
    if given not in allowed:
        answers.refuse({name: [ALLOWED.format(allowed=", ".join(allowed))]})
    return given


def described(told: Operations, said: Told, more: Sequence[Any] = ()) -> Told:
    """The operation: `said` has its name and words, `more` the parameters that it has besides."""
    one: Told = {"schema": {}}
    return {
        **said,
        "parameters": [*told.path, *map(_parameter, NAMES), *more],
        "responses": {
            "200": {
                "description": "The file, to keep.",
                "headers": VERSION_HEADER,
                "content": dict.fromkeys(MEDIA, one),
            },
            "400": "BAD_REQUEST",
            "403": "FORBIDDEN",
            **ONE_ERRORS,
        },
        "security": ANYBODY,
    }


def _parameter(name: str) -> Told:
    allowed = CHOICES[name]
    schema = {"type": "string", "enum": [*allowed], "default": allowed[0]}
    return {"in": "query", "name": name, "description": WHICH[name], "schema": schema}
