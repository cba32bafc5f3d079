"""A passage that a record cites stays with its document, as long as it is cited."""

from typing import Any

from sqlalchemy import select

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


def keep(actor: Actor, kind: Kind, entity: Any) -> None:
    """Refuse to take passages off a document that are cited, naming what cites them."""
    if kind is not DOCUMENT or entity.id is None:
        return
    left = {passage.id for passage in entity.passages}
    query = select(Passage.id, Passage.quote, Record).select_from(Passage)
    query = query.join(Citation, Citation.passage_id == Passage.id)
    query = query.join(Record, Record.id == Citation.parent_id)
    query = query.where(Passage.parent_id == entity.id, Record.id != entity.id)
    found: dict[str, dict[str, None]] = {}
    with session().no_autoflush:
        for number, quote, record in session().execute(query.order_by(Passage.id, Record.id)):
            if number not in left:
                named = record.reference if can_see(actor, record) else ""
                found.setdefault(quote, {})[named] = None
    if found:
        raise Invalid({"passages": [_told(quote, list(by)) for quote, by in found.items()]})


def _told(quote: str, references: list[str]) -> Message:
    seen = [reference for reference in references if reference]
    short = quote if len(quote) <= SHOWN else f"{quote[:SHOWN]}…"
    told = {lang: ", ".join(seen) or ANOTHER.in_(lang) for lang in ("en", "nl")}
    english = str(STILL_CITED).format(quote=short, references=told["en"])
    return Message(english, STILL_CITED.nl.format(quote=short, references=told["nl"]), "cited")


editing.completing.append(keep)
