"""The screens of commitments, each as hard as it was said."""

from collections.abc import Mapping
from typing import Any

from ..due.views import moved
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..partners.schemas import PARTNER
from ..screens import screens
from ..screens.panels import Pointing
from ..sources.schemas import DOCUMENT, EVENT, OFFICE, PERSON
from ..themes.schemas import THEME
from ..web import cells, counted, panel, shows, t
from ..words import Words
from . import queries
from .places import MadeAt
from .schemas import COMMITMENT

AGREEMENTS = Words("Afspraken binnen de samenwerking", "Agreements within the collaboration")
COMMITMENTS = Words("Toezeggingen en voornemens", "Promises and intentions")
SHOWN = ("due", "status")


def facts() -> list[str]:
    """How many there are, with what members agreed among themselves apart."""
    said, agreed = queries.counts()
    if not agreed:
        return []
    of = counted(said, ONE, MANY)
    apart = counted(agreed, Words("afspraak", "agreement"), Words("afspraken", "agreements"))
    return [
        t(
            f"{of}. Daarbij niet meegeteld: {apart} binnen de samenwerking",
            f"{of}. Not counted among them: {apart} within the collaboration",
        )
    ]


ONE = Words("toezegging, motie of voornemen", "promise, motion or intention")
MANY = Words("toezeggingen, moties en voornemens", "promises, motions and intentions")


def _place(field: MadeAt, value: Mapping[str, Any], _row: Any) -> cells.Cell:
    found = [
        cells.pointer(ref.to, value[name]) for name, ref in field.parts.items() if value.get(name)
    ]
    return cells.many([*found]) or cells.text("")


shows(MadeAt, _place)
screens(COMMITMENT, menu=COMMITMENTS, notices=[moved], facts=facts)


def _apart(on: Kind, words: Words, through: str, parameter: str) -> None:
    """A box with what was said, and one with what members agreed: they are never one number."""
    said: dict[str, Any] = {"where": queries.said, "asked": {"strength": queries.SAID}}
    agreed: dict[str, Any] = {"where": queries.agreed, "asked": {"strength": [queries.AGREEMENT]}}
    panel(Pointing(on, COMMITMENT, words, [through], parameter, SHOWN, **said))
    panel(Pointing(on, COMMITMENT, AGREEMENTS, [through], parameter, SHOWN, **agreed))


_apart(PARTNER, Words("Gedaan door deze organisatie", "Made by it"), "by.partner", "by")
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
_apart(THEME, COMMITMENTS, "theme", "theme")
_apart(INITIATIVE, COMMITMENTS, "initiative", "initiative")
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
panel(
    Pointing(
        DOCUMENT,
        COMMITMENT,
        Words("Komt in dit stuk terug", "Comes back in this document"),
        ["expected_in"],
        "expectedIn",
        SHOWN,
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
