"""The built-in code lists, from `terms.csv`, in the order in which screens show them.

A row without a code names its list; `*` in its place says that people can extend the list."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..words import Words

OPEN = "*"


@dataclass(frozen=True)
class Term:
    """One code with its words; a retired term stays readable and cannot be chosen any more."""

    code: str
    words: Words
    definition: str | None = None
    retired: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """A list of terms; an open one can be extended by the secretariat."""

    name: str
    words: Words
    open: bool = False
    terms: Mapping[str, Term] = field(default_factory=dict)


def _read(path: Path) -> dict[str, Vocabulary]:
    found: dict[str, Vocabulary] = {}
    terms: dict[str, dict[str, Term]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, code, words = row["list"], row["code"], Words(row["nl"], row["en"])
            if code in ("", OPEN):
                terms[name] = {}
                found[name] = Vocabulary(name, words, code == OPEN, terms[name])
            else:
                terms[name][code] = Term(code, words)
    return found


LISTS: Mapping[str, Vocabulary] = _read(Path(__file__).with_name("terms.csv"))
