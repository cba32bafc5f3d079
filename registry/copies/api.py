"""An annex as a document in the JSON API."""

from collections.abc import Iterator
from typing import Any

from flask import Response, request

from ..annexes import comparing
from ..api import Route, additions, answers
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import ANYBODY, ONE_ERRORS, Operations
from ..api.openapi.told import VERSION_HEADER
from ..api.records import Records
from ..errors import NotSignedIn
from ..listing.question import ALLOWED
from ..papers import FORMATS
from ..reports.schemas import ANNEX
from ..web.language import LANGUAGES
from . import working
from .handing import sent

Told = dict[str, Any]
MEDIA = [one.mimetype for one in FORMATS.values()]


@answers.offers(*MEDIA, "application/json")
def as_document(reference: str) -> Response:
    """GET /annexes/{reference}/file."""
    answers.only("format", "language")
    format_, language = _chosen("format", [*FORMATS]), _chosen("language", [*LANGUAGES])
    annex = Records(ANNEX).found(reference)
    if working.large(annex, format_) and not caller().signed_in:
        raise NotSignedIn
    return sent(working.copied(comparing.of(annex, caller()), format_, language))


def _chosen(name: str, allowed: list[str]) -> str:
    asked = request.args.get(name) or allowed[0]
    if asked not in allowed:
        answers.refuse({name: [ALLOWED.format(allowed=", ".join(allowed))]})
    return asked


def _routes(_document: Document, told: Operations) -> Iterator[Route]:
    if told.kind is ANNEX:
        yield Route("/<reference>/file", "as_document", as_document, _told(told), "GET")


def _told(told: Operations) -> Told:
    one: Told = {"schema": {}}
    return {
        "operationId": "getAnnexFile",
        "summary": "An annex as a document",
        "description": "As it was frozen, or else as it reads now, marked as a draft. One of many "
        "lines takes some seconds, and is for who is signed in.",
        "parameters": [
            *told.path,
            _choice("format", "As which kind of file.", [*FORMATS]),
            _choice("language", "In which language.", [*LANGUAGES]),
        ],
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


def _choice(name: str, told: str, allowed: list[str]) -> Told:
    schema = {"type": "string", "enum": allowed, "default": allowed[0]}
    return {"in": "query", "name": name, "description": told, "schema": schema}


additions.append(_routes)
