"""The screens of themes, sectors, groups, causes and views."""

from typing import Any

from .. import vocabulary
from ..partners.schemas import PARTNER
from ..screens import screens
from ..screens.panels import Pointing
from ..sources.schemas import DOCUMENT, OFFICE
from ..web import cells, counted, panel, say, sums_up, t
from ..words import Words
from . import queries
from .held import ClaimSchema
from .schemas import CAUSE, GROUP, SECTOR, THEME, VIEW, DesignationSchema


def facts() -> list[str]:
    """How many of the themes come at a later stage."""
    now, later = queries.counts()
    if not later:
        return []
    told = counted(now, Words("thema", "theme"), Words("thema’s", "themes"))
    return [t(f"{told} nu, en {later} in een later stadium", f"{told} now, {later} later")]


def _claim(row: Any) -> cells.Cell:
    """Who claims it; the stance only where it is another than naming."""
    schema = ClaimSchema()
    held = [cells.plain(cells.described(schema, row, n)) for n in ("partner", "office", "words")]
    who = ", ".join(cells.distinct(held))
    stance = say(vocabulary.label("stance", row["stance"]))
    if row["stance"] == "names":
        return cells.text(who or stance)
    return cells.text(f"{who} ({stance})" if who else stance)


def _designation(row: Any) -> cells.Cell:
    words = say(vocabulary.label("designation", row["designation"]))
    return cells.text(f"{words} ({row['rank']})" if row.get("rank") else words)


sums_up(ClaimSchema, _claim)
sums_up(DesignationSchema, _designation)

screens(THEME, menu=Words("Thema’s", "Themes"), facts=facts, covers=("sectors", "groups"))
screens(SECTOR)
screens(GROUP)
screens(CAUSE, menu=Words("Oorzaken", "Causes"), covers=("views",))
screens(VIEW)

CAUSES = Words("Oorzaken en factoren", "Causes and factors")
VIEWS = Words("Standpunten", "Views")

panel(Pointing(PARTNER, THEME, Words("Trekker van thema’s", "Leads themes"), ["lead"], "lead"))
panel(
    Pointing(
        PARTNER,
        CAUSE,
        Words("Uitspraken over oorzaken", "Claims about causes"),
        ["claims.partner"],
        "holder",
        ["claims"],
    )
)
panel(Pointing(PARTNER, VIEW, VIEWS, ["holders.partner"], "holder"))
panel(
    Pointing(
        OFFICE,
        CAUSE,
        Words("Uitspraken over oorzaken", "Claims about causes"),
        ["claims.office"],
        shows=["claims"],
    )
)
panel(Pointing(OFFICE, VIEW, VIEWS, ["holders.office"]))
panel(Pointing(SECTOR, SECTOR, Words("Onderdelen", "Parts"), ["parent"], "parent"))
panel(Pointing(CAUSE, VIEW, VIEWS, ["causes.cause"]))
panel(
    Pointing(
        VIEW,
        VIEW,
        Words("Ernaast gelegd bij", "Laid beside it at"),
        ["comparisons.view"],
        shows=["comparisons"],
    )
)
panel(Pointing(DOCUMENT, CAUSE, CAUSES, ["claims.document"]))
panel(Pointing(DOCUMENT, VIEW, VIEWS, ["document"], "document"))
panel(
    Pointing(
        DOCUMENT,
        SECTOR,
        Words("Sectoren", "Sectors"),
        ["designations.document"],
        shows=["designations"],
    )
)
