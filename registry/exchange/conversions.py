"""From what people write in a cell to what the schema reads: numbers, days, yes and no, the words
of a code, the name of a record. What is none of these stays as it is, and the schema refuses it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select

from .. import policydate, vocabulary
from ..access import acting, visible_to
from ..db import session
from ..errors import Message
from ..fields import Amount, Code, Day, Described, Flag, Number, Whole, find
from ..forms.numbers import plain
from ..record import Record
from ..search import fold
from ..tables import Plain

REFERENCE = re.compile(r"([A-Z]{3}-[0-9]{4,9})(?:\s.*)?", re.DOTALL)
WHOLE = re.compile(r"-?[0-9]{1,30}")
SERIAL = re.compile(r"[0-9]{5}(?:\.0+)?")
TYPED = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?: 0?0:00(?::00)?)?")
FIRST = date(1899, 12, 30)  # day 0 of a spreadsheet, for every day after February 1900
YES = frozenset("true ja yes waar j y x 1".split())
NO = frozenset("false nee no onwaar n 0".split())
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


def converted(field: Described, cell: str, lang: str) -> Any:
    """What a filled cell says for `field`, by the conventions of `lang`."""
    for type_, convert in CONVERT:
        if isinstance(field, type_):
            return convert(field, cell, lang)
    return str(cell)


def day(cell: str) -> str:
    """A day as YYYY-MM-DD, from the usual ways to write one."""
    if SERIAL.fullmatch(cell):
        return (FIRST + timedelta(int(cell[:5]))).isoformat()
    if match := TYPED.fullmatch(cell):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    if re.fullmatch(r"[0-9-]*|[0-9-]{10}[ T]00:00.*", cell):
        return cell[:10]
    read = policydate.read(cell[:100]).value
    return read.earliest.isoformat() if read.earliest and read.kind == "day" else str(cell)


def _flag(_field: Any, cell: str, _lang: str) -> Any:
    word = cell.lower()
    return True if word in YES else False if word in NO else str(cell)


def _digits(cell: str, lang: str) -> str:
    """A number with a decimal point and without thousands."""
    bare = cell.replace("€", "").strip().removeprefix("EUR").strip()
    return str(cell) if isinstance(cell, Plain) else plain(bare, lang)


def _number(_field: Any, cell: str, lang: str) -> Any:
    try:
        return float(_digits(cell, lang))
    except ValueError:
        return str(cell)


def _whole(_field: Any, cell: str, lang: str) -> Any:
    digits = _digits(cell, lang)
    return int(digits) if WHOLE.fullmatch(digits) else str(cell)


def _code(field: Any, cell: str, _lang: str) -> str:
    """The code itself, or the one with these words in either language."""
    known = vocabulary.terms(field.of)
    if cell in known:
        return str(cell)
    wanted = fold(cell)
    found = {code for code, term in known.items() if wanted in map(fold, term.words)}
    return found.pop() if len(found) == 1 else str(cell)


CONVERT: list[tuple[type, Callable[[Any, str, str], Any]]] = [
    (Flag, _flag),
    (Number, _number),
    (Whole, _whole),
    (Amount, lambda _field, cell, lang: _digits(cell, lang)),
    (Code, _code),
    (Day, lambda _field, cell, _lang: day(cell)),
]


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
