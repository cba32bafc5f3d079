"""The screens of initiatives, and what they add to the pages of lower rooms."""

from .. import vocabulary
from ..kind import Kind
from ..partners.schemas import PARTNER
from ..screens import screens
from ..screens.panels import Pointing
from ..sources.schemas import DOCUMENT, EVENT
from ..themes.schemas import CAUSE, GROUP, SECTOR, THEME
from ..web import Item, View, panel, say, t
from ..web.links import of_list
from ..words import Words
from . import queries
from .schemas import INITIATIVE

INITIATIVES = Words("Initiatieven en activiteiten", "Initiatives")
NONE_KNOWN = Words(
    "Er is nog geen initiatief bij ingedeeld.", "No initiative is classified here yet."
)


def facts() -> list[str]:
    """How many initiatives nobody has put under a theme yet: work to do, never a gap."""
    count = queries.unclassified()
    return [told_unclassified(count)] if count else []


def told_unclassified(count: int) -> str:
    """“nog niet ingedeeld (n)”, in a sentence."""
    if count == 1:
        return t(
            "1 initiatief is nog niet bij een thema ingedeeld",
            "1 initiative is not classified under a theme yet",
        )
    return t(
        f"{count} initiatieven zijn nog niet bij een thema ingedeeld",
        f"{count} initiatives are not classified under a theme yet",
    )


def notices(item: Item) -> list[View]:
    """Why it is suspended, since when and until what, in the words of the letters."""
    if item.get("status") != "paused":
        return []
    rows = [row for row in item["statuses"] if row["status"] == "paused"]
    words = say(vocabulary.label("initiative-status", "paused")).capitalize()
    begin = rows[-1].get("from") or {}
    since = t(f" sinds {begin['text']}", f" since {begin['text']}") if begin.get("text") else ""
    condition = rows[-1].get("resumeWhen")
    resume = t(f" Hervatten: {condition}.", f" To be resumed: {condition}.") if condition else ""
    return [{"tone": "warning", "text": f"{words}{since}.{resume}"}]


class Unclassified:
    """The box on the page of a theme with how many initiatives have no theme yet."""

    on = THEME

    def view(self, record_id: int, reference: str) -> View | None:
        """By one query; nothing once everything is classified."""
        count = queries.unclassified()
        if not count:
            return None
        row = {
            "url": of_list(INITIATIVE, theme="none"),
            "title": told_unclassified(count),
            "meta": "",
            "badges": [],
        }
        return {
            "title": t("Nog niet ingedeeld", "Not classified yet"),
            "count": count,
            "all_url": None,
            "rows": [row],
            "empty": None,
        }


screens(INITIATIVE, menu=Words("Initiatieven", "Initiatives"), facts=facts, notices=[notices])

panel(
    Pointing(
        PARTNER,
        INITIATIVE,
        INITIATIVES,
        ["participations.partner"],
        "partner",
        ["participations", "status"],
    )
)


def _under(kind: Kind, rows: str, parameter: str) -> None:
    panel(
        Pointing(
            kind,
            INITIATIVE,
            INITIATIVES,
            [f"{rows}.{parameter}"],
            parameter,
            ["status"],
            empty=NONE_KNOWN,
        )
    )


_under(THEME, "themes", "theme")
_under(SECTOR, "sectors", "sector")
_under(GROUP, "groups", "group")
_under(CAUSE, "causes", "cause")
panel(Unclassified())
panel(Pointing(DOCUMENT, INITIATIVE, INITIATIVES, ["documents.document"], shows=["status"]))
panel(Pointing(EVENT, INITIATIVE, INITIATIVES, ["editions.event"], shows=["status"]))
panel(
    Pointing(
        INITIATIVE,
        INITIATIVE,
        Words("Noemt dit initiatief", "Names this initiative"),
        ["related.initiative"],
        shows=["related"],
    )
)
