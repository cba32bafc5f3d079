"""Of what the figures are: a reference date, and all or one organisation or one theme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from .. import clock
from ..access import acting, visible_to
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..errors import Invalid, Message
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..listing.question import DAY, NOWHERE
from ..partners.schemas import PARTNER
from ..plan.schemas import MILESTONE
from ..record import REFERENCE, Record, State
from ..themes.schemas import THEME

Asked = Mapping[str, Sequence[str]]
PARAMETERS: Mapping[Kind, Mapping[str, str]] = {
    INITIATIVE: {"organisation": "partner", "theme": "theme"},
    COMMITMENT: {"organisation": "by", "theme": "theme"},
    MILESTONE: {"organisation": "owner", "theme": "theme"},
}
"""What the list of each kind calls an organisation, and a theme."""
COUNTED = {"workflow": [str(State.PUBLISHED)]}
"""Drafts and what was archived are no part of the road."""


@dataclass(frozen=True)
class Scope:
    """The limits of one look at the road."""

    day: date
    since: date
    organisation: str | None = None
    theme: str | None = None

    def asked(self, kind: Kind, more: Asked | None = None) -> dict[str, list[str]] | None:
        """What a list of `kind` is asked for, with `more`; None where no list can be asked that,
        as it has one value for each parameter already."""
        own = {
            PARAMETERS[kind][name]: [value]
            for name in ("organisation", "theme")
            if (value := getattr(self, name)) is not None
        }
        if any(own.get(name, [*values]) != [*values] for name, values in (more or {}).items()):
            return None
        rest = {name: [*values] for name, values in (more or {}).items()}
        return {**COUNTED, **own, **rest}


NAMES = ("asOf", "since", "organisation", "theme")
MONTH = timedelta(days=30)
FIRST = date(2000, 1, 1)
TOO_EARLY = Message("Give a later day.", "Geef een latere dag.", "window")
GROUPS = {"organisation": PARTNER, "theme": THEME}


def asked(args: Mapping[str, str]) -> Scope:
    """The scope that parameters ask for. Raises Invalid with every wrong one at once."""
    errors: dict[str, list[Message]] = {}
    days: dict[str, date | None] = {"asOf": None, "since": None}
    for name in days:
        try:
            given = args.get(name, "").strip()
            days[name] = clock.day(given) if given else None
            clock.beginning(days[name] or FIRST)
        except ValueError:
            errors[name] = [DAY]
        except OverflowError:
            errors[name] = [TOO_EARLY]
    chosen = {name: args.get(name, "").strip() or None for name in GROUPS}
    for name, reference in chosen.items():
        if reference and not _there(GROUPS[name], reference):
            errors[name] = [NOWHERE.format(reference=reference[:20])]
    if errors:
        raise Invalid(errors)
    since = days["since"] or clock.day_of(clock.now()) - MONTH
    return Scope(days["asOf"] or clock.as_of(), since, **chosen)


def _there(kind: Kind, reference: str) -> bool:
    if not REFERENCE.fullmatch(reference):
        return False
    query = select(Record.id).where(Record.reference == reference, Record.kind == kind.name)
    return session().scalar(query.where(visible_to(acting()))) is not None
