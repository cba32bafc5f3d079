"""Opening a round, reporting in it, reminding, and closing it with a snapshot that stays."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update

from .. import clock, editing, ledger
from ..access import ANYBODY, LEVEL, Actor, Permission, View, require
from ..accounts.models import Account
from ..accounts.queries import actor as as_actor
from ..command import command
from ..db import session
from ..errors import Conflict, Forbidden, Invalid, Message, NotFound
from ..kind import Kind, kind_named, kinds
from ..nesting import new_key
from ..partners.models import Partner
from ..projection import project
from ..record import Audience, Record, State
from ..schema import loaded, loading
from ..updates import commands as updates
from ..updates.models import Update
from ..updates.queries import reporters
from ..words import Words
from ..workflow.queries import involved
from . import queries
from .models import Item, Reminder, Round, Snapshot
from .schemas import RoundSchema

NOBODY = Message(
    "There is nothing to ask of anybody within these limits.",
    "Binnen deze grenzen is er niemand iets te vragen.",
    "empty",
)
CLOSED = Words("Deze uitvraag is gesloten.", "This round has been closed.")
NO_LONGER = Words(
    "Uw organisatie is bij dit gegeven niet meer betrokken en hoeft er niets meer over te melden.",
    "Your organisation is no longer involved in this record and need not report on it any more.",
)
REMINDER, OPENED = "round_reminder", "round_opened"
CLOSE = "close_round"

PARLIAMENT = "parliament"
sparing: list[Callable[[int], set[int]]] = []
"""Who is not reminded now on behalf of an organisation: higher rooms know who is away."""


@command
def open_round(actor: Actor, payload: Mapping[str, Any]) -> Round:
    """Ask organisations about the records that are within the scope now."""
    require(actor, Permission.RECORD_PUBLISH)
    values = loaded(RoundSchema(), payload)
    themes = [row["theme"] for row in values["themes"]]
    organisations = [row["organisation"] for row in values["organisations"]]
    chosen = [kind for kind in _reported() if values[kind.collection]] or _reported()
    pairs = [
        pair
        for kind in chosen
        for pair in _asked(kind, {theme.id for theme in themes}, {o.id for o in organisations})
    ]
    if not pairs:
        raise Invalid({"_schema": [NOBODY]})
    made = Round(
        key=new_key(),
        scope=_scope(chosen, themes, organisations),
        **_at("opened", actor),
        **{name: values[name] for name in ("title", "starts", "ends", "deadline")},
    )
    session().add(made)
    session().flush()
    session().add_all(Item(round_id=made.id, record_id=r, organisation_id=o) for r, o in pairs)
    session().flush()
    _say("open_round", made, queries.facts(made))
    _tell(made)
    return made


def _scope(chosen: list[Kind], themes: list[Any], organisations: list[Any]) -> dict[str, list[str]]:
    return {
        "kinds": [kind.name for kind in chosen],
        "themes": [theme.reference for theme in themes],
        "organisations": [organisation.reference for organisation in organisations],
    }


def _tell(made: Round) -> None:
    for row in queries.responses(made):
        for account in queries.members(row.organisation_id):
            ledger.post(session(), OPENED, _letter(made, row, account))


def _letter(found: Round, row: queries.Response, account: Account) -> dict[str, Any]:
    """What somebody of an organisation is told of what the round still asks of it."""
    return {
        "account": account.id,
        "round": found.key,
        "title": found.title,
        "organisation": row.name,
        "deadline": found.deadline.isoformat(),
        "open": row.asked - row.answered,
    }


def _at(step: str, actor: Actor) -> dict[str, Any]:
    """When a round was opened or closed, and by whom."""
    who = {f"{step}_actor_id": actor.account_id, f"{step}_actor_name": actor.name}
    return {f"{step}_at": clock.now(), **who}


def _say(action: str, found: Round, values: dict[str, Any]) -> None:
    ledger.say(session(), ledger.Statement(action, queries.ROUND, found.key, values))


def _reported() -> list[Kind]:
    return [kind for kind in kinds() if kind.contributed]


def _asked(kind: Kind, themes: set[int], organisations: set[int]) -> Iterator[tuple[int, int]]:
    """(record, organisation) of everything of one kind: who keeps a record is asked, and of what
    the secretariat keeps everybody who is involved. A group without a name cannot be asked, and
    the House, which asks itself, is not."""
    query = select(kind.model).join(Record, Record.id == kind.model.id)
    query = query.where(Record.state == State.PUBLISHED, Record.deleted_at.is_(None))
    query = query.options(*loading(kind.schema(), kind.model)).order_by(Record.id)
    spared = select(Partner.id).where(Partner.is_group | (Partner.kind == PARLIAMENT))
    unasked = set(session().scalars(spared))
    blind = _Blind()
    for entity in session().scalars(query):
        if themes and not themes & _themes(entity):
            continue
        for organisation in sorted(_near(kind, entity) - unasked):
            if blind.to(entity.record, organisation):
                continue
            if not organisations or organisation in organisations:
                yield entity.id, organisation


def _near(kind: Kind, entity: Any) -> frozenset[int]:
    """Who is asked about a record, named or not: nobody who is involved without seeing it."""
    record = entity.record
    if record.keeper_id is not None:
        return frozenset({record.keeper_id})
    embargoed = record.embargo_until is not None and record.embargo_until > clock.now()
    if embargoed or record.audience == Audience.SECRETARIAT:
        return frozenset()
    return involved(kind, entity)


class _Blind:
    """Organisations of which nobody sees what they are involved in, though they have people here:
    those have to do with the audience of partners only."""

    def __init__(self) -> None:
        self.views: dict[int, set[View]] = {}

    def to(self, record: Record, organisation: int) -> bool:
        if record.keeper_id == organisation or record.audience == Audience.PUBLIC:
            return False
        if organisation not in self.views:
            people = queries.members(organisation)
            self.views[organisation] = {as_actor(a, ANYBODY.door).view for a in people}
        views = self.views[organisation]
        return bool(views) and max(views) < LEVEL[record.audience]


def _themes(entity: Any) -> set[int]:
    if hasattr(entity, "themes"):
        return {row.theme_id for row in entity.themes}
    return {entity.theme_id}


@command
def answer(actor: Actor, found: Round, item: Item, payload: Mapping[str, Any]) -> Update:
    """Report on one record of a round. Raises Conflict once it is closed."""
    _lock(found)
    if found.closed_at is not None:
        raise Conflict(CLOSED)
    if item.round_id != found.id or item.organisation_id not in actor.organisations:
        raise NotFound
    kind = kind_named(item.record.kind)
    entity = editing.one(kind, actor, item.record.reference)
    if item.organisation_id not in reporters(actor, kind, entity.record):
        raise Forbidden(NO_LONGER)
    return updates.report(actor, kind, entity, payload, organisation=item.organisation_id)


def _take(made: Update) -> None:
    """A report that an organisation makes counts in every open round that asks for it."""
    asked = and_(Item.record_id == made.record_id, Item.organisation_id == made.organisation_id)
    # Locked, so that a round that is being closed does not get another report.
    query = select(Round.id).where(Round.id.in_(select(Item.round_id).where(asked)))
    open_ = session().scalars(query.where(Round.closed_at.is_(None)).with_for_update()).all()
    if open_:
        taken = update(Item).where(asked, Item.round_id.in_(open_)).values(update_id=made.id)
        session().execute(taken)


def _held(made: Update) -> bool:
    return _asked_for(made, Round.closed_at.is_(None))


def _frozen(made: Update) -> bool:
    return _asked_for(made, Round.closed_at.is_not(None))


def _asked_for(made: Update, when: ColumnElement[bool]) -> bool:
    query = select(func.count()).select_from(Item).join(Item.round)
    return bool(session().scalar(query.where(Item.update_id == made.id, when)))


@command
def remind(actor: Actor, found: Round, organisation: str | None = None) -> int:
    """Ask for the mail to who still has to report, of one organisation or of all; nobody gets it
    twice a day. Returns how many are reminded."""
    require(actor, Permission.RECORD_PUBLISH)
    _lock(found)
    if found.closed_at is not None:
        raise Conflict(CLOSED)
    late = [r for r in queries.responses(found) if r.answered < r.asked]
    if organisation is not None:
        late = [r for r in late if r.reference == organisation]
        if not late:
            raise NotFound
    reminded = {row.reference: _remind(found, row) for row in late}
    told = {new_key(): pair for pair in reminded.items() if pair[1]}
    if told:
        names = {f"reminders[{key}].organisation": name for key, (name, _) in told.items()}
        counts = {f"reminders[{key}].people": count for key, (_, count) in told.items()}
        _say("remind_round", found, {**names, **counts})
    return sum(reminded.values())


def _remind(found: Round, row: queries.Response) -> int:
    day = clock.now().date()
    query = select(Reminder.account_id).where(Reminder.round_id == found.id, Reminder.day == day)
    reminded = set(session().scalars(query))
    accounts = [a for a in queries.members(row.organisation_id) if a.id not in reminded]
    spared = {number for spare in sparing for number in spare(row.organisation_id)}
    accounts = [a for a in accounts if a.id not in spared]
    for account in accounts:
        asked = ledger.post(session(), REMINDER, _letter(found, row, account))
        session().flush()
        session().add(
            Reminder(
                round_id=found.id,
                organisation_id=row.organisation_id,
                account_id=account.id,
                day=day,
                sent_at=clock.now(),
                outbox_id=asked.id,
            )
        )
    session().flush()
    return len(accounts)


@command
def close(actor: Actor, found: Round) -> Round:
    """End a round, and freeze every record in it with what was reported."""
    require(actor, Permission.RECORD_PUBLISH)
    _lock(found)
    if found.closed_at is not None:
        raise Conflict(CLOSED)
    for name, value in _at("closed", actor).items():
        setattr(found, name, value)
    items = session().scalars(select(Item).where(Item.round_id == found.id)).all()
    told = queries.reported(actor, [i.update_id for i in items if i.update_id is not None])
    for record_id, content in _finished(actor, {item.record_id for item in items}):
        frozen = {"record": content, "updates": told.get(record_id, [])}
        session().add(Snapshot(round_id=found.id, record_id=record_id, content=frozen))
    session().flush()
    kept = queries.sealed(queries.frozen(found))
    _say(CLOSE, found, {"closedAt": queries.facts(found)["closedAt"], **kept})
    return found


def _finished(actor: Actor, ids: set[int]) -> Iterator[tuple[int, Any]]:
    """The finished JSON of records; what was removed meanwhile has none."""
    dialect = session().get_bind().dialect.name
    for kind in _reported():
        query = project(kind.dictionary, actor, dialect).add_columns(Record.id)
        for content, record_id in session().execute(query.where(Record.id.in_(sorted(ids)))):
            yield record_id, json.loads(content) if isinstance(content, str) else content


def _lock(found: Round) -> None:
    session().refresh(found, with_for_update=True)


updates.reported.append(_take)
updates.holding.append(_held)
updates.freezing.append(_frozen)
