"""The chain of a commitment in time, and of a letter what it settled, promised and reported."""

from datetime import date
from typing import Any

from flask import render_template, url_for
from flask_babel import format_date

from .. import vocabulary
from ..commitments.schemas import COMMITMENT
from ..kind import Kind
from ..screens.evidence import basis
from ..sources.schemas import DOCUMENT
from ..web import Item, View, blueprint, cells, lang, panel, say, t
from ..web.links import home, kind_of, of_api, of_list, of_passage, of_record, of_reference
from ..web.periods import period
from ..words import Words
from . import queries, steps

CHAIN = Words("Afdoeningsketen", "Chain of discharge")
LETTER = Words("Wat dit stuk afdeed, toezegde en meldde", "What it settled, promised and reported")
NO_JUDGEMENT = Words("nog geen oordeel vastgelegd", "no judgement registered yet")
TRACKS = (
    ("ministry", Words("Volgens het ministerie", "According to the ministry")),
    ("chamber", Words("Volgens de Kamer", "According to the House")),
)
STAGES = {
    "preceded_by": Words("Hieraan vooraf ging", "Before it"),
    "made_in": Words("Gedaan in", "Made in"),
    "said": Words("Wat er is gezegd", "What was said"),
    "carried_out": Words("Waar het over gaat", "What it is about"),
    "result": Words("Resultaat", "Result"),
    "moved": Words("Termijn verplaatst", "Term moved"),
    "settled_by": Words("Afgedaan met", "Settled by"),
    "followed_by": Words("Wat erop volgt", "What follows"),
}
UNFOLDED = 20  # records that lie open on the page of a letter
JUDGED = {"ministry": "ministry-judgement", "chamber": "chamber-judgement"}


@blueprint(COMMITMENT).get("/<reference>/chain")
def chain(reference: str) -> str:
    """The chain of one commitment."""
    found = steps.of_commitment(reference)
    title = COMMITMENT.title(found["commitment"], lang())
    unsettled = not any(step["step"] == "settled_by" for step in found["steps"])
    page = {
        **_head(COMMITMENT, reference, say(CHAIN), title),
        "tracks": _tracks(found),
        "steps": [_step(step) for step in found["steps"]],
        "open": t(
            "Er is nog geen brief vastgelegd die dit afdoet.",
            "No letter that settles this has been registered yet.",
        )
        if unsettled
        else None,
    }
    return render_template("chain.html", page=page)


@blueprint(DOCUMENT).get("/<reference>/chain")
def hub(reference: str) -> str:
    """What one document settled, promised and reported."""
    found = steps.of_document(reference)
    paper = found["document"]
    title = DOCUMENT.title(paper, lang())
    number = paper["identification"]
    parts = (
        ("afgedaan", t("Afgedaan", "Settled"), found["settles"]),
        ("toegezegd", t("Toegezegd en aangekondigd", "Promised and announced"), found["promises"]),
        ("gemeld", t("Gemeld", "Reported"), found["reports"]),
    )
    page = {
        **_head(DOCUMENT, reference, say(LETTER), f"{title} ({number})" if number else title),
        "parts": [
            {
                "id": id_,
                "title": f"{words}: {len(rows)}",
                "rows": [_row(row) for row in rows],
                "folded": len(rows) > UNFOLDED,
            }
            for id_, words, rows in parts
        ],
        "none": t("Niets vastgelegd.", "Nothing registered."),
    }
    return render_template("chain.html", page=page)


def _head(kind: Kind, reference: str, heading: str, title: str) -> View:
    url = of_record(kind, reference)
    return {
        "title": heading,
        "intro": title,
        "note": t(
            "Of iets op tijd was, beoordeelt een mens; het register rekent dat niet uit.",
            "Whether something was in time is judged by a person, and never computed.",
        ),
        "breadcrumb": [
            {"label": t("Begin", "Home"), "url": home()},
            {"label": say(kind.plural), "url": of_list(kind)},
            {"label": reference, "url": url},
            {"label": heading, "url": None},
        ],
        "api_url": of_api(kind.collection, reference, "chain"),
    }


def _step(step: Item) -> View:
    return {
        "stage": _stage(step),
        "when": period(step["when"]) if step["when"] else None,
        "link": _link(step["record"]),
        "lines": [line for line in _lines(step) if line],
        "tracks": _tracks(step) if step["step"] == "settled_by" else [],
        "passages": [_passage(row) for row in step["passages"]],
    }


def _stage(step: Item) -> str:
    words = say(STAGES[step["step"]])
    if not step["relation"]:
        return words
    how = say(vocabulary.label("commitment-link", step["relation"]))
    return f"{words} ({how})"


def _lines(step: Item) -> list[str | None]:
    """What a step says beside its title: the term, what moved, why, the official day."""
    due = step.get("due")
    official = step.get("official")
    return [
        t("Termijn: ", "Term: ") + _words(due) if due else None,
        _move(step) if step["step"] == "moved" else None,
        step["text"],
        step["note"],
        _official(official) if official else None,
    ]


def _official(day: str) -> str:
    shown = format_date(date.fromisoformat(day), "long")
    return t(
        f"Officiële datum: {shown} (van buiten de brieven).",
        f"Official date: {shown} (from outside the letters).",
    )


def _move(step: Item) -> str:
    origin, to = (_words(step[name]) if step[name] else "–" for name in ("from", "to"))
    by = t(f" door {step['by']}", f" by {step['by']}") if step["by"] else ""
    return t(f"Van {origin} naar {to}{by}", f"From {origin} to {to}{by}")


def _words(value: Item) -> str:
    return str(value["text"] or cells.plain(period(value)))


def _link(record: Item | None) -> View | None:
    if record is None:
        return None
    reference = record["reference"]
    kind = kind_of(reference)
    label = kind.title(record, lang())
    number = record.get("identification")
    return {"url": of_reference(reference), "label": f"{label} ({number})" if number else label}


def _tracks(found: Item) -> list[View]:
    """Both judgements; what nobody judged says so."""
    return [
        {
            "label": say(words),
            "value": say(
                vocabulary.label(JUDGED[name], found[name]) if found[name] else NO_JUDGEMENT
            ),
            "judged": bool(found[name]),
        }
        for name, words in TRACKS
    ]


def _row(row: Item) -> View:
    return {
        "link": _link(row),
        "when": period(row["when"]) if row.get("when") else None,
        "lines": [row["note"]] if row.get("note") else [],
        "tracks": _tracks(row) if "ministry" in row else [],
        "passages": [_passage(one) for one in row["passages"]],
    }


def _passage(row: Item) -> View:
    paper: dict[str, Any] = row["document"] or {}
    reference = paper.get("reference")
    return {
        "quote": row["quote"],
        "section": row["section"],
        "lines": row["lines"],
        "basis": say(basis(row["basis"])),
        "document": paper.get("identification") or paper.get("title"),
        "url": of_passage(reference, row["quote"]) if reference else None,
    }


class ChainOf:
    """The way to the chain, in a box of its own."""

    on = COMMITMENT

    def view(self, record_id: int, reference: str) -> View | None:
        """No query: every commitment has a chain."""
        told = t(
            "Van debat of motie tot de brief die het afdoet.",
            "From debate or motion to the letter that settles it.",
        )
        return _box(CHAIN, url_for("commitments.chain", reference=reference), told)


class ChainsIn:
    """The same on the page of a document that commitments were made in or settled by."""

    on = DOCUMENT

    def view(self, record_id: int, reference: str) -> View | None:
        """By one query."""
        if not queries.any_of(record_id):
            return None
        url = url_for("documents.hub", reference=reference)
        return _box(CHAIN, url, None, title=say(LETTER))


def _box(words: Words, url: str, told: str | None, *, title: str | None = None) -> View:
    row = {"url": url, "title": title or say(words), "meta": told or "", "badges": []}
    return {"title": say(words), "count": None, "all_url": None, "rows": [row], "empty": None}


panel(ChainOf())
panel(ChainsIn())
