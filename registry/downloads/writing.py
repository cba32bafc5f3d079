"""A list written to a file, page after page: exactly as filtered and sorted, in constant memory."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from .. import listing
from ..access import Actor
from ..kind import Kind
from ..listing import Question
from ..tables.writing import Delimited, Sheets, Workbook
from .choices import Choices
from .columns import NESTED, OWN, columns, lists, values
from .guide import HEADS, NAMES, guide

AT_ONCE = 100


def as_workbook(kind: Kind, actor: Actor, question: Question, path: Path, lang: str) -> None:
    """Write an .xlsx file: the records, a sheet for each nested list, and the field guide."""
    book = Workbook(path, lang)
    _write(kind, actor, question, book, nested=lists(kind, actor.view))
    name = NAMES.in_(lang)
    book.start(name, {words.in_(lang): look for words, look in HEADS})
    for line in guide(kind, actor, lang):
        book.add(name, line)
    book.close()


def as_csv(kind: Kind, actor: Actor, question: Question, path: Path, lang: str) -> None:
    """Write a .csv file with the fields of the records themselves. Their nested lists are not in
    it, and stay as they are when it is read again."""
    # The mark at the start tells a spreadsheet that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        _write(kind, actor, question, Delimited(file, lang), nested={})


def items(kind: Kind, actor: Actor, question: Question) -> Iterator[dict[str, Any]]:
    """The JSON of every record that the question finds, a page at a time."""
    asked = replace(question, page=1, per_page=AT_ONCE, cursor=None, count=False)
    while True:
        found = listing.page(kind, actor, asked)
        yield from map(json.loads, found.items)
        if found.next_cursor is None:
            return
        asked = replace(asked, cursor=found.next_cursor)


def _write(
    kind: Kind, actor: Actor, question: Question, file: Sheets, *, nested: dict[str, Any]
) -> None:
    own = columns(kind.dictionary, actor.view)
    inner = {name: columns(field.schema, actor.view) for name, field in nested.items()}
    offered = Choices(actor)
    file.start(kind.collection, {**OWN, **{c.name: c.look for c in own}}, offered.of(own))
    for name, found in inner.items():
        file.start(name, {**NESTED, **{c.name: c.look for c in found}}, offered.of(found))
    for item in items(kind, actor, question):
        first = [item["reference"], item["version"]]
        file.add(kind.collection, [*first, *values(own, item)])
        for name, found in inner.items():
            for row in item.get(name) or []:
                file.add(name, [item["reference"], row["key"], *values(found, row)])
