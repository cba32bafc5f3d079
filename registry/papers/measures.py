"""How wide columns and drawings are, by what stands in them: the same in every format."""

import re
from collections.abc import Sequence

from .shape import Content, Table, words

NARROWEST, WIDEST = 7.0, 44.0  # in letters
EASE = 1.15
UPRIGHT = 84.0  # letters on a line of an upright page
BOX = re.compile(r'viewBox="[\d.+-]+[ ,]+[\d.+-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')
ACROSS = 640.0  # how many units of a drawing fill an upright page
LONGEST_WORD = 18  # what is longer is broken or hyphenated


def shares(table: Table) -> list[float]:
    """The width of each column as a share of the whole."""
    needed = _needed(table)
    return [round(one / sum(needed), 4) for one in needed]


def wide(table: Table) -> bool:
    """Whether the table needs a page on its side."""
    return len(table.columns) > 2 and sum(_least(table)) > UPRIGHT


def spread(svg: str) -> float:
    """How much of the width of a page a drawing takes: no chart is blown up."""
    found = BOX.search(svg)
    return round(min(1.0, float(found[1]) / ACROSS), 4) if found else 1.0


def _columns(table: Table) -> list[Sequence[str]]:
    heads: list[Sequence[Content]] = [[head] for head in table.columns]
    cells = zip(*table.rows, strict=True) if table.rows else [() for _ in heads]
    return [
        [words(cell) for cell in (*head, *column)]
        for head, column in zip(heads, cells, strict=True)
    ]


def _least(table: Table) -> list[float]:
    """What a column needs so that its words stay whole."""
    return [
        max(NARROWEST, *(min(len(w), LONGEST_WORD) + 3 for text in column for w in text.split()))
        for column in ([*column, "-" * int(NARROWEST)] for column in _columns(table))
    ]


def _needed(table: Table) -> list[float]:
    """More for columns with more to read, by a root: a long cell becomes higher too. A word that
    just fits would be hyphenated."""
    least = _least(table)
    read = [max(len(text) for text in column) ** 0.5 * 3.2 for column in _columns(table)]
    return [min(max(low * EASE, some), WIDEST) for low, some in zip(least, read, strict=True)]
