"""Rows pasted from a spreadsheet: lines of cells become rows of a list in a form."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from .. import vocabulary
from ..errors import Message
from ..fields import UNREADABLE, Code, Described, Policy, Ref, Rows
from ..naming import SEVERAL, coded, sought
from ..search import fold
from ..words import Words
from . import mapping
from .asking import Asking
from .widgets import Unseen

PASTE = "_paste-"
LONGEST = 100_000
HINT = Words(
    "Plak hier regels uit een rekenblad, met deze kolommen: {columns}.",
    "Paste lines from a spreadsheet here, with these columns: {columns}.",
)
TITLE = Words("Plak rijen uit een rekenblad", "Paste rows from a spreadsheet")
BUTTON = Words("Rijen toevoegen", "Add these rows")
NO_NAME = Message(
    "“{cell}” was not found: choose it here, or register it first.",
    "“{cell}” is niet gevonden: kies hier, of registreer het eerst.",
    "unknown_reference",
)
NO_CODE = Message("“{cell}” is not in this list.", "“{cell}” staat niet in deze lijst.", "unknown")
MORE = Message(
    "“{cell}” stands in a column that is not here.",
    "“{cell}” staat in een kolom die er hier niet is.",
    "columns",
)


def offer(described: Rows, asking: Asking) -> dict[str, str] | None:
    """What the form says where rows of this list can be pasted."""
    if not described.about.paste:
        return None
    labels = ", ".join(asking.say(f.about.words) for f in _columns(described, asking).values())
    return {
        "title": asking.say(TITLE),
        "hint": asking.say(HINT).format(columns=labels),
        "button": asking.say(BUTTON),
    }


def pasted(
    described: Rows, text: str, asking: Asking
) -> tuple[list[dict[str, Any]], dict[tuple[int, str], str]]:
    """The rows as answers, and what could not be read: (row, field) → why."""
    columns = list(_columns(described, asking).items())
    rows: list[dict[str, Any]] = []
    wrong: dict[tuple[int, str], str] = {}
    for cells in list(_lines(text))[: mapping.MOST]:
        if not rows and _is_header(cells, columns, asking):
            continue
        answers: dict[str, Any] = {}
        for (name, field), cell in zip(columns, cells, strict=False):
            answers[name], reason = _answer(field, cell)
            if reason is not None:
                wrong[len(rows), name] = reason.in_(asking.lang)
        if left := next((cell for cell in cells[len(columns) :] if cell), ""):
            wrong[len(rows), columns[-1][0]] = MORE.format(cell=left[:60]).in_(asking.lang)
        rows.append(answers)
    return rows, wrong


def _columns(described: Rows, asking: Asking) -> dict[str, Described]:
    return {
        name: field
        for name, field in asking.asked(described.schema).items()
        if name != mapping.KEY
        and mapping.control(field).field(field, asking).field_class is not Unseen
    }


def _lines(text: str) -> Iterator[list[str]]:
    delimiter = "\t" if "\t" in text else ";"
    plain = UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", text[:LONGEST])
    try:
        for cells in csv.reader(io.StringIO(plain, newline=""), delimiter=delimiter):
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield stripped
    except csv.Error:
        return


def _is_header(cells: list[str], columns: list[tuple[str, Described]], asking: Asking) -> bool:
    labels = [{fold(name), *map(fold, field.about.words)} for name, field in columns]
    return all(fold(cell) in label for cell, label in zip(cells, labels, strict=False)) and any(
        cells
    )


def _answer(field: Described, cell: str) -> tuple[Any, Message | None]:
    if isinstance(field, Policy):
        return {"text": cell, "earliest": "", "latest": ""}, None
    if isinstance(field, Ref) and cell:
        found = sought(field.to, cell)
        if isinstance(found, Message):
            text = found if found.code == SEVERAL.code else NO_NAME.format(cell=cell[:60])
            return "", text
        return found, None
    if isinstance(field, Code) and cell:
        code = coded(field.of, cell)
        known = code in vocabulary.terms(field.of)
        return (code, None) if known else ("", NO_CODE.format(cell=cell[:60]))
    return cell, None
