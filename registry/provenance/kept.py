"""A passage that a record cites stays with its document, as long as it is cited."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select

from .. import editing
from ..access import Actor, can_see
from ..db import session
from ..errors import Invalid, Message
from ..kind import Kind
from ..record import Record
from ..sources.models import Citation, Passage
from ..sources.schemas import DOCUMENT

SHOWN = 60
STILL_CITED = Message(
    "“{quote}” cannot go: it is the source of {references}. Change that source first.",
    "“{quote}” kan niet weg: het is de bron van {references}. Wijzig eerst die bron.",
    "cited",
)
ANOTHER = Message("another record", "een ander gegeven", "cited")


def _citing(document_id: int) -> Select[int, str, Record]:
    """(passage, quote, record) of every citation in another record."""
    query = select(Passage.id, Passage.quote, Record).select_from(Passage)
    query = query.join(Citation, Citation.passage_id == Passage.id)
    query = query.join(Record, Record.id == Citation.parent_id)
    return query.where(Passage.parent_id == document_id, Record.id != document_id)


quoting: list[tuple[Message, Callable[[int], Select[int, str, Record]]]] = [(STILL_CITED, _citing)]
"""Who quotes the passages of a document: what is said of it, and the query by the document's id
of (passage, quote, record that quotes). Higher rooms add what they keep."""


def keep(actor: Actor, kind: Kind, entity: Any) -> None:
    """Refuse to take passages off a document that are quoted, naming what quotes them."""
    if kind is not DOCUMENT or entity.id is None:
        return
    with session().no_autoflush:
        found = [
            _told(message, quote, by)
            for message, query in quoting
            for quote, by in _going(actor, entity, query(entity.id)).items()
        ]
    if found:
        raise Invalid({"passages": found})


def _going(actor: Actor, document: Any, query: Select[int, str, Record]) -> dict[str, list[str]]:
    """The quotes that are no longer there, with the references that `actor` may know."""
    left = {passage.id for passage in document.passages}
    found: dict[str, dict[str, None]] = {}
    for number, quote, record in session().execute(query.order_by(Passage.id, Record.id)):
        if number not in left:
            named = record.reference if can_see(actor, record) else ""
            found.setdefault(quote, {})[named] = None
    return {quote: [name for name in by if name] for quote, by in found.items()}


def _told(message: Message, quote: str, references: list[str]) -> Message:
    short = quote if len(quote) <= SHOWN else f"{quote[:SHOWN]}…"
    told = {lang: ", ".join(references) or ANOTHER.in_(lang) for lang in ("en", "nl")}
    english = str(message).format(quote=short, references=told["en"])
    return Message(english, message.nl.format(quote=short, references=told["nl"]), message.code)


editing.completing.append(keep)
