"""A figure in words: with its year, its marks, and the caveat under it."""

from typing import Any

from .. import vocabulary
from ..web import Item, cells, say, t
from . import series
from .schemas import ObservationSchema


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
