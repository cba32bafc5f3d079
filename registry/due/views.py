"""What a page tells of a term that was moved: from what, to what, by whom and why."""

from datetime import date

from flask_babel import format_date

from ..web import Item, View, t
from ..web.cells import plain
from ..web.periods import period
from .schemas import MOVED


def moved(item: Item) -> list[View]:
    """The moves of the term in one sentence each, the first with the original term; what was only
    corrected is no move."""
    rows = [row for row in item["moves"] if row["change"] == MOVED and row["to"]]
    return [{"tone": "info", "text": _told(row, first=at == 0)} for at, row in enumerate(rows)]


def _told(row: Item, *, first: bool) -> str:
    to, why = _words(row["to"]), row["why"].rstrip(". ")
    by = t(f" door {row['by']}", f" by {row['by']}") if row["by"] else ""
    day = format_date(date.fromisoformat(row["when"]), "long") if row["when"] else ""
    on = t(f" op {day}", f" on {day}") if day else ""
    if first and row["from"]:
        origin = _words(row["from"])
        start = t(f"Oorspronkelijk {origin}, verplaatst", f"Originally {origin}, moved")
    else:
        start = t("Daarna verplaatst", "Then moved")
    return t(
        f"{start} naar {to}{by}{on}, omdat: {why}.", f"{start} to {to}{by}{on}, because: {why}."
    )


def _words(value: Item) -> str:
    """A term as it was written; where only days were given, those."""
    return str(value["text"] or plain(period(value)))
