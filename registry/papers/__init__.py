"""A document without a format: a `Paper` of blocks, written as PDF, Word or one file of HTML.

This room knows nothing of records: who has something to tell makes the paper of it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from .shape import (
    Block,
    Content,
    Details,
    Fact,
    Figure,
    Heading,
    Lang,
    Link,
    Listing,
    Note,
    PageBreak,
    Paper,
    Plain,
    Quote,
    Run,
    Strong,
    Table,
    Text,
)

__all__ = [
    "FORMATS",
    "Block",
    "Content",
    "Details",
    "Fact",
    "Figure",
    "Format",
    "Heading",
    "Lang",
    "Link",
    "Listing",
    "Note",
    "PageBreak",
    "Paper",
    "Plain",
    "Quote",
    "Run",
    "Strong",
    "Table",
    "Text",
    "docx",
    "html",
    "pdf",
]


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1 and PDF/A-2a: tagged, in its language, and the same bytes each time."""
    from .as_pdf import written  # dear to import, and few requests need it

    return written(paper)


def docx(paper: Paper) -> bytes:
    """The paper as a Word document with real headings, table headers and footnotes."""
    from .as_docx import written

    return written(paper)


def html(paper: Paper) -> bytes:
    """The paper as one file of HTML, without a script and without anything from elsewhere."""
    from .as_html import written

    return written(paper)


class Format(NamedTuple):
    """One way to write a paper."""

    write: Callable[[Paper], bytes]
    mimetype: str
    label: str


FORMATS: Mapping[str, Format] = {
    "pdf": Format(pdf, "application/pdf", "PDF"),
    "docx": Format(
        docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"
    ),
    "html": Format(html, "text/html", "HTML"),
}
