"""From what people write in a cell to what the schema reads: numbers, days, yes and no, the words
of a code. What is none of these stays as it is, and the schema refuses it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from .. import policydate
from ..fields import Amount, Code, Day, Described, Flag, Number, Whole
from ..forms.numbers import plain
from ..naming import coded
from ..tables import Plain

WHOLE = re.compile(r"-?[0-9]{1,30}")
SERIAL = re.compile(r"[0-9]{5}(?:\.0+)?")
TYPED = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?: 0?0:00(?::00)?)?")
FIRST = date(1899, 12, 30)  # day 0 of a spreadsheet, for every day after February 1900
YES = frozenset("true ja yes waar j y x 1".split())
NO = frozenset("false nee no onwaar n 0".split())


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


CONVERT: list[tuple[type, Callable[[Any, str, str], Any]]] = [
    (Flag, _flag),
    (Number, _number),
    (Whole, _whole),
    (Amount, lambda _field, cell, lang: _digits(cell, lang)),
    (Code, lambda field, cell, _lang: coded(field.of, cell)),
    (Day, lambda _field, cell, _lang: day(cell)),
]
