"""The screens of the plan of action and its milestones."""

from ..commitments.schemas import COMMITMENT
from ..initiatives.schemas import INITIATIVE
from ..partners.schemas import PARTNER
from ..sources.schemas import EVENT
from ..themes.schemas import THEME
from ..web import panel, screens, t
from ..web.panels import Pointing
from ..words import Words
from . import queries
from .schemas import MILESTONE, PLAN

MILESTONES = Words("Mijlpalen", "Milestones")
SHOWN = ("due", "state")


def facts() -> list[str]:
    """Where the other dated facts of the letters are."""
    count = queries.events()
    return (
        [
            t(
                f"{count} gedateerde feiten zijn debatten, brieven, lanceringen of andere "
                "gebeurtenissen; zij staan bij Gebeurtenissen",
                f"{count} dated facts are debates, letters, launches or other events; "
                "they are listed under Events",
            )
        ]
        if count
        else []
    )


screens(PLAN, menu=Words("Plan van aanpak", "Plan of action"), covers=("milestones",))
screens(MILESTONE, facts=facts)

panel(
    Pointing(
        PLAN,
        MILESTONE,
        MILESTONES,
        ["plan"],
        "plan",
        SHOWN,
        empty=Words(
            "Er zijn nog geen mijlpalen vastgelegd.", "No milestones have been registered yet."
        ),
    )
)
panel(
    Pointing(
        INITIATIVE, PLAN, Words("Plan van aanpak", "Plan of action"), ["initiative"], shows=["due"]
    )
)
panel(Pointing(INITIATIVE, MILESTONE, MILESTONES, ["initiative"], "initiative", SHOWN))
panel(Pointing(THEME, MILESTONE, MILESTONES, ["theme"], "theme", SHOWN))
panel(
    Pointing(
        PARTNER,
        MILESTONE,
        Words("Trekker van mijlpalen", "Owns milestones"),
        ["owner"],
        "owner",
        SHOWN,
    )
)
panel(Pointing(EVENT, MILESTONE, MILESTONES, ["event"], shows=SHOWN))
panel(Pointing(COMMITMENT, MILESTONE, MILESTONES, ["commitments.commitment"], "commitment", SHOWN))
panel(
    Pointing(
        MILESTONE,
        MILESTONE,
        Words("Wacht hierop", "Depends on it"),
        ["depends_on.milestone"],
        shows=SHOWN,
    )
)
