"""Dutch policy time: the words as written, beside the window of days that they stand for.

`read` turns words into a window, `describe` turns a window into words. Nothing here knows what
day it is today: relative words are read from the `anchor` that the caller gives.
"""

from registry.policydate.occurrences import occurrences
from registry.policydate.reading import read
from registry.policydate.value import (
    DEFAULTS,
    Conventions,
    DateKind,
    PolicyDate,
    Reading,
    Window,
    since,
    until,
)
from registry.policydate.wording import describe

__all__ = [
    "DEFAULTS",
    "Conventions",
    "DateKind",
    "PolicyDate",
    "Reading",
    "Window",
    "describe",
    "occurrences",
    "read",
    "since",
    "until",
]
