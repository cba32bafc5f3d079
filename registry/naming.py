"""What people call things: the record or the code that some words name."""

import re
from typing import Any

from sqlalchemy import or_, select

from . import vocabulary
from .access import ANYBODY, acting, can_see, visible_to
from .db import session
from .errors import Message
from .fields import find
from .record import Record
from .search import fold

REFERENCE = re.compile(r"([A-Z]{3}-[0-9]{4,9})(?:\s.*)?", re.DOTALL)
MISSING = Message(
    "There is no {id} in these files or in the registry.",
    "{id} staat niet in deze bestanden en niet in het register.",
    "unknown_reference",
)
SEVERAL = Message(
    "Several records are called {id}: give the reference.",
    "Meer dan één gegeven heet {id}: geef het kenmerk.",
    "ambiguous",
)


def openly(organisation_id: int | None) -> str:
    """Who speaks for an organisation, in a text that is kept and that everybody may read: in Dutch,
    with no name of a person, nor of an organisation that is hidden from anybody by now."""
    if organisation_id is None:
        return "een invoerder"
    found = session().get(Record, organisation_id)
    return found.title if found is not None and can_see(ANYBODY, found) else "een organisatie"


def coded(of: str, cell: str) -> str:
    """The code of a vocabulary with these words in either language; else the words themselves."""
    known = vocabulary.terms(of)
    if cell in known:
        return str(cell)
    wanted = fold(cell)
    found = {code for code, term in known.items() if wanted in map(fold, term.words)}
    return found.pop() if len(found) == 1 else str(cell)


def sought(model: Any, cell: str) -> str | Message:
    """The reference of the record of `model` that a cell names: by its reference, perhaps with
    more words behind it, or by a title that only one has. What is hidden is not found."""
    match = REFERENCE.fullmatch(cell)
    if match is not None:
        found = find(model, match[1])
        return match[1] if found is not None else MISSING.format(id=match[1])
    names = _named(model, cell)
    if len(names) == 1:
        return names[0]
    return (SEVERAL if names else MISSING).format(id=cell[:60])


def _named(model: Any, cell: str) -> list[str]:
    kept: dict[Any, list[str]] = session().info.setdefault("named", {})
    key = (model, acting(), fold(cell))
    if key not in kept:
        called = [Record.sort_title == key[2], Record.title_en == cell.strip()]
        if hasattr(model, "abbreviation"):
            called.append(model.abbreviation == cell.strip())
        query = select(Record.reference).join(model, model.id == Record.id)
        query = query.where(visible_to(acting()), or_(*called)).order_by(Record.id)
        kept[key] = list(session().scalars(query.limit(2)))
    return kept[key]
