"""A paper as a Word document: python-docx holds the package, styles and pictures."""

import io
import zipfile
from datetime import UTC

from docx import Document
from docx.document import Document as Opened
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml

from ..settling import settled
from ..shape import Paper
from . import footnotes, pages, styles
from .body import Body
from .xml import LOCALES, NAMESPACES

EARLIEST = (1980, 1, 1, 0, 0, 0)


def written(paper: Paper) -> bytes:
    """The paper as DOCX: the same bytes each time."""
    paper = settled(paper)
    document = Document()
    styles.set_up(document, paper.lang)
    _describe(document, paper)
    body = Body(document, paper)
    made = parse_xml(f"<w:body {NAMESPACES}>{''.join(body.whole())}</w:body>")
    section = document.element.body.sectPr
    for element in list(made):
        section.addprevious(element)
    pages.set_up(document, paper)
    footnotes.add(document, body.notes)
    return _fixed(document)


def _describe(document: Opened, paper: Paper) -> None:
    told, moment = document.core_properties, paper.moment.astimezone(UTC).replace(tzinfo=None)
    told.title, told.language = paper.title[:255], LOCALES[paper.lang]
    told.subject, told.comments = paper.subtitle[:255], ""
    told.author = told.last_modified_by = ""
    told.created = told.modified = moment
    told.revision = 1
    # The picture of the library's own empty document.
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype == RT.THUMBNAIL]:
        del relations[key]


def _fixed(document: Opened) -> bytes:
    """The package without the moment at which it was packed."""
    packed, made = io.BytesIO(), io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return made.getvalue()
