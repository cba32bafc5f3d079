"""The lines of annexes that somebody is asked about."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from ..access import Actor, View, visible_to
from ..commitments.models import CommitmentBy
from ..db import session
from ..initiatives.models import Participation
from ..record import Record, State
from ..reports.models import AnnexFreeze, AnnexLine
from ..reports.queries import OWNING

ASKED = "asked"


def answers(actor: Actor) -> bool:
    """Whether somebody can be asked at all: members of the core group, for an organisation."""
    return actor.view == View.CORE_GROUP and bool(actor.organisations)


def count(actor: Actor) -> int:
    """How many lines somebody is asked about, by one query."""
    if not answers(actor):
        return 0
    asked = _asked(actor).subquery()
    return session().scalar(select(func.count()).select_from(asked)) or 0


def by_annex(actor: Actor) -> Mapping[str, list[int]]:
    """By annex, the ids of the records that somebody is asked about, in the order of asking."""
    found: dict[str, list[int]] = {}
    if answers(actor):
        for annex, record in session().execute(_asked(actor)):
            found.setdefault(annex, []).append(record)
    return found


def _asked(actor: Actor) -> Select[Any]:
    annex = aliased(Record)
    frozen = exists().where(AnnexFreeze.annex_id == AnnexLine.annex_id)
    both: tuple[Any, ...] = (annex.reference, Record.id)
    query = select(*both).select_from(AnnexLine)
    query = query.join(Record, Record.id == AnnexLine.record_id)
    query = query.join(annex, annex.id == AnnexLine.annex_id)
    query = query.where(
        AnnexLine.agreement == ASKED,
        Record.state == State.PUBLISHED,
        annex.state == State.PUBLISHED,
        visible_to(actor),
        visible_to(actor, annex),
        _owned(actor),
        ~frozen,
    )
    return query.order_by(AnnexLine.annex_id, AnnexLine.stepped_at, AnnexLine.id)


def _owned(actor: Actor) -> ColumnElement[bool]:
    """The SQL of `reports.queries.owners`: who keeps it, or else made or carries it."""
    own = sorted(actor.organisations)
    made = select(CommitmentBy.parent_id).where(CommitmentBy.partner_id.in_(own))
    carried = select(Participation.parent_id).where(
        Participation.partner_id.in_(own), Participation.role.in_(OWNING)
    )
    loose = Record.keeper_id.is_(None) & (Record.id.in_(made) | Record.id.in_(carried))
    return or_(Record.keeper_id.in_(own), loose)
