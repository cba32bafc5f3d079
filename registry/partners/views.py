"""The screens of organisations."""

from typing import Any

from .. import vocabulary
from ..screens import screens
from ..screens.panels import Pointing
from ..web import counted, panel, say, sums_up
from ..web.cells import Cell, text
from ..words import Words
from . import queries
from .schemas import PARTNER, MembershipSchema


def facts() -> list[str]:
    """How many organisations there are, and apart from them how many unnamed groups."""
    named, groups = queries.counts()
    return [
        counted(named, ONE, MANY),
        counted(groups, ONE_GROUP, GROUPS),
    ]


ONE, MANY = Words("organisatie", "organisation"), Words("organisaties", "organisations")
ONE_GROUP = Words(
    "groep die alleen als groep is genoemd; die telt niet als organisatie",
    "group named only as a category; it does not count as an organisation",
)
GROUPS = Words(
    "groepen die alleen als groep zijn genoemd; zij tellen niet als organisatie",
    "groups named only as a category; they do not count as organisations",
)


def _membership(row: Any) -> Cell:
    status = say(vocabulary.label("membership-status", row["status"]))
    if row["body"] == "collaboration":
        return text(status)
    return text(f"{say(vocabulary.label('membership-body', row['body']))}: {status}")


sums_up(MembershipSchema, _membership)
screens(PARTNER, menu=Words("Organisaties", "Organisations"), facts=facts)

panel(Pointing(PARTNER, PARTNER, Words("Onderdelen", "Parts"), ["parent"]))
panel(
    Pointing(
        PARTNER, PARTNER, Words("Hiervoor spreekt", "Who answers for it"), ["categories.category"]
    )
)
