"""The book of changes and the outbox. A listener collects what a flush changes on recorded
models; the command, last before commit, takes one lock and writes the rows in commit order."""

from .book import (
    Entry,
    Statement,
    Unaudited,
    close_book,
    entry,
    open_book,
    pairs,
    say,
    touched,
)
from .collecting import Pointer, facts, spoken
from .models import Change, LedgerHead, Outbox
from .naming import named, namers, names_of
from .standing import Standing, besides, standing
from .writing import lock, post, write, writing

__all__ = [
    "Change",
    "Entry",
    "LedgerHead",
    "Outbox",
    "Pointer",
    "Standing",
    "Statement",
    "Unaudited",
    "besides",
    "close_book",
    "entry",
    "facts",
    "lock",
    "named",
    "namers",
    "names_of",
    "open_book",
    "pairs",
    "post",
    "say",
    "spoken",
    "standing",
    "touched",
    "write",
    "writing",
]
