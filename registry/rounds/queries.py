"""Which rounds somebody sees, what is asked of them in it, and how far everybody is."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, not_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from .. import ledger
from ..access import ANYBODY, Actor, Permission, can, visible_to
from ..accounts.models import Account, Grant
from ..accounts.queries import actor as as_actor
from ..db import rfc3339, session
from ..errors import NotFound
from ..kind import kind_named
from ..record import Record, State
from ..updates import queries as updates
from ..updates.models import Update
from .models import Item, Reminder, Round, Snapshot

ROUND = "round"
"""What the book calls a round, where one is its subject."""
SPOKEN = {
    **{name: name for name in ("title", "starts", "ends", "deadline", "scope")},
    "opened_at": "openedAt",
    "closed_at": "closedAt",
}


class Response(NamedTuple):
    """How far one organisation is."""

    organisation_id: int
    reference: str
    name: str
    asked: int
    answered: int
    last: datetime | None
    reminded: date | None


def manages(actor: Actor) -> bool:
    """Whether `actor` opens and closes rounds."""
    return can(actor, Permission.RECORD_PUBLISH)


def seen(actor: Actor) -> Select[Round]:
    """The rounds that `actor` sees: all for the secretariat, for others those that ask them."""
    query = select(Round).order_by(Round.opened_at.desc(), Round.id.desc())
    if manages(actor):
        return query
    own = select(Item.round_id).where(Item.organisation_id.in_(sorted(actor.organisations)))
    return query.where(Round.id.in_(own))


def one(actor: Actor, key: str) -> Round:
    """The round with this key. Raises NotFound."""
    found = None if "\0" in key else session().scalar(seen(actor).where(Round.key == key))
    if found is None:
        raise NotFound
    return found


def asked(actor: Actor, found: Round, *, record: str | None = None) -> Sequence[Item]:
    """What is asked of the organisations of `actor`, with what they reported in this round."""
    query = select(Item).join(Item.record).where(visible_to(actor), _current(Record))
    query = query.where(Item.round_id == found.id)
    query = query.where(Item.organisation_id.in_(sorted(actor.organisations)))
    if record is not None:
        query = query.where(Record.reference == record)
    query = query.options(
        contains_eager(Item.record), joinedload(Item.update), joinedload(Item.organisation)
    )
    return session().scalars(query.order_by(Record.sort_title, Record.id)).all()


def asked_still(actor: Actor, item: Item) -> bool:
    """Whether the organisation of `item` is still one that reports on its record."""
    kind = kind_named(item.record.kind)
    return updates.may_report(actor, kind, item.record) and (
        item.organisation_id in updates.reporters(actor, kind, item.record)
    )


def _current(record: type[Record]) -> ColumnElement[bool]:
    """Of what was archived or removed since a round was opened, nobody can report anything."""
    return and_(record.state == State.PUBLISHED, record.deleted_at.is_(None))


def last_time(items: Sequence[Item], before: datetime) -> dict[int, Update]:
    """What each organisation said last of a record before this round, by the id of the item."""
    place = func.row_number().over(
        partition_by=Item.id, order_by=(Update.day.desc(), Update.id.desc())
    )
    same = and_(Update.record_id == Item.record_id, Update.organisation_id == Item.organisation_id)
    asked = Item.id.in_([item.id for item in items])
    ranked = select(Item.id, Update.id, place).join(Update, same)
    last = ranked.where(asked, Update.reported_at < before).subquery()
    item_id, update_id, number = last.c
    query = select(item_id, Update).join(Update, Update.id == update_id).where(number == 1)
    return {row[0]: row[1] for row in session().execute(query)}


def responses(found: Round) -> list[Response]:
    """How far each organisation is, by one query."""
    about = aliased(Record)
    reminded = select(func.max(Reminder.day)).where(
        Reminder.round_id == found.id, Reminder.organisation_id == Item.organisation_id
    )
    query = (
        select(
            Item.organisation_id,
            Record.reference,
            Record.title,
            func.count(Item.id),
            func.count(Item.update_id),
            func.max(Update.reported_at),
            reminded.correlate(Item).scalar_subquery(),
        )
        .join(Record, Record.id == Item.organisation_id)
        .join(about, about.id == Item.record_id)
        .outerjoin(Update, Update.id == Item.update_id)
        .where(Item.round_id == found.id, _current(about))
        .group_by(Item.organisation_id, Record.reference, Record.title, Record.sort_title)
        .order_by(Record.sort_title)
    )
    return [Response(*row) for row in session().execute(query)]


def current(actor: Actor) -> Round | None:
    """The last round that is open, among those that `actor` sees."""
    return session().scalar(seen(actor).where(Round.closed_at.is_(None)).limit(1))


def questions(actor: Actor, found: Round, organisation: str | None = None) -> Select[Item]:
    """What is asked in a round of every organisation, or of one; outside the secretariat only of
    those of `actor`."""
    asked = aliased(Record)
    query = select(Item).join(Item.record).join(asked, asked.id == Item.organisation_id)
    query = query.where(Item.round_id == found.id, visible_to(actor), _current(Record))
    if not manages(actor):
        query = query.where(Item.organisation_id.in_(sorted(actor.organisations)))
    return query if organisation is None else query.where(asked.reference == organisation)


def response(actor: Actor, found: Round, organisation: str | None = None) -> tuple[int, int]:
    """How much of that was asked, and how much was answered."""
    each = questions(actor, found, organisation).with_only_columns(Item.id, Item.update_id)
    row = each.subquery()
    total = select(func.count(), func.count(row.c.update_id)).select_from(row)
    asked, answered = session().execute(total).one()
    return asked, answered


def listed(
    actor: Actor, found: Round, organisation: str | None = None, answered: str = ""
) -> Sequence[Item]:
    """The same questions one by one: those that were answered ("yes"), were not ("no"), or all."""
    query = questions(actor, found, organisation)
    if answered in ("yes", "no"):
        has = Item.update_id.is_not(None)
        query = query.where(has if answered == "yes" else not_(has))
    query = query.options(contains_eager(Item.record), joinedload(Item.organisation))
    return session().scalars(query.order_by(Record.sort_title, Record.id, Item.id)).all()


def waiting(actor: Actor) -> int:
    """How many records the organisations of `actor` are still asked about."""
    if not actor.organisations:
        return 0
    query = select(func.count()).select_from(Item).join(Item.round).join(Item.record)
    query = query.where(
        Round.closed_at.is_(None),
        Item.update_id.is_(None),
        Item.organisation_id.in_(sorted(actor.organisations)),
        visible_to(actor),
        _current(Record),
    )
    return session().scalar(query) or 0


def frozen(found: Round) -> Sequence[Snapshot]:
    """What was frozen when the round was closed."""
    return session().scalars(_frozen(found)).all()


def _frozen(found: Round) -> Select[Snapshot]:
    query = select(Snapshot).join(Snapshot.record).options(contains_eager(Snapshot.record))
    query = query.where(Snapshot.round_id == found.id)
    return query.order_by(Record.kind, Record.sort_title, Record.id)


def counted(found: Round) -> int:
    """How many records were."""
    query = select(func.count()).select_from(Snapshot).where(Snapshot.round_id == found.id)
    return session().scalar(query) or 0


def part(found: Round, page: int, per_page: int) -> Sequence[Snapshot]:
    """One page of it."""
    query = _frozen(found).limit(per_page).offset((page - 1) * per_page)
    return session().scalars(query).all()


def snapshot(found: Round, reference: str) -> Snapshot:
    """What was frozen of one record. Raises NotFound."""
    query = _frozen(found).where(Record.reference == reference)
    one = None if "\0" in reference else session().scalar(query)
    if one is None:
        raise NotFound
    return one


def facts(found: Round) -> dict[str, Any]:
    """What the book tells of a round, by path."""
    return dict(ledger.spoken(found, SPOKEN))


def sealed(snapshots: Sequence[Snapshot]) -> dict[str, str]:
    """By what the book knows each snapshot again."""
    return {f"snapshots[{s.record.reference}].sha256": seal(s.content) for s in snapshots}


def seal(content: Any) -> str:
    """A digest of JSON that does not depend on the database that keeps it."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def reported(actor: Actor, update_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """Reports as JSON, by the id of their record."""
    query = updates.seen(actor).where(Update.id.in_(sorted(update_ids)))
    series = session().scalars(query).all()
    files = updates.files(series)
    found: dict[int, list[dict[str, Any]]] = {}
    for update in series:
        told = {**updates.told(actor, update, series), "files": files[update.id]}
        found.setdefault(update.record_id, []).append(told)
    return found


def as_json(found: Round) -> dict[str, Any]:
    """A round as JSON."""
    return {
        "key": found.key,
        "title": found.title,
        "starts": found.starts.isoformat(),
        "ends": found.ends.isoformat(),
        "deadline": found.deadline.isoformat(),
        "scope": found.scope,
        "openedAt": rfc3339(found.opened_at),
        "openedBy": found.opened_actor_name,
        "closedAt": rfc3339(found.closed_at) if found.closed_at else None,
        "closedBy": found.closed_actor_name,
    }


def members(organisation_id: int) -> list[Account]:
    """Who may sign in for an organisation today."""
    query = select(Account).join(Grant).where(Grant.organisation_id == organisation_id)
    query = query.where(Account.active).options(selectinload(Account.grants)).distinct()
    found = session().scalars(query.order_by(Account.id))
    return [a for a in found if organisation_id in as_actor(a, ANYBODY.door).organisations]
