"""The grammar of lists: what can be asked of a kind, and the page that answers it."""

from .answers import Facet, Option, Page, counted, facets, on_panel, page, tally, total_of
from .filters import Filter, filters
from .question import PER_PAGE, Question, ask, ask_of_one
from .sorts import sorts
from .spans import spans
from .streams import whole

__all__ = [
    "PER_PAGE",
    "Facet",
    "Filter",
    "Option",
    "Page",
    "Question",
    "ask",
    "ask_of_one",
    "counted",
    "facets",
    "filters",
    "on_panel",
    "page",
    "sorts",
    "spans",
    "tally",
    "total_of",
    "whole",
]
