"""What stands in an annex beside its lines: figures with caveats, the gap map, what is open."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from ..access import visible_to
from ..db import session
from ..gaps.axes import MAPS, Axis, Place
from ..gaps.queries import gap_map
from ..indicators.schemas import INDICATOR
from ..policydate import DateKind
from ..record import Record, State
from ..reports.scope import LINED
from .looking import OWN, Item, Look, earliest, projected

FIGURE = (
    "reference", "name", "name_en", "definition", "unit", "population", "measured_by", "direction",
    "target_value", "target_by", "target_words", "observations", "sources",
)  # fmt: skip
CLOSED = ("met", "ongoing", "lapsed", "untraceable")
"""The statuses of a commitment that no term matters to any more."""
APART = ("ongoing", "untraceable")
"""Those of them that are told, as nobody settled what has them."""


def figures(look: Look) -> list[Item]:
    """The figures that were known on the day, each with its caveats and provisional marks."""
    found = []
    chosen = [row.indicator_id for row in look.annex.indicators]
    clauses = [Record.state == State.PUBLISHED, *([Record.id.in_(chosen)] if chosen else [])]
    for item in projected(look.actor, INDICATOR, FIGURE, *clauses):
        told = {k: v for k, v in item.items() if k not in (*OWN, "sources")}
        told["observations"] = [row for row in item["observations"] if _by_then(look, row)]
        found.append({**told, "notes": look.notes.of(item["sources"])})
    return [item for item in found if item["observations"]]


def _by_then(look: Look, row: Item) -> bool:
    day = earliest(row["period"])
    if day is not None:
        return day <= look.scope.day
    return row["year"] is None or row["year"] <= look.scope.day.year


def gaps() -> list[Item]:
    """The maps of causes and of themes by sector."""
    return [_map(rows, columns) for rows, columns in MAPS[:2]]


def _map(rows: Axis, columns: Axis) -> Item:
    found = gap_map(rows, columns)
    return {
        "rows": rows.name,
        "columns": columns.name,
        "down": [_place(rows, place) for place in found.rows],
        "across": [_place(columns, place) for place in found.columns],
        "cells": [
            {"row": row, "column": column, "state": cell.state, "count": cell.count}
            for (row, column), cell in found.cells.items()
        ],
        "unclassified": found.unclassified,
        "unaddressed": [place.reference for place in found.unaddressed],
    }


def _place(axis: Axis, place: Place) -> Item:
    name = axis.kind.title_field
    english = place.item.get(f"{name}En")
    return {"reference": place.reference, "title": place.item[name], "titleEn": english}


def by_theme(lines: Iterable[Item]) -> list[Item]:
    """The initiatives under each theme; those under none at the end."""
    found: dict[str | None, Item] = {}
    for line in lines:
        for theme in [row["theme"] for row in line["themes"]] or [None]:
            part = {"theme": theme, "initiatives": []}
            own = found.setdefault(theme and theme["reference"], part)
            own["initiatives"].append(line["reference"])
    return sorted(found.values(), key=lambda part: (part["theme"] is None, _name(part["theme"])))


def _name(theme: Item | None) -> str:
    return str((theme or {}).get("reference", ""))


def still_open(look: Look, commitments: list[Item], initiatives: list[Item]) -> Item:
    """The references of what is open, has no term or waits for a condition; of what goes on or was
    not reported back; of initiatives that nobody classified; and of lines nobody agreed to."""
    left = [line for line in commitments if line["status"] not in CLOSED]
    lines = [*commitments, *initiatives]
    unagreed = [line for line in lines if look.core and line["agreement"]["state"] != "agreed"]
    told = {
        "commitments": left,
        "undated": [line for line in left if _undated(line["due"])],
        "conditional": [line for line in left if _conditional(line["due"])],
        **{code: [line for line in commitments if line["status"] == code] for code in APART},
        "unclassified": [line for line in initiatives if not (line["themes"] or line["causes"])],
        **({"unagreed": unagreed} if look.core else {}),
    }
    return {name: [line["reference"] for line in found] for name, found in told.items()}


def _conditional(due: Item | None) -> bool:
    return due is not None and due["kind"] == DateKind.CONDITIONAL


def _undated(due: Item | None) -> bool:
    return not _conditional(due) and (due is None or not (due["earliest"] or due["latest"]))


def left_out(look: Look) -> int:
    """How many records have a line that who reads may not see."""
    asked: list[Any] = [look.ids(kind) for kind in LINED]
    own = Record.deleted_at.is_(None) & (Record.kind == INDICATOR.name)
    asked.append(select(Record.id).where(own, Record.state == State.PUBLISHED))
    hidden = 0
    for ids in asked:
        count = select(func.count()).select_from(Record).where(Record.id.in_(ids))
        seen = session().scalar(count.where(visible_to(look.actor))) or 0
        hidden += (session().scalar(count) or 0) - seen
    return hidden
