"""The blocks of a paper as WordprocessingML."""

import io
from collections.abc import Iterator
from html import escape

from docx.document import Document as Opened
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.shared import Cm

from ..measures import shares, spread, wide
from ..settling import numbered
from ..shape import (
    Block,
    Content,
    Details,
    Fact,
    Figure,
    Heading,
    Link,
    Listing,
    Note,
    PageBreak,
    Paper,
    Quote,
    Run,
    Table,
    Text,
    runs,
)
from ..shape import words as plain
from . import pages
from .xml import led, paragraph, said, words

SHARPNESS = 2.0
STYLES: dict[type, str] = {Text: "", Quote: "Quote"}
LONGEST_ROW = 1500  # in letters
KEPT = "<w:trPr><w:cantSplit/></w:trPr>"
PARTS = 5000  # of a width, as Word counts shares


class Body:
    """One paper on its way into a document; `notes` are the notes that it refers to."""

    def __init__(self, document: Opened, paper: Paper) -> None:
        self.document, self.paper = document, paper
        self.notes = numbered(paper)
        self.referred: set[int] = set()
        self.turning = False  # whether a page has to start
        self.aside = False  # whether a page on its side has just ended
        self.addresses: dict[str, str] = {}
        places = [block.id for block in paper.blocks if isinstance(block, Heading) and block.id]
        self.places = {f"#{id_}": n for n, id_ in enumerate(places, 1)}

    def whole(self) -> Iterator[str]:
        """The title and all blocks."""
        yield paragraph(words(self.paper.title), "Title")
        if self.paper.subtitle:
            yield paragraph(words(self.paper.subtitle), "Subtitle")
        yield from (self.fact(fact) for fact in self.paper.facts)
        for block in self.paper.blocks:
            yield from self.block(block)

    def fact(self, fact: Fact, extra: str = "") -> str:
        """A fact behind its label."""
        label = words(f"{fact[0]}:\t", None, '<w:color w:val="4C5967"/>')
        return paragraph(label + self.runs(fact[1]), "Fact", extra)

    def block(self, block: Block) -> Iterator[str]:
        """One block, as paragraphs and tables."""
        if isinstance(block, PageBreak):
            self.turning = True
            return
        if not isinstance(block, Heading):
            yield from self.turned()
        yield from self.table(block) if isinstance(block, Table) else self.text(block)
        self.turning = False

    def text(self, block: Block) -> Iterator[str]:
        """One block that is no table."""
        self.aside = False
        match block:
            case Heading(level, text, id_):
                first = "<w:pageBreakBefore/>" if self.turning else ""
                yield paragraph(self.placed(words(text), f"#{id_}"), f"Heading{level}", first)
            case Text(content) | Quote(content):
                yield paragraph(self.runs(content), STYLES[type(block)])
            case Listing(items):
                yield from (paragraph(self.runs(item), "ListBullet") for item in items)
            case Details(items):
                yield from (self.fact(item, "<w:keepNext/>") for item in items[:-1])
                yield from (self.fact(item) for item in items[-1:])
            case Figure():
                yield from self.figure(block)

    def turned(self) -> Iterator[str]:
        """The page that was asked for, before what is no heading: that starts it by itself."""
        if self.turning:
            yield paragraph('<w:r><w:br w:type="page"/></w:r>')

    def placed(self, inner: str, place: str) -> str:
        """What a link can lead to."""
        number = self.places.get(place)
        if number is None:
            return inner
        mark = f'<w:bookmarkStart w:id="{number}" w:name="kop{number}"/>'
        return f'{mark}{inner}<w:bookmarkEnd w:id="{number}"/>'

    def figure(self, figure: Figure) -> Iterator[str]:
        """A drawing as a picture: Word does not read SVG everywhere."""
        import vl_convert  # dear to import, and few papers need it

        png = vl_convert.svg_to_png(figure.svg, scale=SHARPNESS)
        width = Cm(pages.ACROSS * spread(figure.svg))
        inline = self.document.part.new_pic_inline(io.BytesIO(png), width, None)
        inline.docPr.set("descr", figure.alt)
        drawing = f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"
        kept = "<w:keepNext/>" if figure.caption else ""
        yield paragraph(drawing, "", kept)
        if figure.caption:
            yield paragraph(words(figure.caption), "Caption")

    def table(self, table: Table) -> Iterator[str]:
        """A table; on a page on its side where it is wide."""
        sideways = wide(table)
        if sideways and not self.aside:
            yield pages.turned(self.document, upright=True)
        if table.caption:
            yield paragraph(words(table.caption), "Caption", "<w:keepNext/>")
        yield "".join(self.rows(table))
        # Between two tables, and at the end, Word wants a paragraph.
        yield pages.turned(self.document, upright=False) if sideways else paragraph("", "Gap")
        self.aside = sideways

    def rows(self, table: Table) -> Iterator[str]:
        """The table itself."""
        across = pages.ASIDE if wide(table) else pages.ACROSS
        widths = [round(share * across * 567) for share in shares(table)]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        about = f'<w:tblCaption w:val="{escape(table.caption)}"/>' if table.caption else ""
        look = '<w:tblLook w:val="00A0" w:firstRow="1" w:firstColumn="1"/>'
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Paper"/><w:tblW w:w="{PARTS}" w:type="pct"/>'
            f'<w:tblLayout w:type="fixed"/>{look}{about}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        )
        yield "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        heads = zip(widths, map(words, table.columns), strict=True)
        yield from (self.cell(table, n, *head) for n, head in enumerate(heads))
        yield "</w:tr>"
        for row in table.rows:
            cells = zip(widths, map(self.runs, row), strict=True)
            made = "".join(self.cell(table, n, *cell) for n, cell in enumerate(cells))
            # A row stays whole, but for one that no page could hold.
            whole = sum(len(plain(cell)) for cell in row) < LONGEST_ROW
            yield f"<w:tr>{KEPT if whole else ''}{made}</w:tr>"
        yield "</w:tbl>"

    @staticmethod
    def cell(table: Table, column: int, width: int, inner: str) -> str:
        """One cell."""
        side = '<w:jc w:val="right"/>' if column in table.numeric else ""
        size = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        return f"<w:tc>{size}{paragraph(inner, 'Cell', side)}</w:tc>"

    def runs(self, content: Content) -> str:
        """A content."""
        return "".join(map(self.run, runs(content)))

    def run(self, run: Run) -> str:
        """One run."""
        if isinstance(run, Note):
            return self.reference(run)
        if isinstance(run, Link):
            return led(run, self.target(run.url))
        return said(run)

    def target(self, url: str) -> str:
        """Where a link leads, as an attribute."""
        if url in self.places:
            return f'w:anchor="kop{self.places[url]}"'
        if url not in self.addresses:
            self.addresses[url] = self.document.part.relate_to(url, RT.HYPERLINK, is_external=True)
        return f'r:id="{self.addresses[url]}"'

    def reference(self, note: Note) -> str:
        """A footnote where it is first referred to, and after that its number."""
        number = self.notes.get(note)
        if number is None:
            return ""
        style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        if number in self.referred:
            shown = f"<w:r>{style}<w:t>{number}</w:t></w:r>"
            return f'<w:fldSimple w:instr=" NOTEREF noot{number} \\f \\h ">{shown}</w:fldSimple>'
        self.referred.add(number)
        id_ = len(self.places) + number
        mark = f'<w:bookmarkStart w:id="{id_}" w:name="noot{number}"/>'
        made = f'<w:r>{style}<w:footnoteReference w:id="{number}"/></w:r>'
        return f'{mark}{made}<w:bookmarkEnd w:id="{id_}"/>'
