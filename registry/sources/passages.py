"""Passages by their words: those that the document has no passage of yet become one."""

from typing import Any

from sqlalchemy import func, select

from ..db import session
from ..nesting import new_key
from .models import Document, Passage


def passage_of(document: Document, words: str) -> Passage:
    """The passage with these words; words that the document has no passage of become one."""
    made: dict[Any, Passage] = session().info.setdefault("found", {})
    known = select(Passage).where(Passage.parent_id == document.id, Passage.quote == words)
    found = made.get((Passage, document.id, words)) or session().scalar(known)
    if found is None:
        found = Passage(
            parent_id=document.id, key=new_key(), quote=words, position=_next_place(document, made)
        )
    made[Passage, document.id, words] = found
    return found


def _next_place(document: Document, made: dict[Any, Passage]) -> int:
    """After the last passage of the document, those of this command included."""
    last = session().scalar(
        select(func.max(Passage.position)).where(Passage.parent_id == document.id)
    )
    new = [p.position for key, p in made.items() if key[:2] == (Passage, document.id)]
    return max([-1 if last is None else last, *new]) + 1
