"""What the screen and the files of a gap map show."""

from flask import url_for

from ..initiatives.schemas import INITIATIVE
from ..themes.held import ClaimSchema
from ..themes.schemas import CAUSE
from ..vocabulary import label
from ..web import View, cells, counted, lang, say, t
from ..web.links import of_list, of_record
from ..words import Words
from .axes import CAUSES, MAPS, THEMES, Axis, Place
from .queries import EMPTY, STATES, Map

TITLE = Words("Witte vlekken", "White spots")
NAMES = {"causes": Words("oorzaken", "causes"), "themes": Words("thema’s", "themes")}
ACROSS = {"sectors": Words("sectoren", "sectors"), "groups": Words("groepen", "groups")}
GENERAL = {
    "sectors": Words("Algemeen, niet voor één sector", "General, of no one sector"),
    "groups": Words("Algemeen, niet voor één groep", "General, of no one group"),
}
LOOSE = {
    "causes": Words("Nog niet bij een oorzaak ingedeeld", "Not under a cause yet"),
    "themes": Words("Nog niet bij een thema ingedeeld", "Not under a theme yet"),
}
ONE, MANY = Words("initiatief", "initiative"), Words("initiatieven", "initiatives")
NO_CAUSE = ("denies", "to_be_studied")


def page(rows: Axis, columns: Axis, found: Map) -> View:
    """The whole screen of one map."""
    return {
        "title": say(TITLE),
        "intro": t(
            "Waarvoor is een initiatief bekend, en waarvoor niet? Een vak telt alleen wat er echt "
            "voor die sector of groep is; wat geen sector of groep noemt, is algemeen. Elk vak "
            "opent precies de initiatieven die het telt.",
            "For what is an initiative known, and for what not? A cell counts only what is really "
            "for that sector or group; what names no sector or group is general. Each cell opens "
            "exactly the initiatives that it counts.",
        ),
        "tabs": [{**_tab(*pair), "current": pair == (rows, columns)} for pair in MAPS],
        "caption": caption(rows, columns),
        "legend": [_legend(state) for state in STATES],
        "loose": _loose(rows, found),
        "table": _table(rows, columns, found),
        "files": _files(rows, columns),
        "unaddressed": _unaddressed(found) if rows is CAUSES else None,
    }


def caption(rows: Axis, columns: Axis) -> str:
    """“Oorzaken en sectoren”."""
    down, across = say(NAMES[rows.name]).capitalize(), say(ACROSS[columns.name])
    return t(f"{down} en {across}", f"{down} and {across}")


def _tab(rows: Axis, columns: Axis) -> View:
    url = url_for("gaps.index", rows=rows.name, columns=columns.name)
    return {"label": caption(rows, columns), "url": url}


LABELS = {
    "running": Words("lopend", "running"),
    "planned": Words("gepland", "planned"),
    "paused": Words("stilgelegd", "paused"),
    "general": Words("alleen algemeen", "general only"),
    "known": Words("bekend, niet lopend of gepland", "known, neither running nor planned"),
    "unclassified": Words("nog niet ingedeeld", "not classified yet"),
    "none": Words("geen initiatief bekend", "no initiative known"),
}
MEANING = {
    "running": Words("loopt of is van kracht", "runs or is in force"),
    "planned": Words("voorgesteld of in voorbereiding", "proposed or in preparation"),
    "paused": Words("ligt stil", "is suspended"),
    "general": Words(
        "loopt, is gepland of ligt stil, maar niet in het bijzonder hiervoor",
        "runs, is planned or suspended, but not for this in particular",
    ),
    "known": Words(
        "verschenen, afgerond, beëindigd of zonder bekende status op de peildatum",
        "issued, completed, stopped or without a known status on the reference date",
    ),
    "unclassified": Words(
        "er is iets, maar niemand heeft dat nog ingedeeld: geen witte vlek",
        "there is something that nobody classified yet: no white spot",
    ),
    "none": Words("niets dat in dit register staat", "nothing that is in this register"),
}


def _legend(state: str) -> View:
    return {"state": state, "label": say(LABELS[state]), "text": say(MEANING[state])}


def _loose(rows: Axis, found: Map) -> View | None:
    """How many initiatives stand under no row at all: work to do, and no gap."""
    if not found.unclassified:
        return None
    return {
        "text": f"{say(LOOSE[rows.name])}: {counted(found.unclassified, ONE, MANY)}.",
        "url": of_list(INITIATIVE, **{rows.parameter: "none"}),
        "label": t("Bekijk ze", "See them"),
    }


# --- the table ----------------------------------------------------------------------------


def _table(rows: Axis, columns: Axis, found: Map) -> View:
    """The shorter side runs across, as a page is higher than it is wide."""
    down: list[Place | None] = [*found.rows, None]
    across: list[Place | None] = [*found.columns, None]
    turned = len(down) < len(across)
    lines, heads = (across, down) if turned else (down, across)
    line_axis, head_axis = (columns, rows) if turned else (rows, columns)
    keys = [(head(line_axis, line), line) for line in lines]
    return {
        "corner": say((ACROSS | NAMES)[line_axis.name]).capitalize(),
        "heads": [head(head_axis, place) for place in heads],
        "rows": [
            {
                "head": name,
                "cells": [
                    _cell(found, *((place, line) if turned else (line, place))) for place in heads
                ],
            }
            for name, line in keys
        ],
        "wide": len(heads) > WIDE,
    }


WIDE = 12


def head(axis: Axis, place: Place | None) -> View:
    """The head of a row or column."""
    if place is None:
        return {"label": say((LOOSE | GENERAL)[axis.name]), "url": None, "note": None}
    return {
        "label": axis.kind.title(dict(place.item), lang()),
        "url": of_record(axis.kind, place.reference),
        "note": _note(axis, place),
    }


def _note(axis: Axis, place: Place) -> str | None:
    """What must be known to read this row: a whole, a later stage, or that it is no cause."""
    item = place.item
    if axis is THEMES and item.get("phase") == "later":
        return say(label("theme-phase", "later"))
    if item.get("parent"):
        whole = axis.kind.title(item["parent"], lang())
        return t(f"onderdeel van {whole}", f"part of {whole}")
    stances = {row["stance"] for row in item.get("claims") or []}
    if axis is CAUSES and stances and not stances - {*NO_CAUSE}:
        return ", ".join(say(label("stance", stance)) for stance in sorted(stances))
    return None


def _cell(found: Map, row: Place | None, column: Place | None) -> View:
    cell = found.at(row, column)
    rest = row is None and not cell.count
    return {
        "state": "rest" if rest else cell.state,
        "label": t("geen", "none") if rest else say(LABELS[cell.state]),
        "count": cell.count or None,
        "noun": say(ONE if cell.count == 1 else MANY),
        "url": of_list(INITIATIVE, **cell.asked),
    }


# --- who names what nobody works on -------------------------------------------------------


def _unaddressed(found: Map) -> View:
    """The causes that nothing runs, is planned or suspended for, with who names them."""
    kept = [place for place in found.unaddressed if _is_cause(place)]
    heading = t("Oorzaken zonder initiatief", "Causes without an initiative")
    return {
        "heading": heading,
        "intro": t(
            "Genoemd als oorzaak of factor, en op de peildatum loopt, ligt stil of komt er geen "
            "initiatief dat erbij is ingedeeld. Wie de oorzaak noemt, staat erachter.",
            "Named as a cause or factor, while on the reference date no initiative that is "
            "classified under it runs, is suspended or is coming. Who names it stands behind it.",
        ),
        "table": {
            "id": "onbehandeld",
            "title": None,
            "caption": heading,
            "columns": [say(CAUSE.words), t("Genoemd door", "Named by")],
            "rows": [{"cells": [_cause(place), named_by(place)]} for place in kept],
            "empty": t("Geen.", "None."),
        },
    }


def _is_cause(place: Place) -> bool:
    """Whether anybody says that it is one: what is denied or still studied is no gap."""
    stances = {row["stance"] for row in place.item.get("claims") or []}
    return not stances or bool(stances - {*NO_CAUSE})


def _cause(place: Place) -> cells.Cell:
    name = CAUSE.title(dict(place.item), lang())
    return {"type": "link", "url": of_record(CAUSE, place.reference), "label": name}


def named_by(place: Place) -> cells.Cell:
    """Who names a cause."""
    rows = place.item.get("claims") or []
    return cells.many([cells.summary(ClaimSchema(), row) for row in rows]) or cells.text(
        t("niemand", "nobody")
    )


def _files(rows: Axis, columns: Axis) -> list[View]:
    asked: View = {"rows": rows.name, "columns": columns.name}
    return [
        {"label": label, "url": url_for(endpoint, **asked)}
        for endpoint, label in (
            ("gaps.as_xlsx", t("XLSX (rekenblad)", "XLSX (spreadsheet)")),
            ("gaps.as_csv", "CSV"),
            ("api-gaps.index", "JSON"),
        )
    ]


def words_of(found: Map, row: Place | None, column: Place | None) -> str:
    """A cell in a file: “lopend (2)”."""
    cell = found.at(row, column)
    if row is None and not cell.count:
        return ""
    told = say(LABELS[cell.state])
    return told if cell.state == EMPTY else f"{told} ({cell.count})"
