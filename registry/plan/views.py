"""The screens of the plan of action, its measures and its milestones."""

from ..commitments.schemas import COMMITMENT
from ..due.views import moved
from ..initiatives.schemas import INITIATIVE
from ..partners.schemas import PARTNER
from ..screens import screens
from ..screens.panels import Pointing
from ..sources.schemas import EVENT
from ..themes.schemas import CAUSE, GROUP, THEME
from ..web import panel, t
from ..words import Words
from . import queries
from .schemas import MEASURE, MILESTONE, PLAN

MILESTONES = Words("Mijlpalen", "Milestones")
MEASURES = Words("Maatregelen", "Measures")
LED = Words("Trekker van", "Leads")
SHOWN = ("due", "state")
MEANT = ("due", "status")


def facts() -> list[str]:
    """How many the letters have, and where the dated facts are that are no milestones."""
    milestones, events = queries.of_letters()
    if not events:
        return []
    count = milestones + events
    return [
        t(
            f"{count} mijlpalen en gedateerde feiten uit de brieven: {milestones} mijlpalen, en "
            f"{events} debatten, brieven en andere gebeurtenissen; die staan bij Gebeurtenissen",
            f"{count} milestones and dated facts of the letters: {milestones} milestones, and "
            f"{events} debates, letters and other events; those are listed under Events",
        )
    ]


screens(PLAN, menu=Words("Plan van aanpak", "Plan of action"), covers=("measures", "milestones"))
screens(MEASURE)
screens(MILESTONE, facts=facts, notices=[moved])

panel(
    Pointing(
        PLAN,
        MEASURE,
        MEASURES,
        ["plan"],
        "plan",
        MEANT,
        empty=Words(
            "Er zijn nog geen maatregelen vastgelegd.", "No measures have been registered yet."
        ),
    )
)

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
panel(Pointing(PARTNER, PLAN, LED, ["lead", "themes.lead"], shows=["due"]))
panel(Pointing(THEME, MEASURE, MEASURES, ["theme"], "theme", MEANT))
panel(Pointing(CAUSE, MEASURE, MEASURES, ["causes.cause"], "cause", MEANT))
panel(Pointing(GROUP, MEASURE, MEASURES, ["groups.group"], "group", MEANT))
panel(Pointing(PARTNER, MEASURE, MEASURES, ["parties.partner"], "partner", MEANT))
panel(Pointing(MEASURE, MILESTONE, MILESTONES, ["measure"], "measure", SHOWN))
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
