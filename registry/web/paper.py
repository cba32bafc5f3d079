"""What a page shows as parts of a paper, and a paper as a file to keep."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urljoin

from flask import Response, current_app, request

from .. import papers
from ..errors import Invalid
from ..listing.question import ALLOWED
from ..papers import Block, Content, Heading, Lang, Link, Paper, Plain, Strong, Table, Text
from .book import View
from .cells import Cell
from .language import lang, t


def language() -> Lang:
    """The language of this request, as a paper knows it."""
    return "en" if lang() == "en" else "nl"


def absolute(url: str) -> str:
    """An address as it must stand on paper, which is nowhere by itself."""
    root: str = current_app.config["PUBLIC_URL"]
    return urljoin(f"{root.rstrip('/')}/", url)


def blocks(sections: Iterable[View]) -> Iterator[Block]:
    """The sections of a page: a short field on a line, a long one below a heading, then tables."""
    for section in sections:
        yield Heading(1, section["title"], section["id"])
        for field in section["fields"]:
            yield from _field(field["label"], field["cell"])
        for table in section["tables"]:
            yield Heading(2, table["title"])
            rows = [[content(cell) for cell in row["cells"]] for row in table["rows"]]
            yield Table(table["caption"] or "", table["columns"], rows)
        if section.get("empty"):
            yield Text(section["empty"])


def content(cell: Cell) -> Content:
    """A cell of a page as words on paper."""
    match cell["type"]:
        case "list":
            return [*_joined(content(item) for item in cell["items"])]
        case "link":
            return [Link(cell["label"], absolute(cell["url"]))]
        case "period":
            window = f" {cell['window']}" if cell["window"] else ""
            return [_dutch(cell["text"]), window]
        case "note":
            return [t("Kanttekening: ", "Caveat: "), _dutch(cell["text"])]
        case "long":
            return [_dutch(cell["text"])]
    return str(cell.get("label") or cell.get("text") or "")


def _field(label: str, cell: Cell) -> Iterator[Block]:
    if cell["type"] != "long":
        yield Text([Strong(f"{label}: "), *_runs(content(cell))])
        return
    yield Heading(2, label)
    for part in cell["text"].replace("\r\n", "\n").split("\n\n"):
        if part.strip():
            yield Text([_dutch(part.strip())])


def _dutch(text: str) -> Plain:
    """What is registered in one language only is Dutch, also on English paper."""
    return Plain(text, "nl" if lang() != "nl" else None)


def _joined(parts: Iterable[Content]) -> Iterator[str | papers.Run]:
    for number, part in enumerate(parts):
        yield from ["\n"] * bool(number)
        yield from _runs(part)


def _runs(part: Content) -> Sequence[str | papers.Run]:
    return [part] if isinstance(part, str) else part


# --- as a file ----------------------------------------------------------------------------


def asked() -> str | None:
    """The format that the address asks for; none where a page is asked for. Raises Invalid."""
    name = request.args.get("format")
    if name is not None and name not in papers.FORMATS:
        raise Invalid({"format": [ALLOWED.format(allowed=", ".join(papers.FORMATS))]})
    return name


def choices(url: str) -> list[View]:
    """The buttons below which a page can be kept; `url` is its address."""
    mark = "&" if "?" in url else "?"
    return [
        {
            "label": t(f"Downloaden als {one.label}", f"Download as {one.label}"),
            "url": f"{url}{mark}format={name}",
            "tone": "secondary",
        }
        for name, one in papers.FORMATS.items()
    ]


def sent(paper: Paper, format_: str, name: str) -> Response:
    """The paper as a file with this name."""
    one = papers.FORMATS[format_]
    answer = Response(one.write(paper), mimetype=one.mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{format_}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
