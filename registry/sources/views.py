"""The screens of documents, events, offices and persons."""

from typing import Any

from ..access import visible_to
from ..db import session
from ..record import Record
from ..screens import screens
from ..screens.panels import Pointing
from ..screens.paths import label
from ..web import Item, View, actor, cells, lang, panel, sums_up, t, titled
from ..web.links import anchor, kind_of, of_reference
from ..words import Words
from . import queries
from .schemas import DOCUMENT, EVENT, OFFICE, PERSON, DocumentRelationSchema

MOST = 8


def facts() -> list[str]:
    """How many of the documents have a number of the House."""
    kamerstukken, others = queries.counts()
    if not kamerstukken:
        return []
    return [
        t(
            f"{kamerstukken} Kamerstukken en {others} andere documenten",
            f"{kamerstukken} Kamerstukken (papers of the House) and {others} other documents",
        )
    ]


def passages(item: Item) -> View:
    """The passages of a document in reading order, each with the facts that it supports."""
    rows = sorted(item["passages"], key=lambda row: _first_line(row.get("lines")))
    named = {s["reference"] for row in rows for s in row["supports"]}
    english = queries.english_titles(named) if lang() == "en" else {}
    parts = [
        _part(section, [_passage(row, english) for row in of_part], open_=len(rows) <= UNFOLDED)
        for section, of_part in _by_section(rows)
    ]
    return {"parts": parts, "passages_count": len(rows), "folded": len(rows) > UNFOLDED}


def _by_section(rows: list[Item]) -> list[tuple[str, list[Item]]]:
    """The passages by section; a footnote in the midst of a section belongs to that section."""
    last = {row["section"]: at for at, row in enumerate(rows)}
    parts: list[tuple[str, list[Item]]] = []
    end = -1
    for at, row in enumerate(rows):
        if at > end:
            end = last[row["section"]]
            parts.append((row["section"] or "", []))
        parts[-1][1].append(row)
    return parts


def _part(section: str, found: list[View], *, open_: bool) -> View:
    """The passages of one section of a document, folded away where there are many."""
    count = len(found)
    told = "1 passage" if count == 1 else f"{count} passages"
    return {"title": section, "told": told, "open": open_, "passages": found}


def _first_line(lines: str | None) -> int:
    first = (lines or "").partition("-")[0].strip()
    return int(first) if first.isdigit() else 10**6


UNFOLDED = 40  # passages of a document that lie open all together
SHOWN = 3  # records beside a passage before the others fold away


def _passage(row: Item, english: dict[str, str]) -> View:
    supports = _supports(row["supports"], english)
    return {
        "id": anchor(row["quote"]),
        "section": row["section"],
        "lines": row["lines"],
        "quote": row["quote"],
        "supports": supports[:SHOWN],
        "more": supports[SHOWN:],
    }


def _supports(citations: list[Item], english: dict[str, str]) -> list[View]:
    """The records that a passage supports, each once with all of its fields."""
    fields: dict[str, dict[str, None]] = {}
    titles: dict[str, str] = {}
    for citation in citations:
        reference = citation["reference"]
        titles[reference] = english.get(reference) or citation["title"]
        said = label(kind_of(reference).dictionary, citation["field"])
        fields.setdefault(reference, {})[said] = None
    return [
        {
            "url": of_reference(reference),
            "reference": reference,
            "title": titles[reference],
            "field_label": ", ".join(said),
        }
        for reference, said in fields.items()
    ]


class Citing:
    """The box with the records whose facts come from this document, the most cited first."""

    on = DOCUMENT

    def view(self, record_id: int, reference: str) -> View | None:
        """By one query; None for a document that nothing cites."""
        query = queries.citing(record_id).where(visible_to(actor())).limit(MOST)
        rows = session().execute(query).all()
        if not rows:
            return None
        return {
            "title": t("Bron voor", "Source for"),
            "count": rows[0].records,
            "all_url": None,
            "rows": [self._row(row.Record, row.facts) for row in rows],
            "empty": None,
        }

    def _row(self, record: Record, facts: int) -> View:
        return {
            "url": of_reference(record.reference),
            "title": titled(record),
            "meta": t(f"{facts} keer aangehaald", f"cited {facts} times")
            if facts > 1
            else t("1 keer aangehaald", "cited once"),
            "badges": [],
        }


def _relation(row: Any) -> dict[str, Any]:
    """A relation in one cell: how, and to what."""
    schema = DocumentRelationSchema()
    how = cells.plain(cells.described(schema, row, "relation"))
    told = f"{how} {row['footnote']}" if row.get("footnote") else how
    other = cells.plain(cells.described(schema, row, "document"))
    return cells.text(" ".join(filter(None, (told, other))))


def coming(item: Item) -> list[View]:
    """That a document is still to be sent: it has no number and no date yet."""
    if not item.get("planned"):
        return []
    text = t(
        "Komend stuk: dit is nog niet verstuurd en heeft nog geen nummer en geen datum.",
        "Coming document: it has not been sent yet, and has no number and no date.",
    )
    return [{"tone": "info", "text": text}]


sums_up(DocumentRelationSchema, _relation)
screens(
    DOCUMENT,
    menu=Words("Documenten", "Documents"),
    template="document.html",
    more=passages,
    facts=facts,
    notices=[coming],
)
screens(EVENT, menu=Words("Gebeurtenissen", "Events"), covers=("persons", "offices"))
screens(OFFICE)
screens(PERSON)

panel(Citing())
panel(
    Pointing(
        DOCUMENT,
        DOCUMENT,
        Words("Genoemd in", "Named in"),
        ["relations.document"],
        shows=["relations"],
    )
)
panel(
    Pointing(DOCUMENT, EVENT, Words("Gebeurtenissen", "Events"), ["document"], "document", ["when"])
)
panel(Pointing(OFFICE, PERSON, Words("Personen", "Persons"), ["office"], "office", ["role"]))
