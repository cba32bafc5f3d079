"""The screens of figures. A caveat always stands under its number."""

from typing import Any

from .. import vocabulary
from ..screens import screens
from ..screens.panels import Pointing
from ..sources.schemas import DOCUMENT
from ..web import Item, View, cells, counted, panel, say, sums_up, t
from ..words import Words
from . import queries, series
from .schemas import INDICATOR, ObservationSchema


def observation(row: Any) -> cells.Cell:
    """A figure with its year, and the caveat under it."""
    schema = ObservationSchema()
    value = cells.plain(cells.described(schema, row, "value"))
    if until := cells.plain(cells.described(schema, row, "value_to")):
        value = f"{value}–{until}"
    told = value or row.get("text") or cells.plain(cells.described(schema, row, "trend"))
    figure = {"type": "number", "text": f"{told}{marks(row)}"}
    said = [row.get("caveat"), row.get("breakWhy")]
    notes: list[cells.Cell | None] = [{"type": "note", "text": text} for text in said if text]
    return cells.many([figure, *notes]) or figure


def marks(row: Any) -> str:
    """“ (2020, voorlopig)”: what must be read with a number, and never apart from it."""
    told = [str(row["year"])] if row.get("year") else []
    told += [t("voorlopig", "provisional")] if row.get("provisional") else []
    told += [t("reeksbreuk", "break in the series")] if row.get("breakBefore") else []
    return f" ({', '.join(told)})" if told else ""


def facts() -> list[str]:
    """How many figures there are: an indicator can have several, for several years."""
    indicators, figures = queries.counts()
    return [told(indicators, figures)] if figures else []


def told(indicators: int, figures: int) -> str:
    """“20 indicatoren met 22 cijfers”."""
    of = counted(indicators, Words("indicator", "indicator"), Words("indicatoren", "indicators"))
    shown = counted(figures, Words("cijfer", "figure"), Words("cijfers", "figures"))
    return t(f"{of} met {shown}", f"{of} with {shown}")


def series_of(item: Item) -> View:
    """The series on the page of an indicator, with all that must be read with it."""
    rows = series.series(item)
    if not rows:
        return {"series": None}
    said = {
        "caveat": t("Kanttekening", "Caveat"),
        "breakWhy": t("Reeksbreuk", "Break in the series"),
    }
    notes = [
        {"label": f"{label} {row['year']}", "text": row[name]}
        for row in rows
        for name, label in said.items()
        if row.get(name)
    ]
    return {"series": {"chart": series.drawn(item), "told": told_of(item, rows), "caveats": notes}}


def told_of(item: Item, rows: list[Item]) -> list[str]:
    """What to know before reading the chart."""
    found = []
    count = len(series.numbers(item))
    if count <= 1:
        found.append(
            t(
                "Er is één jaar met een getal: dat maakt geen lijn."
                if count
                else "Een getal staat er niet.",
                "There is one year with a number: that makes no line."
                if count
                else "There is no number.",
            )
        )
    if any(row.get("provisional") for row in rows):
        found.append(
            t(
                "* voorlopig: een open punt in de grafiek.",
                "* provisional: an open point in the chart.",
            )
        )
    if item.get("direction"):
        way = say(vocabulary.label("direction", item["direction"]))
        found.append(t(f"Gewenste richting: {way}.", f"Desired direction: {way}."))
    return found


sums_up(ObservationSchema, observation)
screens(
    INDICATOR,
    menu=Words("Cijfers", "Figures"),
    facts=facts,
    template="indicator.html",
    more=series_of,
)

panel(Pointing(DOCUMENT, INDICATOR, Words("Cijfers", "Figures"), ["document"], "document"))
