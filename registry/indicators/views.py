"""The screens of figures. A caveat always stands under its number."""

from ..screens import screens
from ..screens.panels import Pointing
from ..sources.schemas import DOCUMENT
from ..web import Item, View, counted, panel, sums_up, t
from ..words import Words
from . import queries, series
from .schemas import INDICATOR, ObservationSchema
from .telling import observation, told_of


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


sums_up(ObservationSchema, observation)
screens(
    INDICATOR,
    menu=Words("Cijfers", "Figures"),
    facts=facts,
    template="indicator.html",
    more=series_of,
)

panel(Pointing(DOCUMENT, INDICATOR, Words("Cijfers", "Figures"), ["document"], "document"))
