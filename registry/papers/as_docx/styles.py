"""The look of a Word document: calm, and by styles, so that it can be changed in one place."""

from typing import Any, NamedTuple

from docx.document import Document as Opened
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.shared import Cm, Pt, RGBColor

from ..shape import Lang
from .xml import LOCALES, NAMESPACES

FONT = "Calibri"
INK, BLUE, MUTED = (
    RGBColor(0x17, 0x21, 0x2E),
    RGBColor(0x15, 0x42, 0x73),
    RGBColor(0x4C, 0x59, 0x67),
)


class Look(NamedTuple):
    """A style of paragraphs: its name, its letters, and the space before and after."""

    name: str
    size: float
    colour: RGBColor = INK
    bold: bool = False
    before: float = 0
    after: float = 7


PARAGRAPHS = (
    Look("Normal", 10.5),
    Look("Title", 23, BLUE, bold=True, after=4),
    Look("Subtitle", 13, MUTED, after=12),
    Look("Heading 1", 16, BLUE, bold=True, before=22, after=6),
    Look("Heading 2", 13, BLUE, bold=True, before=16, after=5),
    Look("Heading 3", 11, BLUE, bold=True, before=12, after=4),
    Look("List Bullet", 10.5, after=3),
    Look("Quote", 10.5, before=4, after=8),
    Look("Caption", 9.5, bold=True, before=10, after=4),
    Look("Header", 8.5, MUTED, after=0),
    Look("Footer", 8.5, MUTED, after=0),
    Look("Fact", 10.5, after=3),
    Look("Cell", 9, before=2, after=2),
    Look("Gap", 6, after=6),
    Look("footnote text", 9, after=2),
)
KEPT = {"Default Paragraph Font", "Normal Table", "Table Normal", "No List"}
CHARACTERS = {
    "Hyperlink": f'<w:color w:val="{BLUE}"/><w:u w:val="single"/>',
    "FootnoteReference": '<w:vertAlign w:val="superscript"/>',
}
EDGE = 'w:val="single" w:sz="4" w:space="0"'
TABLE = f"""<w:style {NAMESPACES} w:type="table" w:customStyle="1" w:styleId="Paper">
<w:name w:val="Paper"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
<w:tblPr><w:tblBorders><w:bottom {EDGE} w:color="C3CDD8"/><w:insideH {EDGE} w:color="C3CDD8"/>
</w:tblBorders><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>
</w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom {EDGE} w:color="4C5967"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>
</w:tcPr></w:tblStylePr></w:style>"""


def set_up(document: Opened, lang: Lang) -> None:
    """Only the styles of a paper, and its language."""
    _drop_others(document)
    for look in PARAGRAPHS:
        _paragraph(document, look)
    styles = document.styles
    for name, drawn in CHARACTERS.items():
        xml = f'<w:style {NAMESPACES} w:type="character" w:styleId="{name}">'
        named = "footnote reference" if name == "FootnoteReference" else name
        about = f'<w:name w:val="{named}"/><w:basedOn w:val="DefaultParagraphFont"/>'
        styles.element.append(parse_xml(f"{xml}{about}<w:rPr>{drawn}</w:rPr></w:style>"))
    styles.element.append(parse_xml(TABLE))
    for element in styles.element.findall(".//{*}lang"):
        element.getparent().remove(element)
    spoken = parse_xml(
        f'<w:lang {NAMESPACES} w:val="{LOCALES[lang]}" w:eastAsia="{LOCALES[lang]}"/>'
    )
    styles.element.find("{*}docDefaults/{*}rPrDefault/{*}rPr").append(spoken)
    _indents(document)
    stop = document.settings.element.find("{*}defaultTabStop")
    if stop is not None:
        stop.addnext(parse_xml(f"<w:autoHyphenation {NAMESPACES}/>"))


def _drop_others(document: Opened) -> None:
    wanted = {look.name for look in PARAGRAPHS} | KEPT
    for style in list(document.styles):
        if style.name not in wanted:
            style.delete()


def _paragraph(document: Opened, look: Look) -> None:
    styles = document.styles
    if look.name not in styles:
        styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style: Any = styles[look.name]
    element = style.element
    for old in [*element.findall("{*}rPr"), *element.findall("{*}pPr")]:
        numbering = old.find("{*}numPr")
        element.remove(old)
        if numbering is not None:
            style.paragraph_format.element.get_or_add_pPr().append(numbering)
    style.base_style = styles["Normal"] if look.name != "Normal" else None
    style.quick_style = True
    font, spacing = style.font, style.paragraph_format
    font.name, font.size, font.bold = FONT, Pt(look.size), look.bold or None
    font.color.rgb = look.colour
    spacing.space_before, spacing.space_after = Pt(look.before), Pt(look.after)
    spacing.line_spacing_rule = WD_LINE_SPACING.SINGLE
    spacing.keep_with_next = look.name.startswith("Heading") or None
    if look.name.startswith("Heading"):
        level = int(look.name[-1]) - 1
        outline = parse_xml(f'<w:outlineLvl {NAMESPACES} w:val="{level}"/>')
        element.get_or_add_pPr().append(outline)


def _indents(document: Opened) -> None:
    styles: Any = document.styles
    fact, quote = styles["Fact"].paragraph_format, styles["Quote"].paragraph_format
    fact.left_indent, fact.first_line_indent = Cm(4), Cm(-4)
    fact.tab_stops.add_tab_stop(Cm(4))
    quote.left_indent, quote.right_indent = Cm(0.8), Cm(0.8)
