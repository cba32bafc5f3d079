"""The screens of figures. A caveat always stands under its number."""

from typing import Any

from ..sources.schemas import DOCUMENT
from ..web import cells, panel, screens, sums_up
from ..web.panels import Pointing
from ..words import Words
from .schemas import INDICATOR, ObservationSchema


def observation(row: Any) -> cells.Cell:
    """A figure with its year, and the caveat under it."""
    schema = ObservationSchema()
    value = cells.plain(cells.described(schema, row, "value"))
    if until := cells.plain(cells.described(schema, row, "value_to")):
        value = f"{value}–{until}"
    told = value or row.get("text") or cells.plain(cells.described(schema, row, "trend"))
    year = f" ({row['year']})" if row.get("year") else ""
    figure = {"type": "number", "text": f"{told}{year}"}
    caveat = {"type": "note", "text": row["caveat"]} if row.get("caveat") else None
    return cells.many([figure, caveat]) or figure


sums_up(ObservationSchema, observation)
screens(INDICATOR, menu=Words("Cijfers", "Figures"))

panel(Pointing(DOCUMENT, INDICATOR, Words("Cijfers", "Figures"), ["document"], "document"))
