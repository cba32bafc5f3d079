"""The screens of commitments, each as hard as it was said."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import format_date

from .. import clock
from ..initiatives.schemas import INITIATIVE
from ..partners.schemas import PARTNER
from ..sources.schemas import DOCUMENT, EVENT, OFFICE, PERSON
from ..themes.schemas import THEME
from ..web import Item, View, cells, panel, screens, shows, t
from ..web.panels import Pointing
from ..words import Words
from .places import MadeAt
from .schemas import COMMITMENT

WAITING = ("open", "running", "partly_met")
HARD = ("promise", "motion", "announcement", "agreement")
COMMITMENTS = Words("Toezeggingen en voornemens", "Promises and intentions")
SHOWN = ("due", "status")


def notices(item: Item) -> list[View]:
    """That the term is over while it is not settled; an aim is never called broken."""
    latest = (item.get("due") or {}).get("latest")
    if not latest or item.get("status") not in WAITING:
        return []
    day = date.fromisoformat(latest)
    if day >= clock.as_of():
        return []
    if item["strength"] not in HARD:
        return [
            {
                "tone": "info",
                "text": t("De genoemde periode is voorbij.", "The period named is over."),
            }
        ]
    shown = format_date(day, "long")
    return [
        {
            "tone": "warning",
            "text": t(
                f"Termijn verstreken op {shown}. Nog niet afgedaan volgens het ministerie.",
                f"The term ended on {shown}. Not settled yet according to the ministry.",
            ),
        }
    ]


def _place(field: MadeAt, value: Mapping[str, Any], _row: Any) -> cells.Cell:
    found = [
        cells.pointer(ref.to, value[name]) for name, ref in field.parts.items() if value.get(name)
    ]
    return cells.many([*found]) or cells.text("")


shows(MadeAt, _place)
screens(COMMITMENT, menu=COMMITMENTS, notices=notices)

panel(
    Pointing(
        PARTNER,
        COMMITMENT,
        Words("Gedaan door deze organisatie", "Made by it"),
        ["by.partner"],
        "by",
        SHOWN,
    )
)
panel(
    Pointing(
        PARTNER,
        COMMITMENT,
        Words("Gedaan aan deze organisatie", "Made to it"),
        ["to.partner"],
        "to",
        SHOWN,
    )
)
panel(Pointing(THEME, COMMITMENT, COMMITMENTS, ["theme"], "theme", SHOWN))
panel(Pointing(INITIATIVE, COMMITMENT, COMMITMENTS, ["initiative"], "initiative", SHOWN))
panel(
    Pointing(
        INITIATIVE,
        COMMITMENT,
        Words("Gedaan vanuit dit initiatief", "Made from it"),
        ["by.initiative", "to.initiative"],
        shows=SHOWN,
    )
)
panel(
    Pointing(
        EVENT, COMMITMENT, Words("Hier gedaan", "Made here"), ["made_at_event"], shows=["status"]
    )
)
panel(
    Pointing(
        DOCUMENT,
        COMMITMENT,
        Words("Met dit stuk afgedaan", "Settled by this document"),
        ["discharges.document"],
        shows=["status"],
    )
)
panel(
    Pointing(
        DOCUMENT,
        COMMITMENT,
        Words("In dit stuk gedaan", "Made in this document"),
        ["made_at_document"],
        shows=SHOWN,
    )
)
panel(Pointing(OFFICE, COMMITMENT, COMMITMENTS, ["by.office", "to.office"], shows=SHOWN))
panel(Pointing(PERSON, COMMITMENT, COMMITMENTS, ["by.person", "to.person"], shows=SHOWN))
panel(
    Pointing(
        COMMITMENT,
        COMMITMENT,
        Words("Verwijst hiernaar", "Refers to it"),
        ["links.commitment"],
        shows=["links"],
    )
)
