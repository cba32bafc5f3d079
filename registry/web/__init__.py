"""The HTML shell: what is around every page, and how values and addresses are written in it."""

from . import cells, links
from .book import (
    Item,
    Screens,
    View,
    beside,
    blueprint,
    book,
    identified_by,
    notice,
    pages,
    panel,
    place,
)
from .cells import shows, sums_up
from .language import counted, lang, say, t, titled
from .shell import actor, register

__all__ = [
    "Item",
    "Screens",
    "View",
    "actor",
    "beside",
    "blueprint",
    "book",
    "cells",
    "counted",
    "identified_by",
    "lang",
    "links",
    "notice",
    "pages",
    "panel",
    "place",
    "register",
    "say",
    "shows",
    "sums_up",
    "t",
    "titled",
]
