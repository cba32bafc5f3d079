"""Passages by the words that they had: the book names a passage by its words of then."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from ..db import session
from ..ledger import Change
from ..record import Record
from ..sources.models import Passage

Named = tuple[Any, Any]  # (reference of the document, words)


def cited(names: Iterable[Named]) -> dict[Named, Passage]:
    """The passages with these words; one whose words were changed since, by its words of then."""
    wanted = set(names)
    query = select(Passage, Record.reference).join(Record, Record.id == Passage.parent_id)
    rows = session().execute(query.where(Passage.quote.in_({words for _, words in wanted})))
    found = {(reference, passage.quote): passage for passage, reference in rows}
    for document, words in wanted - set(found):
        if key := _key(document, words):
            again = query.where(Record.reference == document, Passage.key == key)
            if passage := session().scalar(again):
                found[document, words] = passage
    return found


def _key(document: str | None, words: str) -> str | None:
    """The key of the row that once had these words."""
    query = select(Change.changes).where(Change.reference == document).order_by(Change.seq.desc())
    for changes in session().scalars(query):
        for pair in changes:
            path = pair["path"]
            quoted = path.startswith("passages[") and path.endswith("].quote")
            if quoted and words in (pair["old"], pair["new"]):
                return str(path[len("passages[") : -len("].quote")])
    return None
