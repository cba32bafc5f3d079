"""The pages of a Word document: their size, the running title and their numbers."""

from docx.document import Document as Opened
from docx.oxml import parse_xml
from docx.shared import Cm

from .. import wording
from ..shape import Paper
from .xml import NAMESPACES, field, paragraph, words

ACROSS, ASIDE = 16.4, 25.1  # centimetres between the margins: upright, and on its side
PAGE = (21.0, 29.7)
MARGIN, HEIGHT = 2.3, 2.5
TWIPS = 567
LONGEST_RUNNING = 110
MARKED = '<w:b/><w:color w:val="8F1D1D"/>'


def set_up(document: Opened, paper: Paper) -> None:
    """The last section, whose head and foot all others share; the first page has no head."""
    section = document.sections[-1]
    section.page_width, section.page_height = Cm(PAGE[0]), Cm(PAGE[1])
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(HEIGHT)
    first = document.sections[0]
    first.different_first_page_header_footer = True
    running = paper.title
    if len(running) > LONGEST_RUNNING:
        running = f"{running[:LONGEST_RUNNING]}…"
    first.header.is_linked_to_previous = first.footer.is_linked_to_previous = False
    mark = words(f"{paper.mark}\n", None, MARKED) if paper.mark else ""
    _fill(first.header, paragraph(mark + words(running), "Header"))
    numbered = paragraph(_number(paper), "Footer", '<w:jc w:val="right"/>')
    _fill(first.footer, numbered)
    _fill(first.first_page_footer, numbered)
    _fill(first.first_page_header, paragraph(mark, "Header"))


def turned(document: Opened, *, upright: bool) -> str:
    """The end of a section: what stands before it is upright, or on its side."""
    short, long = (round(side * TWIPS) for side in PAGE)
    size = f'w:w="{short}" w:h="{long}"'
    if not upright:
        size = f'w:w="{long}" w:h="{short}" w:orient="landscape"'
    side, top = round(MARGIN * TWIPS), round(HEIGHT * TWIPS)
    margins = f'w:top="{top}" w:right="{side}" w:bottom="{top}" w:left="{side}"'
    rest = 'w:header="708" w:footer="708" w:gutter="0"'
    section = f"<w:sectPr><w:pgSz {size}/><w:pgMar {margins} {rest}/></w:sectPr>"
    return paragraph("", "Gap", section)


def _fill(part: object, xml: str) -> None:
    element = part._element  # type: ignore[attr-defined]
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(xml.replace("<w:p>", f"<w:p {NAMESPACES}>", 1)))


def _number(paper: Paper) -> str:
    page, of = (f"{word.in_(paper.lang)} " for word in (wording.PAGE, wording.OF))
    return words(page) + field(" PAGE ", "1") + words(f" {of}") + field(" NUMPAGES ", "1")
