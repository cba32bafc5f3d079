"""What an annex says as a page shows it: its lines, and where each fact comes from."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import format_date, format_datetime

from .. import vocabulary
from ..annexes.looking import Content, Item
from ..annexes.reading import LINES
from ..commitments.schemas import COMMITMENT
from ..fields import Computed
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind, kind_named
from ..screens.evidence import basis
from ..web import View, cells, lang, links, say, t
from ..web.periods import period
from ..web.tones import tone

SHOWN: Mapping[Kind, tuple[str, ...]] = {
    COMMITMENT: (
        "made_at",
        "by",
        "to",
        "due",
        "initiative",
        "discharges",
        "outcome",
        "expected_in",
    ),
    INITIATIVE: ("participations", "period", "status_reason"),
}
BADGES: Mapping[Kind, tuple[str, ...]] = {
    COMMITMENT: ("status", "term_state"),
    INITIATIVE: ("status",),
}
ABOVE = {COMMITMENT: "strength", INITIATIVE: "kind"}
STATUSES = {COMMITMENT: "commitment-status", INITIATIVE: "initiative-status"}
AGREED = {"agreed": "success", "asked": "info", "remark": "warning", "not_asked": "neutral"}
Steps = Callable[[Item], list[View]]


def no_steps(_item: Item) -> list[View]:
    """Nothing that can be done with a line."""
    return []


def lines(content: Content, steps: Steps = no_steps) -> list[View]:
    """All lines of a content."""
    return [line(item, content, steps) for part in LINES for item in content[part]]


def line(item: Item, content: Content, steps: Steps = no_steps) -> View:
    """One line: what it is about, how it stands, what changed, who agreed."""
    kind = kind_named(item["kind"])
    return {
        "id": item["reference"],
        "kicker": _above(kind, item),
        "reference": item["reference"],
        "title": kind_title(item),
        "url": of_record(item["reference"], content.get("asOf")),
        "badges": _badges(kind, item),
        "facts": list(_facts(kind, item)),
        "notes": item["notes"],
        "standing": standing(item),
        "changed": changed(item, kind),
        "agreement": agreement(item),
        "actions": steps(item),
    }


def _badges(kind: Kind, item: Item) -> list[cells.Cell]:
    """How it stands; that it was met says of its term too."""
    made = [_cell(kind, name, item) for name in BADGES[kind]]
    known = [badge for badge in made if badge]
    return [one for at, one in enumerate(known) if one["label"] not in _labels(known[:at])]


def _labels(found: Iterable[cells.Cell]) -> list[str]:
    return [one["label"] for one in found]


def kind_title(item: Item) -> str:
    """How a line is called in the language of the page."""
    return str((item.get("titleEn") if lang() == "en" else None) or item["title"])


def of_record(reference: str, day: str | None) -> str:
    """The page of a record, as it stands on the reference date of the annex."""
    collection = links.kind_of(reference).collection
    return url_for(f"{collection}.show", reference=reference, asOf=day)


def _above(kind: Kind, item: Item) -> str:
    made = _cell(kind, ABOVE[kind], item) if kind is COMMITMENT else None
    return cells.plain(made).capitalize() or say(kind.words)


def _cell(kind: Kind, name: str, item: Item) -> cells.Cell | None:
    field = kind.dictionary.described()[name]
    return cells.cell(field, item.get(str(field.data_key or name)), item)


def _facts(kind: Kind, item: Item) -> Iterable[View]:
    for name in SHOWN[kind]:
        if made := _cell(kind, name, item):
            field = kind.dictionary.described()[name]
            like = field.like if isinstance(field, Computed) else field
            yield {"label": say(like.about.words or field.about.words), "cell": made}


# --- how it stands ------------------------------------------------------------------------


def standing(item: Item) -> View:
    """The state of affairs, and who said it when."""
    told = item["standing"]
    if told is None:
        return {"text": None, "told": t("Er is niets gemeld.", "Nothing was reported.")}
    if told["origin"] == "edited":
        by = t("Tekst van het secretariaat.", "Text of the secretariat.")
        return {"text": told["text"], "told": by}
    day = format_date(date.fromisoformat(told["day"]), "long")
    name = (told["organisation"] or {}).get("name") or t("het secretariaat", "the secretariat")
    text = told["text"] or say(vocabulary.label("update-state", "no_change")).capitalize()
    return {"text": text, "told": t(f"Gemeld door {name}, {day}.", f"Reported by {name}, {day}.")}


def agreement(item: Item) -> View | None:
    """How far the agreement on a line is, for the core group."""
    told = item.get("agreement")
    if told is None:
        return None
    label = say(vocabulary.label("line-agreement", told["state"]))
    return {
        "badge": {"type": "badge", "label": label, "tone": AGREED[told["state"]]},
        "told": _stepped(told) if told["state"] != "not_asked" else "",
        "remark": told["remark"],
        "owners": ", ".join(owner["name"] for owner in told["owners"])
        or t("niemand die het kan worden gevraagd", "nobody who can be asked"),
    }


def _stepped(told: Item) -> str:
    if not told["at"]:
        return ""
    day = format_datetime(datetime.fromisoformat(told["at"]), "d MMMM y HH:mm")
    name = (told["organisation"] or {}).get("name")
    by = f"{told['by']} ({name})" if name and told["by"] else told["by"] or name
    return ", ".join(filter(None, (by, day)))


# --- what changed -------------------------------------------------------------------------


def changed(item: Item, kind: Kind) -> View:
    """What changed since the letter before, or that it cannot be said."""
    if item["changed"] is None:
        return {"rows": [], "told": t("Niet te vergelijken.", "Cannot be compared.")}
    rows = [_change(row, kind) for row in item["changed"]]
    return {"rows": rows, "told": "" if rows else t("Ongewijzigd.", "Unchanged.")}


def _change(row: Item, kind: Kind) -> View:
    old, new = (_value(row["what"], row[side], kind) for side in ("from", "to"))
    return {"label": say(vocabulary.label("annex-change", row["what"])), "from": old, "to": new}


def _value(what: str, value: Any, kind: Kind) -> str:
    if not value:
        return ""
    if what == "status":
        return say(vocabulary.label(STATUSES[kind], value))
    if what == "report":
        return str(format_date(date.fromisoformat(value), "long"))
    if what == "discharge":
        return str(value.get("identification") or value.get("title"))
    return words_of(value)


def words_of(value: Item) -> str:
    """A policy date in one line."""
    return str(value.get("text") or cells.plain(period(value)))


# --- where it comes from ------------------------------------------------------------------


def sources(content: Content) -> list[View]:
    """The footnotes, as the list at the bottom of a page."""
    return [_source(note) for note in content["footnotes"]]


def _source(note: Item) -> View:
    paper: Item = note["document"] or {}
    reference, quote = paper.get("reference"), note["quote"]
    url = None
    if reference:
        url = links.of_passage(reference, quote) if quote else links.of_reference(reference)
    return {
        "n": note["number"],
        "about": say(basis(note["basis"])),
        "basis": None,
        "document": ", ".join(filter(None, (paper.get("title"), paper.get("identification")))),
        "document_url": url,
        "official_url": paper.get("url"),
        "quote": quote,
        "section": note["section"],
        "lines": note["lines"],
        "why": note["why"],
    }


def badge(vocabulary_: str, code: str) -> View:
    """A code that is a state, in words."""
    label = say(vocabulary.label(vocabulary_, code))
    return {"type": "badge", "label": label, "tone": tone(vocabulary_, code) or "neutral"}
