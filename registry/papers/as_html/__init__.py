"""A paper as one file of HTML, to keep and to print: no script, nothing from elsewhere."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from .. import wording
from ..measures import shares
from ..settling import numbered, settled
from ..shape import (
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
    Strong,
    Table,
    Text,
    runs,
)

STYLE = Path(__file__).with_name("paper.css")
PARAGRAPHS: dict[type, str] = {
    Text: "<p>%s</p>",
    Quote: "<blockquote><p>%s</p></blockquote>",
}
LOCALES = {"nl": "nl-NL", "en": "en-GB"}


def written(paper: Paper) -> bytes:
    """The paper as HTML in UTF-8."""
    return "\n".join(_Writing(settled(paper)).whole()).encode() + b"\n"


class _Writing:
    """One paper, with how often each note was referred to so far."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.notes = paper, numbered(paper)
        self.seen: dict[int, int] = {}

    def whole(self) -> Iterator[str]:
        """The file, part by part."""
        paper = self.paper
        title = escape(paper.title)
        yield f'<!doctype html>\n<html lang="{LOCALES[paper.lang]}">\n<head>'
        yield '<meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f'<meta name="dcterms.created" content="{paper.moment.isoformat()}">'
        style = STYLE.read_text("utf-8") + _on_every_page(paper.mark)
        yield f"<title>{title}</title>\n<style>\n{style}</style>\n</head>"
        yield "<body>\n<main>\n<header>"
        if paper.mark:
            yield f'<p class="mark">{_lines(paper.mark)}</p>'
        yield f"<h1>{title}</h1>"
        if paper.subtitle:
            yield f'<p class="subtitle">{_lines(paper.subtitle)}</p>'
        if paper.facts:
            yield self.facts(paper.facts)
        yield "</header>"
        yield from map(self.block, paper.blocks)
        yield from self.footnotes()
        yield "</main>\n</body>\n</html>"

    def facts(self, facts: Iterable[Fact]) -> str:
        """Facts, each behind its label."""
        made = (f"<dt>{_lines(k)}</dt>\n<dd>{self.runs(v)}</dd>" for k, v in facts)
        return "\n".join(('<dl class="facts">', *made, "</dl>"))

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Heading(level, text, id_):
                place = f' id="{escape(id_)}"' if id_ else ""
                return f"<h{level + 1}{place}>{escape(text)}</h{level + 1}>"
            case Text(content) | Quote(content):
                return PARAGRAPHS[type(block)] % self.runs(content)
            case Listing(items):
                made = "\n".join(f"<li>{self.runs(item)}</li>" for item in items)
                return f"<ul>\n{made}\n</ul>" if made else ""
            case Figure(svg, alt, caption):
                return self.figure(svg, alt, caption)
            case Details(items):
                return self.facts(items)
            case Table():
                return "\n".join(self.table(block))
            case PageBreak():
                return '<hr class="break">'

    def figure(self, svg: str, alt: str, caption: str) -> str:
        """A drawing as an image: what is in it runs nothing."""
        data = b64encode(svg.encode()).decode()
        image = f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(alt)}">'
        told = f"\n<figcaption>{_lines(caption)}</figcaption>" if caption else ""
        return f"<figure>\n{image}{told}\n</figure>"

    def table(self, table: Table) -> Iterator[str]:
        """A table; who has no mouse can scroll it too."""
        named = f' aria-label="{escape(table.caption)}"' if table.caption else ""
        yield f'<div class="table" tabindex="0" role="group"{named}>\n<table>'
        if table.caption:
            yield f"<caption>{_lines(table.caption)}</caption>"
        widths = "".join(f'<col style="width: {share:.1%}">' for share in shares(table))
        yield f"<colgroup>{widths}</colgroup>"
        sides = [' class="number"' if n in table.numeric else "" for n in range(len(table.columns))]
        heads = zip(sides, table.columns, strict=True)
        made = "".join(f'<th scope="col"{side}>{_lines(text)}</th>' for side, text in heads)
        yield f"<thead>\n<tr>{made}</tr>\n</thead>\n<tbody>"
        for first, *others in table.rows:
            cells = zip(sides[1:], others, strict=True)
            made = "".join(f"<td{side}>{self.runs(cell)}</td>" for side, cell in cells)
            yield f'<tr><th scope="row"{sides[0]}>{self.runs(first)}</th>{made}</tr>'
        yield "</tbody>\n</table>\n</div>"

    def footnotes(self) -> Iterator[str]:
        """The notes, each with the way back to every place that refers to it."""
        if not self.notes:
            return
        said = wording.NOTES.in_(self.paper.lang)
        yield f'<section class="notes" role="doc-endnotes">\n<h2>{said}</h2>\n<ol>'
        for note, number in self.notes.items():
            times = range(1, self.seen.get(number, 0) + 1)
            back = " ".join(self.way_back(number, time) for time in times)
            yield f'<li id="noot-{number}">{self.runs(note.content)} {back}</li>'
        yield "</ol>\n</section>"

    def way_back(self, number: int, time: int) -> str:
        """A link from a note to where it is referred to."""
        said = wording.BACK.in_(self.paper.lang)
        again = f"<sup>{time}</sup>" if time > 1 else ""
        label = f"{said} ({number}.{time})"
        place = f"#verwijzing-{number}-{time}"
        return f'<a href="{place}" role="doc-backlink" aria-label="{label}">↩\ufe0e{again}</a>'

    def runs(self, content: Content) -> str:
        """A content."""
        return "".join(map(self.run, runs(content)))

    def run(self, run: Plain | Link | Note) -> str:
        """One run."""
        match run:
            case Note():
                return self.reference(run)
            case Link(text, url, lang):
                return f'<a href="{escape(url)}"{_language(lang)}>{_lines(text)}</a>'
            case Strong(text, lang):
                return f"<strong{_language(lang)}>{_lines(text)}</strong>"
        return (
            f"<span{_language(run.lang)}>{_lines(run.text)}</span>"
            if run.lang
            else _lines(run.text)
        )

    def reference(self, note: Note) -> str:
        """The number of a note in the text."""
        number = self.notes.get(note)
        if number is None:
            return ""
        time = self.seen[number] = self.seen.get(number, 0) + 1
        label = f"{wording.NOTE.in_(self.paper.lang)} {number}"
        place = f'id="verwijzing-{number}-{time}" href="#noot-{number}"'
        return f'<sup><a {place} role="doc-noteref" aria-label="{label}">{number}</a></sup>'


def _on_every_page(mark: str) -> str:
    """The style that prints a mark at the top of all pages; each letter by its number, so that no
    word can be anything else in it."""
    if not mark:
        return ""
    told = "".join(f"\\{ord(one):06x}" for one in mark)
    look = "color: #8f1d1d; font: bold 9pt sans-serif"
    return f'@page {{ @top-right {{ content: "{told}"; {look} }} }}\n'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _language(lang: Lang | None) -> str:
    return f' lang="{lang}"' if lang else ""
