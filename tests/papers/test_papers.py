"""One paper in three formats: each is readable by everybody, and holds whatever was typed."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from docx import Document
from docx.oxml import parse_xml
from html5lib.treebuilders import getTreeBuilder

from registry import papers
from registry.papers import Paper
from tests.papers import paper as made

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
writers = pytest.mark.parametrize("name", papers.FORMATS)


def word(paper: Paper) -> Any:
    return Document(io.BytesIO(papers.docx(paper)))


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return parse_xml(package.read(name))


def page(paper: Paper) -> str:
    text = papers.html(paper).decode()
    builder = getTreeBuilder("etree")
    html5lib.HTMLParser(tree=builder, strict=True).parse(text)
    return text


@writers
def test_a_paper_is_the_same_bytes_each_time(name: str) -> None:
    write = papers.FORMATS[name].write
    assert write(made.whole()) == write(made.whole())
    assert write(made.whole()) != write(made.whole("Een andere titel"))


@writers
def test_whatever_is_typed_can_be_written(name: str) -> None:
    assert papers.FORMATS[name].write(made.hostile())


@pytest.mark.parametrize("mark", [b"/Marked true", b"/StructTreeRoot", b"(nl-NL)", b"/Outlines"])
def test_a_pdf_is_tagged_and_tells_its_language(mark: bytes) -> None:
    assert mark in papers.pdf(made.whole())


def test_a_pdf_says_by_which_standards_it_can_be_read_and_kept() -> None:
    data = papers.pdf(made.whole())
    assert b"pdfuaid:part" in data
    assert b"pdfaid:part" in data
    assert b"Bijlage bij de brief" in data


def test_headings_in_word_are_headings_and_skip_no_level() -> None:
    styles = [p.style.name for p in word(made.whole()).paragraphs]
    assert styles[:2] == ["Title", "Subtitle"]
    assert [name for name in styles if name.startswith("Heading")] == ["Heading 1", "Heading 2"]


def test_a_table_in_word_repeats_its_header() -> None:
    table = word(made.whole()).tables[0]._tbl
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table][2:] == [
        True,
        False,
        False,
    ]


def test_a_note_in_word_is_a_footnote_once() -> None:
    data = papers.docx(made.whole())
    notes = part(data, "word/footnotes.xml")
    told = ["".join(t.text or "" for t in note.iter(f"{W}t")).strip() for note in notes]
    assert told == ["", "", "Kamerstuk 25 883, nr. 405, p. 3.", "Een andere noot."]
    body = part(data, "word/document.xml")
    assert [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")] == ["1", "2"]
    assert [one.get(f"{W}instr") for one in body.iter(f"{W}fldSimple")] == [
        " NOTEREF noot1 \\f \\h "
    ]


def test_a_document_of_word_tells_its_title_language_and_pictures() -> None:
    document = word(made.whole())
    assert document.core_properties.title == "Bijlage bij de brief"
    assert document.core_properties.created.year == made.MOMENT.year
    assert [one.get(f"{W}val") for one in document.styles.element.iter(f"{W}lang")] == ["nl-NL"]
    assert [one._inline.docPr.get("descr") for one in document.inline_shapes] == ["Eén balk."]


def test_a_page_says_everything_with_the_elements_for_it() -> None:
    text = page(made.whole())
    for said in (
        '<html lang="nl-NL">',
        '<h2 id="toezeggingen">Toezeggingen</h2>',
        '<h3 id="figuren">Figuren</h3>',
        "<caption>Stand</caption>",
        '<th scope="col" class="number">Aantal</th>',
        '<th scope="row">Brief</th>',
        '<td class="number">1</td>',
        "<figcaption>Aantallen</figcaption>",
        'alt="Eén balk."',
        '<span lang="en">English words.</span><br>en daarna',
    ):
        assert said in text
    assert "<script" not in text


def test_notes_on_a_page_lead_there_and_back() -> None:
    text = page(made.whole())
    ids = re.findall(r'id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)
    assert re.findall(r'href="#(verwijzing-1-\d)"', text) == ["verwijzing-1-1", "verwijzing-1-2"]


@pytest.mark.parametrize("read", [page, lambda paper: str(word(paper).element.xml)])
def test_words_stay_words_and_links_only_lead(read: Callable[[Paper], str]) -> None:
    text = read(made.whole())
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in text
    assert "javascript:" not in text
    assert "nergens" in text
    assert "#nergens" not in text


def test_a_long_table_is_a_document_of_many_pages() -> None:
    data = papers.pdf(made.long(rows=300))
    assert data.count(b"/Type/Page/") + data.count(b"/Type /Page\n") >= 5
