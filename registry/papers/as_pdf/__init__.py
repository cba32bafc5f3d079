"""A paper as PDF, set by typst: PDF/UA-1 for every reader, PDF/A-2a for the archive."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

from .. import measures, wording
from ..settling import UNKNOWN, numbered, settled
from ..shape import (
    Content,
    Details,
    Figure,
    Heading,
    Link,
    Listing,
    Note,
    PageBreak,
    Paper,
    Quote,
    Run,
    Table,
    Text,
    runs,
    words,
)

TEMPLATE = Path(__file__).with_name("paper.typ")
STANDARDS: list[Any] = ["a-2a", "ua-1"]
REGIONS = {"nl": "NL", "en": "GB"}
LONGEST_RUNNING = 110
LONGEST_TOGETHER = 900  # in letters
ATTEMPTS = 3
# What no font of the typesetter can draw is named by it, all of it at once.
UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
UNKNOWNS = re.compile(f"(?:{UNKNOWN}[\u200b ]*){{4,}}")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
FOREIGN = re.compile("[^\x00-\u024f]+")
UNBROKEN = re.compile(r"\S{24,}")
LETTERS = re.compile(r"[^\W\d_]{24,44}")
# Words that may be hyphenated: a short one only where there are more columns than room.
LONG, LONG_IN_CELLS, LONG_WHEN_CROWDED = (
    re.compile(rf"([^\W\d_]{{{least},}})") for least in (12, 10, 4)
)
CROWDED = 11
BREAK = "\u200b"
Told = dict[str, Any]


def written(paper: Paper) -> bytes:
    """The paper as PDF. What no font can draw is said in words, or stands as an unknown sign."""
    data = json.dumps(_Telling(settled(paper)).told, ensure_ascii=False)
    for _ in range(ATTEMPTS):
        try:
            return _set(data, paper)
        except typst.TypstError as error:
            undrawn = {_unescaped(text) for text in UNDRAWN.findall(error.diagnostic)}
            if not undrawn:
                raise
            data = UNKNOWNS.sub(UNKNOWN * 3, _without(undrawn, data))
    return _set(FOREIGN.sub(UNKNOWN, data), paper)


def _set(data: str, paper: Paper) -> bytes:
    made = typst.compile(
        TEMPLATE.read_bytes(),
        # Nothing but what is given here: no file beside it, and no font of this machine.
        root=str(TEMPLATE.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": data},
        pdf_standards=STANDARDS,
        timestamp=paper.moment,
    )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False)


def _without(undrawn: set[str], data: str) -> str:
    for text in (text for text in undrawn if len(text) > 1):
        data = data.replace(text, _named(text))
    return data.translate({ord(text): _named(text) for text in undrawn if len(text) == 1})


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _named(text: str) -> str:
    """A sign by its name, as it would be read aloud; a script that is not drawn stays unknown."""
    said = [unicodedata.name(one, "") for one in text if unicodedata.category(one) == "So"]
    return f"[{', '.join(said).lower()}]" if any(said) else UNKNOWN


class _Telling:
    """A paper as data for the template."""

    def __init__(self, paper: Paper) -> None:
        self.notes = numbered(paper)
        self.told_notes: set[int] = set()
        running = paper.title
        if len(running) > LONGEST_RUNNING:
            running = f"{running[:LONGEST_RUNNING]}…"
        self.told: Told = {
            "title": _breakable(paper.title),
            "running": running,
            "mark": paper.mark,
            "lang": paper.lang,
            "region": REGIONS[paper.lang],
            "subtitle": _breakable(paper.subtitle),
            "facts": [[label, self.runs(value)] for label, value in paper.facts],
            "blocks": _together({"kind": _kind(b), **self.block(b)} for b in paper.blocks),
            "notes": [self.runs(note.content) for note in self.notes],
            "page": wording.PAGE.in_(paper.lang),
            "of": wording.OF.in_(paper.lang),
        }

    def block(self, block: Any) -> Told:
        """One block as data."""
        match block:
            case Heading(level, text, id_):
                return {"level": level, "text": _breakable(text), "id": id_}
            case Text(content) | Quote(content):
                return {"content": self.runs(content)}
            case Listing(items):
                return {"items": [self.runs(item) for item in items]}
            case Details(items):
                # What fits on a page stays together.
                whole = _length([value for _, value in items]) < LONGEST_TOGETHER
                told = [[label, self.runs(value)] for label, value in items]
                return {"items": told, "whole": whole}
            case Table():
                return self.table(block)
            case Figure(svg, alt, caption):
                return {
                    "svg": svg,
                    "alt": alt,
                    "caption": _breakable(caption),
                    "width": measures.spread(svg),
                }
            case PageBreak():
                return {}
        raise TypeError(type(block))

    def table(self, table: Table) -> Told:
        """A table as data."""
        crowded = len(table.columns) > CROWDED
        long = LONG_WHEN_CROWDED if crowded else LONG_IN_CELLS
        return {
            "caption": _breakable(table.caption),
            "columns": [_pieces(column, long) for column in table.columns],
            "cells": [self.runs(cell, long) for row in table.rows for cell in row],
            "whole": all(_length(row) < LONGEST_TOGETHER for row in table.rows),
            "crowded": crowded,
            "numeric": [*table.numeric],
            "shares": measures.shares(table),
            "wide": measures.wide(table),
        }

    def runs(self, content: Content, long: re.Pattern[str] = LONG) -> Sequence[Told]:
        """A content as data."""
        return [
            self.run(run, long) for run in runs(content) if run in self.notes or not _is_note(run)
        ]

    def run(self, run: Run, long: re.Pattern[str]) -> Told:
        """One run as data; the first reference to a note brings its words."""
        if isinstance(run, Note):
            number = self.notes[run]
            first = number not in self.told_notes
            self.told_notes.add(number)
            return {"kind": "note", "number": number, "first": first}
        told: Told = {"kind": _kind(run), "text": _pieces(run.text, long), "lang": run.lang}
        return {**told, "url": run.url} if isinstance(run, Link) else told


def _length(contents: Sequence[Content]) -> int:
    return sum(len(words(content)) for content in contents)


def _together(blocks: Iterable[Told]) -> list[Told]:
    """The blocks, with headings and the facts below them as one: its notes must not part them."""
    found: list[Told] = []
    heads: list[Told] = []
    for block in blocks:
        if block["kind"] == "heading":
            heads.append(block)
            continue
        if heads and block.get("whole") and block["kind"] == "details":
            found.append({"kind": "together", "blocks": [*heads, block]})
        else:
            found += [*heads, block]
        heads = []
    return found + heads


def _kind(one: object) -> str:
    return type(one).__name__.lower()


def _is_note(run: Run) -> bool:
    return isinstance(run, Note)


def _pieces(text: str, long: re.Pattern[str]) -> list[str]:
    """Every other piece is a word that may be hyphenated."""
    return long.split(_breakable(text))


def _breakable(text: str) -> str:
    """Text in which no address runs off the page; a long word of letters is hyphenated instead."""
    return UNBROKEN.sub(_broken, PRIVATE.sub(UNKNOWN, text))


def _broken(found: re.Match[str]) -> str:
    word = found[0]
    if LETTERS.fullmatch(word):
        return word
    eased = re.sub(r"([/.,;:?&=_#%+-])(?=\w)", rf"\1{BREAK}", word)
    return re.sub(rf"([^{BREAK}]{{12}})(?=[^{BREAK}]{{4}})", rf"\1{BREAK}", eased)
