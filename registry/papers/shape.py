"""What a paper is made of. A text that is given as `str` is plain; links are absolute, or `#id`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Lang = Literal["nl", "en"]


@dataclass(frozen=True)
class Plain:
    """Words, where it matters in a language of their own."""

    text: str
    lang: Lang | None = None


@dataclass(frozen=True)
class Strong(Plain):
    """Words that stand out."""


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: an http, https or mailto address, or the `#id` of a heading."""

    text: str
    url: str
    lang: Lang | None = None


@dataclass(frozen=True)
class Note:
    """A footnote where it is referred to; the same words again are the same note."""

    content: "str | Sequence[str | Plain | Strong | Link]"


Run = Plain | Strong | Link | Note
Content = str | Sequence[str | Run]
Fact = tuple[str, Content]


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 stands right below the title of the paper."""

    level: int
    text: str
    id: str = ""


@dataclass(frozen=True)
class Text:
    """A paragraph; a line break in it is a line break on paper."""

    content: Content


@dataclass(frozen=True)
class Quote:
    """The words of another."""

    content: Content


@dataclass(frozen=True)
class Listing:
    """Items of equal rank."""

    items: Sequence[Content]


@dataclass(frozen=True)
class Table:
    """Rows below columns. The first cell of a row names it; `numeric` columns are set right."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Content]]
    numeric: Sequence[int] = ()


@dataclass(frozen=True)
class Figure:
    """A drawing, with its words for who does not see it."""

    svg: str
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class PageBreak:
    """What follows starts a page."""


@dataclass(frozen=True)
class Details:
    """What is told of one thing: each fact behind its label."""

    items: Sequence[Fact]


Block = Heading | Text | Quote | Listing | Table | Figure | PageBreak | Details


@dataclass(frozen=True)
class Paper:
    """A document. `moment`, when it was made, is written in the file: no clock is asked. `mark`
    stands at the top of every page, such as that it is a draft."""

    title: str
    lang: Lang
    moment: datetime
    blocks: Sequence[Block]
    subtitle: str = ""
    facts: Sequence[Fact] = ()
    mark: str = ""


def runs(content: Content) -> tuple[Run, ...]:
    """A content as its runs."""
    if isinstance(content, str):
        return (Plain(content),) if content else ()
    return tuple(Plain(one) if isinstance(one, str) else one for one in content)


def words(content: Content) -> str:
    """The words of a content, without its notes."""
    return "".join(run.text for run in runs(content) if not isinstance(run, Note))
