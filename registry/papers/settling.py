"""A paper made fit to be written: what somebody typed becomes text that every format holds."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from .measures import wide
from .shape import (
    Block,
    Content,
    Figure,
    Heading,
    Link,
    Note,
    PageBreak,
    Paper,
    Plain,
    Table,
    runs,
)

DEEPEST = 3
UNTITLED = "–"
ADDRESS = re.compile(r"(?:https?://|mailto:)\S+$", re.IGNORECASE)
# What XML has no place for; of the control characters only a tab and a new line mean something.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")
UNPAIRED = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
LINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
BEYOND_UNICODE = re.compile(
    "["
    + "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
# Marks above, below and between letters: some belong to a word, a heap of them to no language.
MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
HIDDEN = "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
HEAP = re.compile(
    f"([{MARKS}{HIDDEN}\U000e0000-\U000e0fff]{{8}})[{MARKS}{HIDDEN}\U000e0000-\U000e0fff]+"
)
UNKNOWN = "\ufffd"


def settled(paper: Paper) -> Paper:
    """The paper with clean text, headings that skip no level, and links that lead somewhere."""
    made = _clean(paper)
    blocks = [*_broken([*_blocks(made.blocks)])]
    places = {block.id for block in blocks if isinstance(block, Heading)}
    title = " ".join(made.title.split()) or UNTITLED
    whole = replace(made, title=title, blocks=tuple(blocks))
    led: Paper = _led(whole, places - {""})
    return led


def numbered(paper: Paper) -> dict[Note, int]:
    """The notes of a settled paper, each once, in the order of reading."""
    found: dict[Note, int] = {}
    for note in _notes(paper):
        found.setdefault(note, len(found) + 1)
    return found


def clean(text: str) -> str:
    """Text without what no format can hold."""
    text = HEAP.sub(r"\1", UNSEEN.sub("", LINES.sub("\n", text)))
    return BEYOND_UNICODE.sub(UNKNOWN, UNPAIRED.sub(UNKNOWN, text))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if is_dataclass(value) and not isinstance(value, type):
        held = ((field.name, getattr(value, field.name)) for field in fields(value))
        return replace(value, **{name: _clean(inner) for name, inner in held})
    return tuple(_clean(one) for one in value) if isinstance(value, Sequence) else value


def _blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    level, seen = 0, set[str]()
    for block in blocks:
        if isinstance(block, Heading):
            text = " ".join(block.text.split())
            if not text:
                continue
            level = min(max(block.level, 1), level + 1, DEEPEST)
            id_ = "" if block.id in seen else "-".join(block.id.split())
            seen.add(id_)
            yield Heading(level, text, id_)
        elif isinstance(block, Table):
            if block.columns:
                yield replace(
                    block, rows=tuple(_row(row, len(block.columns)) for row in block.rows)
                )
        elif isinstance(block, Figure):
            yield replace(block, alt=block.alt.strip() or block.caption or UNTITLED)
        else:
            yield block


def _broken(blocks: Sequence[Block]) -> Iterator[Block]:
    """Without the breaks that would leave a page empty: at an end, at a wide table."""
    for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        if not (isinstance(block, PageBreak) and (_parts(before) or _parts(after))):
            yield block


def _parts(block: Block | None) -> bool:
    """Whether a page ends here of itself."""
    return block is None or (isinstance(block, Table) and wide(block))


def _row(row: Sequence[Content], width: int) -> tuple[Content, ...]:
    return (*row[:width], *[""] * (width - len(row)))


def _led(value: Any, places: set[str]) -> Any:
    """Links that lead nowhere, or would do something else than lead, are plain words."""
    if isinstance(value, Link):
        there = value.url[1:] in places if value.url[:1] == "#" else ADDRESS.match(value.url)
        return value if there else Plain(value.text, value.lang)
    if is_dataclass(value) and not isinstance(value, type):
        held = ((field.name, getattr(value, field.name)) for field in fields(value))
        return replace(value, **{name: _led(inner, places) for name, inner in held})
    return tuple(_led(one, places) for one in value) if isinstance(value, tuple) else value


def _notes(value: Any) -> Iterator[Note]:
    if isinstance(value, Note):
        if runs(value.content):
            yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _notes(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _notes(one)
