"""The grammar of lists: what can be asked of a kind, and the page that answers it."""

from .answers import Facet, Option, Page, facets, page
from .filters import Filter, filters, sorts
from .question import PER_PAGE, Question, ask, ask_of_one

__all__ = [
    "PER_PAGE",
    "Facet",
    "Filter",
    "Option",
    "Page",
    "Question",
    "ask",
    "ask_of_one",
    "facets",
    "filters",
    "page",
    "sorts",
]
