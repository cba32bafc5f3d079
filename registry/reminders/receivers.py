"""Who is reminded: the people of the organisation that keeps a record or, where the secretariat
keeps it, of those that carry it out. The number of questions is the same for any number of records.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select, union_all
from sqlalchemy.orm import selectinload

from .. import clock
from ..access import ANYBODY, Actor, Role, can_see
from ..accounts.models import Account, Grant
from ..accounts.queries import actor as as_actor
from ..commitments.models import CommitmentBy
from ..db import session
from ..initiatives.models import Participation
from ..partners.models import Partner
from ..plan.models import Milestone
from ..projection import holds
from ..record import Record
from ..rounds import commands as rounds
from .due import Due
from .models import Pause, Preference

CARRYING = ("lead", "coordinator", "executor")
"""The roles in an initiative of who has something to report on it."""


@dataclass
class Receivers:
    """Who there is, read once."""

    organisations: Mapping[int, list[int]]
    people: Mapping[int, list[tuple[Account, Actor]]]
    preferences: Mapping[int, Preference]
    pauses: Mapping[int, Pause]

    def of(self, one: Due) -> list[tuple[Account, int]]:
        """Who is reminded of this, and on behalf of which organisation: each person once."""
        found: dict[int, tuple[Account, int]] = {}
        for organisation in self.organisations.get(one.record.id, ()):
            for account, actor in self.people.get(organisation, ()):
                if can_see(actor, one.record):
                    found.setdefault(account.id, (account, organisation))
        return list(found.values())

    def asked(self, one: Due, reminded: Collection[tuple[int, int, str, str]]) -> list[int]:
        """The organisations of which somebody was reminded of this: `reminded` holds account and
        key. Without a mail, a letter to who leads them would say what is not so."""
        return [
            organisation
            for organisation in self.organisations.get(one.record.id, ())
            if any((a.id, *one.key) in reminded for a, _ in self.people.get(organisation, ()))
        ]

    def paused(self, account: Account, record_id: int, organisation: int) -> bool:
        """Whether mail about this waits."""
        own = self.preferences.get(account.id)
        days = [own.paused_until] if own and own.paused_until else []
        pauses = (self.pauses.get(number) for number in (record_id, organisation))
        days += [pause.until or date.max for pause in pauses if pause]
        return any(clock.as_of() <= day for day in days)

    def refused(self, account: Account) -> bool:
        """Whether mail servers refuse the address that somebody has now."""
        own = self.preferences.get(account.id)
        return own is not None and own.refused_address == account.email

    def digest(self, account: Account) -> bool:
        """Whether somebody gets everything of a day in one mail."""
        own = self.preferences.get(account.id)
        return own is None or own.digest


def receivers(found: Collection[Due]) -> Receivers:
    """All that has to be known of who is reminded of these."""
    organisations = _organisations({one.record.id for one in found})
    wanted = {number for numbers in organisations.values() for number in numbers}
    people = people_of(wanted)
    ids = {account.id for held in people.values() for account, _ in held}
    own = session().scalars(select(Preference)).all() if ids else []
    return Receivers(
        organisations,
        people,
        {row.account_id: row for row in own},
        {row.record_id: row for row in session().scalars(select(Pause))},
    )


def _organisations(wanted: set[int]) -> dict[int, list[int]]:
    """By record, the organisations whose people are reminded of it: its keeper, or who carries it
    out. A group without a name has no people, and the House asks itself."""
    spared = select(Partner.id).where(or_(Partner.is_group, Partner.kind == rounds.PARLIAMENT))
    kept = select(Record.id, Record.keeper_id).where(Record.keeper_id.is_not(None))
    lead = and_(Participation.role.in_(CARRYING), holds(Participation, clock.as_of()))
    carried: Any = union_all(
        select(Milestone.id, Milestone.owner_id).where(Milestone.owner_id.is_not(None)),
        select(CommitmentBy.parent_id, CommitmentBy.partner_id).where(
            CommitmentBy.partner_id.is_not(None)
        ),
        select(Participation.parent_id, Participation.partner_id).where(lead),
    )
    unasked = set(session().scalars(spared))
    keepers = _grouped(session().execute(kept), wanted, unasked)
    return {**_grouped(session().execute(carried), wanted, unasked), **keepers}


def _grouped(rows: Iterable[Any], wanted: set[int], unasked: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for record_id, organisation in rows:
        if record_id in wanted and organisation not in unasked:
            found.setdefault(record_id, []).append(organisation)
    return {record_id: list(dict.fromkeys(numbers)) for record_id, numbers in found.items()}


def people_of(organisations: Collection[int]) -> dict[int, list[tuple[Account, Actor]]]:
    """Who acts today for these organisations."""
    grants = selectinload(Account.grants)
    query = select(Account).where(Account.active).options(grants).order_by(Account.id)
    query = query.where(Account.grants.any(Grant.organisation_id.is_not(None)))
    found: dict[int, list[tuple[Account, Actor]]] = {}
    for account in session().scalars(query):
        actor = as_actor(account, ANYBODY.door)
        for organisation in actor.organisations & set(organisations):
            found.setdefault(organisation, []).append((account, actor))
    return found


def leaders(organisations: Collection[int]) -> dict[int, list[Account]]:
    """Who leads these organisations here: who sits in the core group for them, or else all who act
    for them."""
    found = {}
    for organisation, held in people_of(organisations).items():
        leading = [account for account, actor in held if Role.MEMBER in actor.roles]
        found[organisation] = leading or [account for account, _ in held]
    return found


def away(organisation: int) -> set[int]:
    """Which people of an organisation are not reminded today, of a round either."""
    who = people_of([organisation]).get(organisation, [])
    known = Receivers(
        {},
        {},
        {row.account_id: row for row in session().scalars(select(Preference))},
        {row.record_id: row for row in session().scalars(select(Pause))},
    )
    return {
        account.id
        for account, _ in who
        if known.paused(account, organisation, organisation) or known.refused(account)
    }


rounds.sparing.append(away)
