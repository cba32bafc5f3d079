"""The screens of figures. A caveat always stands under its number."""

from typing import Any

from ..sources.schemas import DOCUMENT
from ..web import cells, counted, panel, screens, sums_up, t
from ..web.panels import Pointing
from ..words import Words
from . import queries
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


def facts() -> list[str]:
    """How many figures there are: an indicator can have several, for several years."""
    indicators, figures = queries.counts()
    return [told(indicators, figures)] if figures else []


def told(indicators: int, figures: int) -> str:
    """“20 indicatoren met 22 cijfers”."""
    of = counted(indicators, Words("indicator", "indicator"), Words("indicatoren", "indicators"))
    shown = counted(figures, Words("cijfer", "figure"), Words("cijfers", "figures"))
    return t(f"{of} met {shown}", f"{of} with {shown}")


sums_up(ObservationSchema, observation)
screens(INDICATOR, menu=Words("Cijfers", "Figures"), facts=facts)

panel(Pointing(DOCUMENT, INDICATOR, Words("Cijfers", "Figures"), ["document"], "document"))
