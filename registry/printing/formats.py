"""The formats of an annex that are documents, beside those that are data."""

from collections.abc import Callable

from .. import papers
from ..annexes.formats import FORMATS, Format
from ..annexes.looking import Content
from ..papers import Lang
from .paper import paper

__all__ = ["FORMATS"]


def _writer(name: str) -> Callable[[Content, str], bytes]:
    def write(content: Content, language: str) -> bytes:
        known: Lang = "en" if language == "en" else "nl"
        return papers.FORMATS[name].write(paper(content, known))

    return write


for name, one in papers.FORMATS.items():
    FORMATS[name] = Format(name, one.mimetype, _writer(name))
