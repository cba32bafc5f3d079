"""The screens of meetings."""

from typing import Any

from ..access import Actor, can
from ..commitments.schemas import COMMITMENT
from ..initiatives.schemas import INITIATIVE
from ..partners.schemas import PARTNER
from ..sources.schemas import DOCUMENT
from ..themes.schemas import THEME
from ..web import book, links, panel, say, screens
from ..web.panels import Pointing
from ..words import Words
from .queries import any_seen
from .schemas import MEETING


def menu(who: Actor) -> list[dict[str, Any]]:
    """The meetings, for who may see any or makes the first."""
    if not (can(who, MEETING.create) or any_seen(who)):
        return []
    return [{"label": say(MEETING.plural), "url": links.of_list(MEETING), "count": 0}]


screens(MEETING)
book.tasks.append(menu)
panel(
    Pointing(
        PARTNER,
        MEETING,
        Words("Deelname aan overleggen", "Meetings attended"),
        ["attendance.partner"],
        shows=["when", "attendance"],
    )
)
panel(
    Pointing(
        PARTNER,
        MEETING,
        Words("Actiepunten uit overleggen", "Action points of meetings"),
        ["actions.owner"],
        "owner",
        ["when"],
    )
)
DECISIONS = Words("Besluiten hierover", "Decisions about it")
panel(Pointing(THEME, MEETING, DECISIONS, ["decisions.theme"], "theme", ["when"]))
panel(Pointing(INITIATIVE, MEETING, DECISIONS, ["decisions.initiative"], "initiative", ["when"]))
panel(
    Pointing(
        COMMITMENT,
        MEETING,
        Words("Afgesproken in", "Agreed in"),
        ["actions.commitment"],
        "commitment",
        ["when"],
    )
)
panel(Pointing(DOCUMENT, MEETING, Words("Verslag van", "Minutes of"), ["minutes"], shows=["when"]))
