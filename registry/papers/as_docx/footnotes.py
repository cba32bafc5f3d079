"""Footnotes of a Word document: a part of their own, which python-docx does not write itself."""

from collections.abc import Mapping

from docx.document import Document as Opened
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml

from ..shape import Link, Note, Run, runs
from .xml import NAMESPACES, led, paragraph, said, words

# The lines between text and notes, which every document with notes has by these numbers.
LINES = {-1: "separator", 0: "continuationSeparator"}
MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'


def add(document: Opened, notes: Mapping[Note, int]) -> None:
    """The words of all notes, where there are any."""
    if not notes:
        return
    lines = "".join(_line(id_, kind) for id_, kind in LINES.items())
    package = document.part.package
    part = XmlPart(
        PackURI("/word/footnotes.xml"),
        CT.WML_FOOTNOTES,
        parse_xml(f"<w:footnotes {NAMESPACES}>{lines}</w:footnotes>"),
        package,
    )
    for note, number in notes.items():
        inner = MARK + words(" ") + "".join(_said(part, run) for run in runs(note.content))
        told = paragraph(inner, "FootnoteText")
        xml = f'<w:footnote {NAMESPACES} w:id="{number}">{told}</w:footnote>'
        part.element.append(parse_xml(xml))
    document.part.relate_to(part, RT.FOOTNOTES)
    kept = "".join(f'<w:footnote w:id="{id_}"/>' for id_ in LINES)
    settings = document.settings.element
    anchor = settings.find("{*}compat")
    made = parse_xml(f"<w:footnotePr {NAMESPACES}>{kept}</w:footnotePr>")
    if anchor is None:
        settings.append(made)
    else:
        anchor.addprevious(made)


def _line(id_: int, kind: str) -> str:
    drawn = paragraph(f"<w:r><w:{kind}/></w:r>")
    return f'<w:footnote w:type="{kind}" w:id="{id_}">{drawn}</w:footnote>'


def _said(part: XmlPart, run: Run) -> str:
    if not isinstance(run, Link):
        return "" if isinstance(run, Note) else said(run)
    if run.url.startswith("#"):
        return words(run.text, run.lang)
    return led(run, f'r:id="{part.relate_to(run.url, RT.HYPERLINK, is_external=True)}"')
