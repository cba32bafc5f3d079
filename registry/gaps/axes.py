"""Along what a gap map runs: its rows and its columns, each with the filter that opens it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func

from ..access import acting
from ..db import session
from ..kind import Kind
from ..projection import project
from ..record import Record
from ..themes.schemas import CAUSE, GROUP, SECTOR, THEME

LAST = 10**6


@dataclass(frozen=True)
class Axis:
    """One side of a map. `parameter`: the filter of the list of initiatives that asks for it."""

    name: str
    kind: Kind
    parameter: str
    more: tuple[str, ...] = ()  # what else is told of each of its records


@dataclass(frozen=True)
class Place:
    """One row or column: a record, with those that are part of it and those it is part of."""

    item: Mapping[str, Any]
    parts: list[str] = field(default_factory=list)
    wholes: list[str] = field(default_factory=list)

    @property
    def reference(self) -> str:
        return str(self.item["reference"])

    @property
    def within(self) -> list[str]:
        """Itself and its parts: what is in primary education is in education."""
        return [self.reference, *self.parts]


CAUSES = Axis("causes", CAUSE, "cause", ("order", "claims"))
THEMES = Axis("themes", THEME, "theme", ("order", "phase"))
SECTORS = Axis("sectors", SECTOR, "sector", ("order", "parent"))
GROUPS = Axis("groups", GROUP, "group", ("order", "kind"))
ROWS: Mapping[str, Axis] = {axis.name: axis for axis in (CAUSES, THEMES)}
COLUMNS: Mapping[str, Axis] = {axis.name: axis for axis in (SECTORS, GROUPS)}
MAPS = ((CAUSES, SECTORS), (THEMES, SECTORS), (THEMES, GROUPS))
"""The maps that the screens offer; the first is the one that opens."""


def places(axis: Axis) -> list[Place]:
    """The records of an axis that the reader may see, in their own order, by one query."""
    schema = axis.kind.schema(only=("reference", *axis.kind.model.__ref__, *axis.more))
    query = project(schema, acting(), session().get_bind().dialect.name)
    order = func.coalesce(axis.kind.model.order, LAST)
    found = session().scalars(query.order_by(order, Record.sort_title, Record.id))
    items = [json.loads(text) if isinstance(text, str) else text for text in found]
    above = {item["reference"]: _parent(item) for item in items}
    wholes = {reference: _wholes(above, reference) for reference in above}
    return [
        Place(
            item,
            [r for r, over in wholes.items() if item["reference"] in over],
            wholes[item["reference"]],
        )
        for item in items
    ]


def _parent(item: Mapping[str, Any]) -> str | None:
    return item["parent"]["reference"] if item.get("parent") else None


def _wholes(above: Mapping[str, str | None], reference: str) -> list[str]:
    found: list[str] = []
    parent = above.get(reference)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = above.get(parent)
    return found
