"""The whole of a list in one answer, sent while it is read: CSV, or one JSON per line.

What breaks off while it is sent breaks the connection: nobody takes a part for the whole."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain
from logging import Logger

from flask import Response, current_app, g, request

from .. import listing
from ..access import Actor
from ..errors import Message
from ..kind import Kind
from ..listing import Question
from . import flat
from .bodies import JSON

CSV = "text/csv"
NDJSON = "application/x-ndjson"
FORMS = (JSON, CSV, NDJSON)
"""The forms of a list, the usual one first."""
OFFERED = tuple(f"{media}{more}" for media in FORMS for more in ("", "; charset=utf-8"))
PAGED = ("perPage", "cursor", "highlight")
WHOLE = Message(
    "In this form the whole list is sent at once; this is for pages of JSON.",
    "In deze vorm komt de hele lijst in één keer; dit is voor pagina’s JSON.",
    "whole",
)

NO_CELL = Message(
    "A cell of CSV holds no record: leave out expand, or ask for application/x-ndjson.",
    "In een cel van CSV past geen gegeven: laat expand weg, of vraag application/x-ndjson.",
    "not_together",
)


def refused(media: str) -> dict[str, Message]:
    """The parameters that mean nothing in this form, with the reason."""
    paged = {} if media == JSON else dict.fromkeys(PAGED, WHOLE)
    return paged | ({"expand": NO_CELL} if media == CSV else {})


def form() -> str:
    """The form that the caller would rather have; `answers.offers` refused who wants another."""
    wanted = request.accept_mimetypes
    best = wanted.best_match(OFFERED) if wanted else None
    return (best or JSON).split(";")[0]


def streamed(kind: Kind, actor: Actor, question: Question, media: str) -> Response:
    """The whole list as `media`; the first of it is read before anything is promised."""
    headers = {"Cache-Control": "no-cache" if not actor.signed_in else "private, no-cache"}
    if question.count:
        headers["Total-Count"] = str(listing.total_of(kind, actor, question))
    if tag := g.get("standing"):
        headers["ETag"] = tag
    if request.method == "HEAD":
        answer = Response(mimetype=media, headers=headers)
        answer.automatically_set_content_length = False  # of what is not made, nobody knows it
        return answer
    batches = listing.whole(kind, actor, question)
    begun = chain([next(batches, [])], batches)
    text = _lines(begun)
    if media == CSV:
        told = [m for m in flat.members(kind, actor.view) if question.selection.has(m.name)]
        text = flat.lines(told, begun)
    sent = _sent(text, batches, current_app.logger, g.request_id)
    return Response(sent, mimetype=media, headers=headers)


def _lines(batches: Iterable[list[str]]) -> Iterator[str]:
    for batch in batches:
        yield "\n".join([*batch, ""])


def _sent(
    text: Iterator[str], batches: Generator[list[str]], logger: Logger, request_id: str
) -> Iterator[bytes]:
    """Runs after the request: nothing here may ask which one it was."""
    with closing(batches):
        try:
            yield from (piece.encode() for piece in text if piece)
        except Exception:
            logger.exception("A list broke off while it was sent (%s)", request_id)
            raise
