"""An annex as a document in the JSON API."""

from collections.abc import Iterator

from flask import Response

from ..annexes import comparing
from ..api import Route, additions, answers, papers
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import Operations
from ..api.records import Records
from ..errors import NotSignedIn
from ..reports.schemas import ANNEX
from . import working
from .handing import sent


@papers.offered
def as_document(reference: str) -> Response:
    """GET /annexes/{reference}/file."""
    answers.only(*papers.NAMES)
    format_, language = papers.asked()
    annex = Records(ANNEX).found(reference)
    if working.large(annex, format_) and not caller().signed_in:
        raise NotSignedIn
    return sent(working.copied(comparing.of(annex, caller()), format_, language))


def _routes(_document: Document, told: Operations) -> Iterator[Route]:
    if told.kind is ANNEX:
        yield Route("/<reference>/file", "as_document", as_document, _told(told), "GET")


def _told(told: Operations) -> papers.Told:
    said = {
        "operationId": "getAnnexFile",
        "summary": "An annex as a document",
        "description": "As it was frozen, or else as it reads now, marked as a draft. One of many "
        "lines takes some seconds, and is for who is signed in.",
    }
    return papers.described(told, said)


additions.append(_routes)
