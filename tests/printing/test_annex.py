"""An annex on paper: each line in policy words, with its footnotes, and no more than is known."""

import copy
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from docx import Document
from flask import Flask
from sqlalchemy.orm import Session

from registry import editing, papers
from registry.access import ANYBODY, Actor
from registry.annexes import commands, comparing, composing
from registry.annexes.looking import Content
from registry.commitments.schemas import COMMITMENT
from registry.papers import Details, Heading, Listing, Note, Paper, Table, Text
from registry.papers.shape import runs, words
from registry.printing.paper import paper
from registry.reports import queries
from registry.reports.models import Annex, AnnexSection
from tests import databases
from tests.factories import Make
from tests.papers import paper as typed

Actors = dict[str, Actor]
pytestmark = [databases.on_sqlite, pytest.mark.usefixtures("session")]
PLAN, RATIFIED, LATER = "Het streven is", "IAO-Verdrag 190", "later stadium"
OPEN, RUNNING = "Openstaand", "Openstaand; periode loopt"
SOON, MISSED = "Openstaand; nog niet aangebroken", "Openstaand; niet gehaald in de genoemde periode"
STANDS: Mapping[str, tuple[str, str, str]] = {
    "2020-12-31": (SOON, SOON, OPEN),
    "2021-02-15": (SOON, RUNNING, OPEN),
    "2021-06-15": (RUNNING, RUNNING, OPEN),
    "2021-08-15": (MISSED, MISSED, OPEN),
    "2022-01-01": (MISSED, MISSED, OPEN),
}
"""How the aim, the expectation and what has no term stand on five days: read off the letters."""


def of_day(who: Actor, day: str, *only: str) -> Content:
    rows = [AnnexSection(key=name, section=name, omitted=False) for name in only]
    annex = Annex(title="Bijlage", title_en="Annex", as_of=date.fromisoformat(day), sections=rows)
    return composing.content(annex, who)


def lines(made: Paper) -> dict[str, dict[str, str]]:
    """The facts below each heading."""
    pairs = zip(made.blocks, made.blocks[1:], strict=False)
    return {
        above.text: {label: words(value) for label, value in below.items}
        for above, below in pairs
        if isinstance(above, Heading) and isinstance(below, Details)
    }


def said(value: Any) -> Iterator[str]:
    """All words of a paper, notes included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Paper | Heading | Text | Listing | Details | Table | Note):
        yield from said([*vars(value).values()])
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in said(one))
    elif hasattr(value, "text"):
        yield value.text


@pytest.mark.parametrize("day", STANDS)
def test_a_line_stands_as_it_should_on_the_day(letters: Flask, actors: Actors, day: str) -> None:
    told = lines(paper(of_day(actors["member"], day, "commitments"), "nl"))
    assert len(told) == 31
    aim, expected, later = (
        next(facts for title, facts in told.items() if word in title)
        for word in (PLAN, RATIFIED, LATER)
    )
    assert (aim["Stand"], expected["Stand"], later["Stand"]) == STANDS[day]
    assert aim["Termijn"] == "medio 2021 (gelezen als 1 juni t/m 31 juli 2021, leesafspraak)"
    assert (aim["Soort"], later["Termijn"]) == ("Streven (COM-0016)", "in een later stadium")
    promised = [facts for facts in told.values() if facts["Soort"].startswith("Toezegging")]
    assert len(promised) == 5
    assert aim.get("Sinds vorige brief") == ("ongewijzigd" if day > "2021-01-11" else None)


def test_a_line_rests_on_footnotes_and_keeps_the_word_for_what_was_said(
    letters: Flask, actors: Actors
) -> None:
    made = paper(of_day(actors["member"], "2021-06-15", "commitments"), "nl")
    told = lines(made)
    manifest = next(facts for title, facts in told.items() if "te reageren op het" in title)
    assert (
        manifest["Vindplaats"]
        .rstrip()
        .endswith("11 november 2020 (25\u00a0883,\u00a0nr.\u00a0400)")
    )
    assert manifest["Afgedaan met"].endswith("(december 2020). Woord van de brief: «afgedaan».")
    outcomes = {facts["Soort"].split(" (")[0]: facts.get("Uitkomst") for facts in told.values()
                if "zoals" in facts.get("Uitkomst", "")}  # fmt: skip
    assert outcomes["Aankondiging"] == "zoals aangekondigd"
    assert outcomes["Motie"] == "zoals in de motie is gevraagd"
    assert outcomes["Toezegging"].startswith("zoals toegezegd")  # type: ignore[union-attr]
    facts = (fact for block in made.blocks if isinstance(block, Details) for fact in block.items)
    notes = ["".join(said(r)) for _, value in facts for r in runs(value) if isinstance(r, Note)]
    quoted = next(note for note in notes if "op dit manifest te reageren" in note)
    assert quoted.startswith("Kamerstuk\u00a025\u00a0883,\u00a0nr.\u00a0405, regels 242–243: “")
    assert len(set(notes)) < len(notes)  # what many lines rest on is told once
    parts = [note.rstrip(".").split("; ") for note in notes]
    assert [part for part in parts if len(set(part)) < len(part)] == []  # whatever the reasons


def test_the_whole_is_a_draft_on_every_page_until_it_is_frozen(
    letters: Flask, actors: Actors
) -> None:
    content = of_day(actors["member"], "2021-06-15")
    made = paper(content, "en")
    whole = "\n".join(said(made))
    assert made.mark == "DRAFT – not frozen"
    for words_ in ("As of 15 June 2021", "Running: ", "Caveat: ", "Not agreed yet",
                   commands.fingerprint(content), "read as 1 June to 31 July 2021"):  # fmt: skip
        assert words_ in whole
    data = papers.pdf(made)
    for mark in (b"/Marked true", b"pdfuaid:part", b"pdfaid:part", b"(en-GB)"):
        assert mark in data
    word = Document(io.BytesIO(papers.docx(made)))
    heads = [p.style.name for p in word.paragraphs if p.style]
    assert (heads.count("Heading 3"), word.sections[0].first_page_header.paragraphs[0].text) == (
        31,
        "DRAFT – not frozen\n",
    )
    assert all("w:tblHeader" in table._tbl.xml for table in word.tables)
    html = papers.html(made).decode()
    assert (html.count('class="mark"'), html.count("<h4")) == (1, 31)


def test_who_is_not_of_the_core_group_reads_no_judgement_and_what_is_left_out(
    make: Make, actors: Actors
) -> None:
    make("commitment", text="Een overleg", due="in 2020")
    make("commitment", text="Iets intern", audience="core_group")
    inside = "\n".join(said(paper(of_day(actors["member"], "2021-06-15", "commitments"), "nl")))
    outside = "\n".join(said(paper(of_day(ANYBODY, "2021-06-15", "commitments"), "nl")))
    assert "termijn verstreken" in inside
    assert "Iets intern" in inside
    for hidden in ("termijn verstreken", "Iets intern", "akkoord"):
        assert hidden not in outside
    assert "Weggelaten: 1 gegeven die" in outside


@pytest.mark.parametrize("name", ["docx", "html"])  # of a PDF the tests of papers hold this
def test_whatever_was_typed_is_only_text(make: Make, actors: Actors, name: str) -> None:
    make("commitment", text="Overleg <script>alert(1)</script> #pagebreak() $x$")
    content = composing.content(Annex(title="Bijlage", as_of=date(2021, 6, 15)), actors["member"])
    strange = typed.STRANGE.replace("\ud800", "")  # no database takes half a letter
    content["commitments"][0]["title"] += strange
    content["commitments"][0]["standing"] = {
        **dict.fromkeys(("day", "organisation", "key")), "origin": "edited",
        "text": "x" * 5000 + strange,
    }  # fmt: skip
    data = papers.FORMATS[name].write(paper(content, "nl"))
    assert b"<script" not in data


def test_what_was_frozen_is_the_same_bytes_when_the_data_changed(
    session: Session, make: Make, actors: Actors
) -> None:
    promise = make("commitment", text="Een overleg", due="in 2021")
    letter = make("document", officialDate="2021-01-11")
    made = make("annex", previousLetter=letter.reference)
    annex = queries.annex(actors["secretariat"], made.reference)
    frozen = commands.freeze(actors["secretariat"], annex, {"unagreed": True})
    content = comparing.of(annex, actors["member"])
    before = papers.pdf(paper(content, "nl"))
    assert frozen.sha256 in "\n".join(said(paper(content, "nl")))
    assert paper(content, "nl").mark == ""
    assert "nr. 2021-1 op" in "\n".join(said(paper(content, "nl")))
    promise = editing.one(COMMITMENT, actors["secretariat"], promise.reference)
    editing.revise(actors["secretariat"], COMMITMENT, promise, {"text": "Iets heel anders"})
    session.expire_all()
    assert papers.pdf(paper(comparing.of(annex, actors["member"]), "nl")) == before


def test_a_thousand_lines_ask_no_more_of_the_database(
    letters: Flask,
    actors: Actors,
    session: Session,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    content = of_day(actors["member"], "2021-06-15", "commitments")
    many = copy.copy(content)
    many["commitments"] = [
        {**line, "reference": f"COM-{n}"}
        for n, line in enumerate((content["commitments"] * 33)[:1000])
    ]
    session.info.clear()
    with count_queries() as asked:
        made = paper(many, "nl")
    assert sum(isinstance(block, Details) for block in made.blocks) == 1000
    assert len(asked) <= 2
