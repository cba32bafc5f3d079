"""Codes with their Dutch and English words. The words of open lists can be extended by people."""

from .lists import LISTS, Term, Vocabulary
from .models import ReadingConvention, VocabularyTerm
from .queries import conventions, label, terms

__all__ = [
    "LISTS",
    "ReadingConvention",
    "Term",
    "Vocabulary",
    "VocabularyTerm",
    "conventions",
    "label",
    "terms",
]
