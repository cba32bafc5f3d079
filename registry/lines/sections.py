"""The sections of an annex as a page shows them, in the order that the secretariat chose."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from .. import vocabulary
from ..annexes.looking import Content, Item
from ..annexes.reading import LINES
from ..gaps.axes import MAPS
from ..gaps.pages import LABELS, MANY, ONE, caption
from ..indicators.schemas import INDICATOR
from ..indicators.telling import observation
from ..web import View, cells, counted, lang, say, t
from ..words import Words
from . import sheet

MOST = 50
"""Lines of a section that stand on the page of the whole annex; the rest has pages of its own."""
NOTHING = ("none", "unclassified")
OPEN: Mapping[str, Words] = {
    "commitments": Words("Openstaand", "Open"),
    "undated": Words("Openstaand zonder termijn", "Open without a term"),
    "conditional": Words("Wacht op een voorwaarde", "Waiting for a condition"),
    "ongoing": Words("Doorlopend", "Ongoing"),
    "untraceable": Words("Geen terugkoppeling gevonden", "No feedback found"),
    "unclassified": Words(
        "Initiatieven die nog niet zijn ingedeeld", "Initiatives that are not classified yet"
    ),
    "unagreed": Words("Regels zonder akkoord", "Lines without agreement"),
}


def sections(content: Content, reference: str) -> list[View]:
    """All sections of a content, in its own order."""
    found = []
    for row in content["sections"]:
        name = row["section"]
        told = MAKERS[name](content, reference) if name in MAKERS else {}
        heading = chosen(row, "heading")
        if not heading and name != "text":
            heading = say(vocabulary.label("annex-section", name)).capitalize()
        found.append(
            {
                "id": f"deel-{row['key']}",
                "name": name,
                "title": heading,
                "text": chosen(row, "text"),
                **told,
            }
        )
    return found


def noted(content: Content, told: list[View]) -> Content:
    """The content with the footnotes that its sections name, as far as they stand on the page."""
    shown = [line for part in told for line in _lines(part)]
    named = {number for line in shown for number in line["notes"]}
    notes = [note for note in content["footnotes"] if note["number"] in named]
    return {**content, "footnotes": notes}


def _lines(part: View) -> list[View]:
    own = [line for group in part.get("groups", ()) for line in group["lines"]]
    return [*part.get("lines", ()), *own, *part.get("figures", ())]


def chosen(item: Item, name: str) -> str | None:
    """The text in the language of the page, or else in Dutch."""
    found: str | None = (item.get(f"{name}En") if lang() == "en" else None) or item[name]
    return found


def _introduction(content: Content, _reference: str) -> View:
    return {"prose": chosen(content, "introduction")}


def _commitments(content: Content, reference: str) -> View:
    found = content["commitments"]
    return {
        "lines": [sheet.line(item, content) for item in found[:MOST]],
        "more": _more(reference, "commitment", len(found)),
        "empty": t("Er zijn geen regels.", "There are no lines."),
    }


def _more(reference: str, kind: str, count: int) -> View | None:
    if count <= MOST:
        return None
    url = url_for("annexes.lines", reference=reference, kind=kind)
    return {"url": url, "label": t(f"Alle {count} regels", f"All {count} lines")}


def _initiatives(content: Content, reference: str) -> View:
    """Each initiative once in full, under its first theme; under others by its name."""
    items = {item["reference"]: item for item in content["initiatives"]}
    shown: set[str] = set()
    groups = []
    for part in content["byTheme"]:
        own = [each for each in part["initiatives"] if each in items]
        room = MOST - len(shown)
        first = [each for each in own if each not in shown][: max(room, 0)]
        again = [each for each in own if each in shown]
        shown.update(first)
        groups.append(
            {
                "title": _theme(part["theme"]),
                "lines": [sheet.line(items[each], content) for each in first],
                "again": [_named(items[each], content) for each in again],
            }
        )
    return {"groups": groups, "more": _more(reference, "initiative", len(items))}


def _theme(theme: Item | None) -> str:
    if theme is None:
        return t("Nog niet bij een thema ingedeeld", "Not classified under a theme yet")
    return str((theme.get("nameEn") if lang() == "en" else None) or theme["name"])


def _named(item: Item, content: Content) -> View:
    url = sheet.of_record(item["reference"], content["asOf"])
    return {"type": "link", "url": url, "label": sheet.kind_title(item)}


def _figures(content: Content, _reference: str) -> View:
    return {"figures": [_figure(item, content) for item in content["figures"]]}


def _figure(item: Item, content: Content) -> View:
    schema = INDICATOR.dictionary
    told = [
        {"label": say(schema.described()[name].about.words), "cell": made}
        for name in ("unit", "population", "measured_by", "target_value", "target_words")
        if (made := cells.described(schema, item, name))
    ]
    return {
        "title": INDICATOR.title(item, lang()),
        "url": sheet.of_record(item["reference"], content["asOf"]),
        "values": [observation(row) for row in item["observations"]],
        "facts": told,
        "notes": item["notes"],
    }


# --- the gap map --------------------------------------------------------------------------


def _gaps(content: Content, _reference: str) -> View:
    return {"maps": [_map(found, content["asOf"]) for found in content["gaps"]]}


def _map(found: Item, day: str) -> View:
    cells_ = {(cell["row"], cell["column"]): cell for cell in found["cells"]}
    across = [*found["across"], None]
    down = [place for place in found["down"] if _told(place, across, cells_)]
    names = next(p for p in MAPS if (p[0].name, p[1].name) == (found["rows"], found["columns"]))
    url = url_for("gaps.index", rows=found["rows"], columns=found["columns"], asOf=day)
    silent = len(found["down"]) - len(down)
    return {
        "title": caption(*names),
        "url": url,
        "silent": _silent(silent, found["unclassified"]),
        "table": {
            "corner": say(vocabulary_of(found["rows"])),
            "heads": [_head(place) for place in across],
            "rows": [
                {"head": _head(row), "cells": [_cell(cells_, row, column) for column in across]}
                for row in down
            ],
            "wide": False,
        },
    }


def _told(place: Item, across: list[Any], known: Mapping[Any, Item]) -> bool:
    """Whether a row has an initiative: under the map is said how many have none."""
    found = (known[place["reference"], _key(column)]["state"] for column in across)
    return any(state not in NOTHING for state in found)


def _silent(count: int, loose: int) -> str:
    """What the map does not show row by row."""
    told = []
    if count:
        told.append(
            t(
                f"Bij {count} andere is in geen sector een initiatief ingedeeld.",
                f"Under {count} others no initiative is classified in any sector.",
            )
        )
    if loose:
        number = counted(loose, ONE, MANY)
        told.append(t(f"Nog niet ingedeeld: {number}.", f"Not classified yet: {number}."))
    return " ".join(told)


def _key(place: Item | None) -> str | None:
    return str(place["reference"]) if place else None


def _head(place: Item | None) -> View:
    label = t("Algemeen", "General")
    if place is not None:
        label = str((place["titleEn"] if lang() == "en" else None) or place["title"])
    return {"label": label, "url": None, "note": None}


def _cell(known: Mapping[Any, Item], row: Item | None, column: Item | None) -> View:
    cell = known[_key(row), _key(column)]
    return {
        "state": cell["state"],
        "label": say(LABELS[cell["state"]]),
        "count": cell["count"] or None,
        "noun": say(ONE if cell["count"] == 1 else MANY),
        "url": None,
    }


def vocabulary_of(axis: str) -> Words:
    """What stands in the corner of a map."""
    return {"causes": Words("Oorzaak", "Cause")}.get(axis, Words("Thema", "Theme"))


# --- what is open -------------------------------------------------------------------------


def _open(content: Content, reference: str) -> View:
    """Each number with exactly the lines that it counts."""
    items = {item["reference"]: item for part in LINES for item in content[part]}
    found = []
    for name, words in OPEN.items():
        own = [items[each] for each in content["open"].get(name, ()) if each in items]
        if own:
            rows = [_named(item, content) for item in own[:MOST]]
            url = url_for("annexes.lines", reference=reference, open=name)
            told = {"title": say(words), "count": len(own), "rows": rows, "url": url}
            found.append({**told, "all": t(f"Alle {len(own)} regels", f"All {len(own)} lines")})
    return {"open": found}


MAKERS = {
    "introduction": _introduction,
    "commitments": _commitments,
    "initiatives": _initiatives,
    "figures": _figures,
    "gaps": _gaps,
    "open": _open,
}
